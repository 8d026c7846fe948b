import type { LedgerRow } from '../../contract/ledger.ts';

/** A state of the ledger that was signed: how many rows, the root of the tree over them, and the signed text. */
export type SignedLedger = {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
};

/** What proves that a row is in a signed ledger: the text that its leaf hashes, the leaf, and the hashes beside its way to the root. */
export type InclusionProof = {
  readonly text: string;
  readonly leaf: string;
  readonly path: readonly string[];
};

/** Proofs that need no trust in who gives them. Hashes are base64, in the order of RFC 6962. */
export type LedgerProofs = {
  /** The key that verifies checkpoints, as people pass it on. */
  readonly key: string;
  /**
   * The newest checkpoint, once what is new was signed; `undefined` while there is none. Another process may be
   * the one that signs: then its newest.
   */
  readonly checkpoint: () => Promise<SignedLedger | undefined>;
  /** Proves that a row is in what was signed. @throws {Error} when it is not. */
  readonly inclusion: (row: LedgerRow, signed: SignedLedger) => Promise<InclusionProof>;
  /** The name that stands for a person: the same one as long as the key is, and only who has the key finds the person. */
  readonly pseudonymOf: (id: string) => string;
  /** Proves that what was signed begins with the first `from` rows of an earlier checkpoint. */
  readonly consistency: (from: number, signed: SignedLedger) => Promise<readonly string[]>;
};
