import { createHash } from 'node:crypto';

/** What RFC 6962 calls a Merkle Tree Hash: 32 bytes of SHA-256. */
export type Hash = Buffer;

const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part);
  }
  return hash.digest();
};

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** The hash of an empty tree. */
export const EMPTY_ROOT: Hash = sha256();

/** The hash of a leaf. @see RFC 6962 §2.1 */
export const hashLeaf = (data: string): Hash => sha256(LEAF, Buffer.from(data, 'utf8'));

/** The hash of a node with two children. @see RFC 6962 §2.1 */
export const hashNode = (left: Hash, right: Hash): Hash => sha256(NODE, left, right);

/**
 * The complete subtrees that a tree is made of, largest first: all that is needed to add leaves and to know the root,
 * however many leaves there are.
 */
export type Frontier = { readonly size: number; readonly subtrees: readonly Hash[] };

/** The frontier of a tree without leaves. */
export const EMPTY_FRONTIER: Frontier = { size: 0, subtrees: [] };

/** Adds a leaf. */
export const appendLeaf = ({ size, subtrees }: Frontier, leaf: Hash): Frontier => {
  const next = [...subtrees];
  let node = leaf;
  // Each one in the size's binary form, from its end, is a subtree that is now complete together with its twin.
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const twin = next.pop();
    if (!twin) {
      throw new RangeError('A frontier has fewer subtrees than its size says.');
    }
    node = hashNode(twin, node);
  }
  return { size: size + 1, subtrees: [...next, node] };
};

/** The root of the tree that a frontier stands for. */
export const rootOf = ({ subtrees }: Frontier): Hash =>
  subtrees.length === 0 ? EMPTY_ROOT : subtrees.reduceRight((right, left) => hashNode(left, right));
