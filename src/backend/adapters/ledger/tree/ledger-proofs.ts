import type { LedgerProofs } from '../../../ports/ledger-proofs.ts';
import { hashedText } from '../hash-chain.ts';
import { openCheckpoint } from './checkpoint.ts';
import { proveConsistency, proveInclusion } from './make-proof.ts';
import { type Hash, hashLeaf } from './merkle.ts';
import { formatVerifier, type NoteVerifier } from './signed-note.ts';
import type { TreeStore } from './tree-store.ts';
import { provesInclusion } from './verify-proof.ts';

/** What {@link createLedgerProofs} works with. */
export type LedgerProofsOptions = {
  readonly tree: TreeStore;
  /** The present key first, then those before it. */
  readonly verifiers: readonly [NoteVerifier, ...NoteVerifier[]];
  /** Signs what is new, if this process may. */
  readonly signNow: () => Promise<void>;
};

const asText = (hashes: readonly Hash[]): readonly string[] =>
  hashes.map((hash) => hash.toString('base64'));

/**
 * Makes proofs from the nodes in the ledger's database. A proof of inclusion is checked before it is given away:
 * nodes or rows that do not lead to the signed root are found here, not by the customer.
 */
export const createLedgerProofs = ({
  tree,
  verifiers,
  signNow,
}: LedgerProofsOptions): LedgerProofs => ({
  key: formatVerifier(verifiers[0]),
  checkpoint: async () => {
    await signNow();
    const stored = await tree.newest();
    const checkpoint = stored && openCheckpoint(stored.note, verifiers);
    return checkpoint && { ...checkpoint, note: stored.note };
  },
  inclusion: async (row, { size, root }) => {
    const proof = await proveInclusion(tree.read, row.seq - 1, size);
    const claim = { index: row.seq - 1, size, leaf: hashLeaf(hashedText(row)), root };
    if (!provesInclusion(claim, proof)) {
      throw new Error(`Row ${row.seq} is not in the tree that was signed.`);
    }
    return asText(proof);
  },
  consistency: async (from, { size }) => asText(await proveConsistency(tree.read, from, size)),
});
