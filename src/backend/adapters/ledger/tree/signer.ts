import type { LedgerRow } from '../../../../contract/ledger.ts';
import { GENESIS_HASH, hashedText, hashRow } from '../rows/hash-chain.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, hashLeaf, rootOf } from './merkle.ts';
import { type NoteSigner, type NoteVerifier, verifierOf } from './signed-note.ts';
import type { SignerState, SignerStateFile } from './signer-state.ts';
import type { TreeStore } from './tree-store.ts';

/** The ledger does not continue what was signed before: rows were removed or rewritten. Nothing is signed. */
export class LedgerConflictError extends Error {
  override readonly name = 'LedgerConflictError';
}

/** What a signer works with. */
export type SignerOptions = {
  /** Rows in order, after a number. */
  readonly rows: (after: number) => AsyncIterable<LedgerRow>;
  readonly tree: TreeStore;
  readonly state: SignerStateFile;
  readonly key: NoteSigner;
  /** The key before this one, while checkpoints that it signed are gone on from. */
  readonly keyBefore: NoteVerifier | undefined;
};

type Progress = { readonly frontier: Frontier; readonly head: string };

const conflict = (sentence: string): LedgerConflictError => new LedgerConflictError(sentence);

/** Follows the rows from where the signer stopped, row by row, and never takes the database's word for a hash. */
const follow = async (
  options: SignerOptions,
  from: Progress,
  witnessed: { readonly size: number; readonly root: Buffer } | undefined,
): Promise<Progress> => {
  const { size } = from.frontier;
  let { frontier, head } = from;
  let isAnchored = size === 0;
  for await (const row of options.rows(Math.max(size - 1, 0))) {
    if (row.hash !== hashRow(row)) {
      throw conflict(`Row ${row.seq} does not have its hash.`);
    }
    if (!isAnchored) {
      if (row.seq !== size || row.hash !== head) {
        throw conflict(`Row ${size} is not the one that was signed.`);
      }
      isAnchored = true;
      continue;
    }
    if (row.seq !== frontier.size + 1 || row.previousHash !== head) {
      throw conflict(`Row ${frontier.size + 1} does not follow the row before it.`);
    }
    frontier = appendLeaf(frontier, hashLeaf(hashedText(row)));
    head = row.hash;
    if (frontier.size === witnessed?.size && !rootOf(frontier).equals(witnessed.root)) {
      throw conflict(`The first ${witnessed.size} rows are not the ones that were signed.`);
    }
  }
  if (!isAnchored) {
    throw conflict(`The ledger ends before row ${size}, which was signed.`);
  }
  if (witnessed && frontier.size < witnessed.size) {
    throw conflict(`The ledger ends before row ${witnessed.size}, which was signed.`);
  }
  return { frontier, head };
};

/**
 * Signs a checkpoint if there are rows that the last one does not cover; gives the newest, `undefined` for a ledger
 * without rows. The tree that is signed continues the one that was signed last, as the signer's own file has it; a
 * signer that has no file yet reads the whole ledger, and continues the newest checkpoint in the database.
 * One process at a time may do this.
 * @throws {LedgerConflictError} when the ledger is not a continuation of what was signed.
 */
export const signLedger = async (options: SignerOptions): Promise<string | undefined> => {
  const { tree, key, keyBefore, state: file } = options;
  const verifiers = [verifierOf(key), ...(keyBefore ? [keyBefore] : [])];
  const state = await file.read();
  if (state?.note !== undefined && !openCheckpoint(state.note, verifiers)) {
    throw conflict(
      'The last checkpoint was signed by a key that is neither the present one nor the one before.',
    );
  }
  const stored = await tree.newest();
  const counts = stored && (state?.resumedAt === undefined || stored.signedAt > state.resumedAt);
  const witnessed = counts ? openCheckpoint(stored.note, verifiers) : undefined;
  if (counts && !witnessed) {
    throw conflict('The newest checkpoint in the database has another signature.');
  }
  const isAhead = witnessed && witnessed.size > (state?.frontier.size ?? 0);
  const from = state ?? { frontier: EMPTY_FRONTIER, head: GENESIS_HASH };
  const { frontier, head } = await follow(options, from, isAhead ? witnessed : undefined);
  if (frontier.size === 0) {
    return undefined;
  }
  const isNew = frontier.size > from.frontier.size || state?.note === undefined;
  const note = isNew
    ? signCheckpoint({ size: frontier.size, root: rootOf(frontier) }, key)
    : state.note;
  if (isNew) {
    // On disk first: whatever happens next, nothing that contradicts this checkpoint is signed.
    const next: SignerState = {
      frontier,
      head,
      note,
      ...(state?.resumedAt && { resumedAt: state.resumedAt }),
    };
    await file.write(next);
  }
  await tree.fill(frontier.size);
  await tree.keep(frontier.size, note);
  return note;
};
