import { type Hash, hashNode } from './merkle.ts';

/** What an inclusion proof is about: the leaf with this hash is at `index` of the tree with this size and root. */
export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly root: Hash;
};

const HASH_BYTES = 32;

const half = (number: number): number => Math.floor(number / 2);

/** Tells whether a proof shows that a leaf is in a tree. @see RFC 9162 §2.1.3.2 */
export const provesInclusion = (
  { index, size, leaf, root }: InclusionClaim,
  proof: readonly Hash[],
): boolean => {
  if (index < 0 || index >= size || leaf.length !== HASH_BYTES) {
    return false;
  }
  let position = index;
  let last = size - 1;
  let node = leaf;
  for (const sibling of proof) {
    if (last === 0) {
      return false;
    }
    if (position % 2 === 1 || position === last) {
      node = hashNode(sibling, node);
      // A last node without a sibling is carried up to where it has one.
      while (position % 2 === 0 && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      node = hashNode(node, sibling);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && node.equals(root);
};

/** What a consistency proof is about: the smaller tree is the beginning of the larger one. */
export type ConsistencyClaim = {
  readonly from: { readonly size: number; readonly root: Hash };
  readonly to: { readonly size: number; readonly root: Hash };
};

const isPowerOfTwo = (number: number): boolean => Number.isInteger(Math.log2(number));

/**
 * Tells whether a proof shows that a tree was only added to. Nothing is claimed of a tree without leaves, so a proof from one is refused.
 * @see RFC 9162 §2.1.4.2
 */
export const provesConsistency = (
  { from, to }: ConsistencyClaim,
  proof: readonly Hash[],
): boolean => {
  if (from.size < 1 || from.size > to.size) {
    return false;
  }
  if (from.size === to.size) {
    return proof.length === 0 && from.root.equals(to.root);
  }
  const [first, ...rest] = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof;
  if (!first || proof.length === 0) {
    return false;
  }
  let position = from.size - 1;
  let last = to.size - 1;
  while (position % 2 === 1) {
    position = half(position);
    last = half(last);
  }
  let smaller = first;
  let larger = first;
  for (const node of rest) {
    if (last === 0) {
      return false;
    }
    if (position % 2 === 1 || position === last) {
      smaller = hashNode(node, smaller);
      larger = hashNode(node, larger);
      while (position % 2 === 0 && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      larger = hashNode(larger, node);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && smaller.equals(from.root) && larger.equals(to.root);
};
