import { readFileSync } from 'node:fs';
import { UsageError } from '../../../command-line/usage-error.ts';
import { type Checkpoint, openCheckpoint } from '../../adapters/ledger/tree/checkpoint.ts';
import { readVerifier } from '../../adapters/ledger/tree/signed-note.ts';
import {
  type ChainVerdict,
  type Noted,
  verifyChain,
} from '../../adapters/ledger/verification/verify-chain.ts';
import { verifyLedger } from '../../adapters/ledger/verification/verify-ledger.ts';
import { openExport } from '../export-file.ts';
import type { Command, Options } from './command.ts';
import { headOf } from './head.ts';
import { withReadableLedger } from './with-ledger.ts';

const checkpointOf = (file: string, key: string | undefined): Checkpoint => {
  if (key === undefined) {
    throw new UsageError('--checkpoint needs --key, the key of the ledger as you noted it.');
  }
  const checkpoint = openCheckpoint(readFileSync(file, 'utf8'), [readVerifier(key)]);
  if (!checkpoint) {
    throw new UsageError(`${file} is no checkpoint that this key signed.`);
  }
  return checkpoint;
};

/** What the command line says was noted outside the ledger. */
const notedOf = ({ head, checkpoint, key }: Options): Noted => {
  if (key !== undefined && checkpoint === undefined) {
    throw new UsageError('--key needs --checkpoint, the file of the checkpoint that it signed.');
  }
  return {
    head: head === undefined ? undefined : headOf(head),
    checkpoint: checkpoint === undefined ? undefined : checkpointOf(checkpoint, key),
  };
};

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

const report = (verdict: ChainVerdict, { checkpoint }: Noted): number => {
  if (!verdict.intact) {
    say(`BROKEN at row ${verdict.row}: ${verdict.problem}.`);
    return 1;
  }
  if (!verdict.head) {
    say('EMPTY: there is not a single row.');
    return 1;
  }
  const { rows, erased, head } = verdict;
  const signed = checkpoint
    ? ` The first ${checkpoint.size} rows are the ones that were signed.`
    : '';
  say(
    `Intact, ${rows} rows, ${erased} personal values erased.${signed} Head: ${head.seq}:${head.hash}`,
  );
  return 0;
};

/** Verifies an export; or a ledger, whose table of launches is then held against the chain as well. */
export const verify: Command = async (options) => {
  const noted = notedOf(options);
  const { file, folder, 'database-url': url } = options;
  if (file !== undefined && (folder ?? url) !== undefined) {
    throw new UsageError('Name what to verify once: --file, or the ledger itself.');
  }
  if (file !== undefined) {
    return report(await verifyChain(await openExport(file), noted), noted);
  }
  return withReadableLedger(options, async (ledger) =>
    report(await verifyLedger(ledger, noted), noted),
  );
};
