import type { LedgerProofs } from '../../../ports/ledger-proofs.ts';
import { hashedText } from '../rows/hash-chain.ts';
import { openCheckpoint } from './checkpoint.ts';
import { proveConsistency, proveInclusion } from './make-proof.ts';
import { type Hash, hashLeaf } from './merkle.ts';
import { formatVerifier, type NoteSigner, type NoteVerifier, pseudonymsOf } from './signed-note.ts';
import type { TreeStore } from './tree-store.ts';
import { provesInclusion } from './verify-proof.ts';

/** What {@link createLedgerProofs} works with. */
export type LedgerProofsOptions = {
  readonly tree: TreeStore;
  readonly signer: NoteSigner;
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
  signer,
  verifiers,
  signNow,
}: LedgerProofsOptions): LedgerProofs => ({
  key: formatVerifier(verifiers[0]),
  pseudonymOf: pseudonymsOf(signer),
  checkpoint: async () => {
    await signNow();
    const stored = await tree.newest();
    const checkpoint = stored && openCheckpoint(stored.note, verifiers);
    return checkpoint && { ...checkpoint, note: stored.note };
  },
  inclusion: async (row, { size, root }) => {
    const path = await proveInclusion(tree.read, row.seq - 1, size);
    const text = hashedText(row);
    const leaf = hashLeaf(text);
    if (!provesInclusion({ index: row.seq - 1, size, leaf, root }, path)) {
      throw new Error(`Row ${row.seq} is not in the tree that was signed.`);
    }
    return { text, leaf: leaf.toString('base64'), path: asText(path) };
  },
  consistency: async (from, { size }) => asText(await proveConsistency(tree.read, from, size)),
});
