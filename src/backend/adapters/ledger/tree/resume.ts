import type { Ledger } from '../../../ports/ledger.ts';
import { GENESIS_HASH } from '../rows/hash-chain.ts';
import { EMPTY_FRONTIER } from './merkle.ts';
import { SignerStateError, type SignerStateFile } from './signer-state.ts';

/**
 * Lets signing go on from what the ledger has now, after it was restored from a backup: the state that was signed and
 * is given up becomes a row, and the signer begins again at the first row. Gives the checkpoint that was given up.
 * @throws {SignerStateError} when nothing was signed, so that there is nothing to give up.
 */
export const resumeLedger = async (
  ledger: Pick<Ledger, 'record'>,
  file: SignerStateFile,
  now: Date,
): Promise<string> => {
  const state = await file.read();
  if (state?.note === undefined) {
    throw new SignerStateError(
      'The signer’s file has no checkpoint: there is nothing to resume from.',
    );
  }
  await ledger.record({
    type: 'ledger_resumed',
    abandonedCheckpoint: state.note,
    requestId: 'resume',
  });
  await file.write({ frontier: EMPTY_FRONTIER, head: GENESIS_HASH, resumedAt: now });
  return state.note;
};
