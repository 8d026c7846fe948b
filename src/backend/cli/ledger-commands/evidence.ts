import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../../command-line/usage-error.ts';
import { evidencePackSchema } from '../../../contract/evidence.ts';
import { readVerifier } from '../../adapters/ledger/tree/signed-note.ts';
import { evidencePage } from '../../ledger/evidence-page.ts';
import { isoTimeOf } from '../iso-time.ts';
import { callBackend } from './backend-call.ts';
import type { Command } from './command.ts';

/** Makes an evidence pack about a customer: a page for people and the pack itself. */
export const evidence: Command = async (options) => {
  const { customer, since, key, out = '.' } = options;
  if (customer === undefined) {
    throw new UsageError('evidence needs --customer.');
  }
  if (key === undefined) {
    throw new UsageError('evidence needs --key, the key that you publish.');
  }
  // What is wrong is found before anything becomes a row.
  readVerifier(key);
  await mkdir(out, { recursive: true, mode: 0o700 });
  const query = new URLSearchParams({
    customer,
    ...(since !== undefined && { since: isoTimeOf('since', since).toISOString() }),
    ...(options['with-agents'] && { agents: 'names' }),
  });
  const pack = await callBackend(options, 'GET', `/v1/evidence?${query}`, evidencePackSchema);
  const files = { json: join(out, 'evidence.json'), html: join(out, 'evidence.html') };
  await writeFile(files.json, JSON.stringify(pack, null, 1), { mode: 0o600 });
  await writeFile(files.html, evidencePage(pack, key), { mode: 0o600 });
  process.stdout.write(`${pack.rows.length} rows, in ${files.html} and ${files.json}.\n`);
  return 0;
};
