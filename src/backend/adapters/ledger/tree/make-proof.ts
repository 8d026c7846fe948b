import { type Hash, hashNode } from './merkle.ts';

/** A complete subtree: of 2^level leaves, the `position`th of that size from the left. */
export type NodeAddress = { readonly level: number; readonly position: number };

/** Reads the hashes of complete subtrees, in the order in which they are named. */
export type ReadNodes = (nodes: readonly NodeAddress[]) => Promise<readonly Hash[]>;

type Get = (node: NodeAddress) => Hash;

/** The largest power of two that is smaller than a number above 1. */
const splitOf = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

const subtreeHash = (get: Get, start: number, size: number): Hash => {
  const level = Math.log2(size);
  if (Number.isInteger(level)) {
    return get({ level, position: start / size });
  }
  const split = splitOf(size);
  return hashNode(subtreeHash(get, start, split), subtreeHash(get, start + split, size - split));
};

const inclusion = (get: Get, index: number, start: number, size: number): readonly Hash[] => {
  if (size === 1) {
    return [];
  }
  const split = splitOf(size);
  return index < start + split
    ? [...inclusion(get, index, start, split), subtreeHash(get, start + split, size - split)]
    : [...inclusion(get, index, start + split, size - split), subtreeHash(get, start, split)];
};

const consistency = (
  get: Get,
  from: number,
  { start, size, isWhole }: { start: number; size: number; isWhole: boolean },
): readonly Hash[] => {
  if (from === size) {
    return isWhole ? [] : [subtreeHash(get, start, size)];
  }
  const split = splitOf(size);
  return from <= split
    ? [
        ...consistency(get, from, { start, size: split, isWhole }),
        subtreeHash(get, start + split, size - split),
      ]
    : [
        ...consistency(get, from - split, {
          start: start + split,
          size: size - split,
          isWhole: false,
        }),
        subtreeHash(get, start, split),
      ];
};

const NOTHING_YET = Buffer.alloc(32);

/** Finds out which subtrees a proof is made of, reads them all at once, and makes it. */
const prove = async (read: ReadNodes, make: (get: Get) => readonly Hash[]) => {
  const wanted: NodeAddress[] = [];
  make((node) => {
    wanted.push(node);
    return NOTHING_YET;
  });
  const hashes = (await read(wanted)).values();
  return make(() => hashes.next().value ?? NOTHING_YET);
};

/** Makes the proof that the leaf at `index` is in the tree of the first `size` leaves. @see RFC 6962 §2.1.1 */
export const proveInclusion = (
  read: ReadNodes,
  index: number,
  size: number,
): Promise<readonly Hash[]> => prove(read, (get) => inclusion(get, index, 0, size));

/** Makes the proof that the tree of the first `from` leaves is the beginning of the one of `to`. @see RFC 6962 §2.1.2 */
export const proveConsistency = (
  read: ReadNodes,
  from: number,
  to: number,
): Promise<readonly Hash[]> =>
  prove(read, (get) => consistency(get, from, { start: 0, size: to, isWhole: true }));
