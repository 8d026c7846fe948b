import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { erased, issuedRowOf, requestedRow } from '../../unit/backend/cli/recorded-rows.ts';
import { agentId } from '../../unit/backend/fixtures.ts';

const LAUNCHES = 100_000;
/** Of so many launches, one is refused by the changed rules, and one was erased. */
const REFUSED_OF = 1_000;
const ERASED_OF = 2_000;
/** A heap that the export does not fit in several times over. */
const HEAP_MEGABYTES = 96;

const folder = mkdtempSync(join(tmpdir(), 'understudy-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const START = Date.parse('2026-03-02T00:00:00Z');
const timeOf = (index: number): string => new Date(START + index * 30_000).toISOString();

/** Writes the export of a month: a launch every half a minute by one of fifty agents. */
const writeExport = async (path: string): Promise<void> => {
  const file = createWriteStream(path);
  for (let index = 0; index < LAUNCHES; index += 1) {
    const organization = index % REFUSED_OF === 1 ? { ticket: 'BAD-1' } : {};
    const row = requestedRow(index, timeOf(index), {
      agentId: agentId(`auth0|agent-${index % 50}`),
      ...organization,
    });
    const rows = [
      index % ERASED_OF === 2 ? erased(row, 'customerId') : row,
      issuedRowOf(index, timeOf(index), timeOf(index + 60)),
    ];
    if (!file.write(rows.map((each) => `${JSON.stringify(each)}\n`).join(''))) {
      await once(file, 'drain');
    }
  }
  file.end();
  await once(file, 'finish');
};

const RULES = `
@id("everybody") permit (principal, action, resource);
@id("no-tickets") forbid (principal, action, resource) when { context.ticketGiven };
@id("few") forbid (principal, action, resource) when { context.launchesLastHour > 1000 };
`;

it('a hundred thousand launches are replayed in little memory, and the list has each that would be refused', async () => {
  const schema = 'understudy.cedarschema';
  copyFileSync(inRepository(`docs/policies/strict-start-up/${schema}`), join(folder, schema));
  writeFileSync(join(folder, 'rules.cedar'), RULES);
  const config = join(folder, 'understudy.json');
  const policy = { reason: { required: false }, ticket: { required: false }, folder };
  writeFileSync(config, JSON.stringify({ policy, protection: { staffRoles: [] } }));
  const ledger = join(folder, 'ledger.ndjson');
  await writeExport(ledger);
  const start = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MEGABYTES}`,
      inRepository('src/backend/cli/policy.ts'),
      ...['replay', '--config', config, '--export', ledger, '--since', timeOf(0)],
    ],
    { maxBuffer: 10_000_000 },
  );
  console.log(`Replayed in ${Math.round((performance.now() - start) / 1000)} s.`);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(-2)).toEqual([
    `This change would have refused ${LAUNCHES / REFUSED_OF} of ${LAUNCHES} launches.`,
    `Nothing can be said of ${LAUNCHES / ERASED_OF}: they are not decidable.`,
  ]);
  expect(lines.filter((line) => /^REFUSED .*: no-tickets$/.test(line))).toHaveLength(100);
  expect(lines.filter((line) => line.startsWith('NOT DECIDABLE '))).toHaveLength(50);
});
