import { generateKeyPairSync } from 'node:crypto';
import { UsageError } from '../../../command-line/usage-error.ts';
import {
  formatVerifier,
  readNoteSigner,
  verifierOf,
} from '../../adapters/ledger/tree/signed-note.ts';
import type { Command } from './command.ts';

/** Makes a key for checkpoints: the private one for the backend, the public one for everybody who verifies. */
export const key: Command = async ({ name }) => {
  if (name === undefined) {
    throw new UsageError('key needs --name: the host of publicOrigin and "/ledger".');
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = JSON.stringify(privateKey.export({ format: 'jwk' }));
  const verifier = formatVerifier(verifierOf(readNoteSigner(name, secret)));
  process.stdout.write(`${secret}\n`);
  process.stderr.write(
    `The line on the standard output is UNDERSTUDY_LEDGER_KEY: keep it secret.\n`,
  );
  process.stderr.write(`Publish this one, it verifies: ${verifier}\n`);
  return 0;
};
