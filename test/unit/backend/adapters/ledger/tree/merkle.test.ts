import { describe, expect, it } from 'vitest';
import {
  proveConsistency,
  proveInclusion,
  type ReadNodes,
} from '../../../../../../src/backend/adapters/ledger/tree/make-proof.ts';
import {
  appendLeaf,
  EMPTY_FRONTIER,
  EMPTY_ROOT,
  type Frontier,
  type Hash,
  hashLeaf,
  hashNode,
  rootOf,
} from '../../../../../../src/backend/adapters/ledger/tree/merkle.ts';
import {
  provesConsistency,
  provesInclusion,
} from '../../../../../../src/backend/adapters/ledger/tree/verify-proof.ts';
import vectors from './merkle-vectors.json' with { type: 'json' };

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

describe('the public vectors of transparency-dev/merkle', () => {
  it.each(vectors.inclusion)('inclusion $name is refused: $wantErr', (vector) => {
    const { leafIdx: index, treeSize: size, root, leafHash, proof, wantErr } = vector;
    const claim = { index, size, leaf: bytes(leafHash), root: bytes(root) };
    expect(provesInclusion(claim, (proof ?? []).map(bytes))).toBe(!wantErr);
  });

  it.each(vectors.consistency)(
    'consistency $name is refused: $wantErr',
    ({ size1, size2, root1, root2, proof, wantErr }) => {
      const claim = {
        from: { size: size1, root: bytes(root1) },
        to: { size: size2, root: bytes(root2) },
      };
      expect(provesConsistency(claim, (proof ?? []).map(bytes))).toBe(!wantErr);
    },
  );
});

const leaves = Array.from({ length: 65 }, (_, index) => hashLeaf(`row ${index + 1}`));
const frontierOf = (size: number): Frontier =>
  leaves.slice(0, size).reduce(appendLeaf, EMPTY_FRONTIER);

/** The nodes as the database keeps them: complete subtrees only. */
const read: ReadNodes = async (nodes) => {
  const hashAt = (level: number, position: number): Hash => {
    const leaf = leaves[position];
    if (level === 0 && leaf) {
      return leaf;
    }
    return hashNode(hashAt(level - 1, position * 2), hashAt(level - 1, position * 2 + 1));
  };
  return nodes.map(({ level, position }) => hashAt(level, position));
};

describe('a tree', () => {
  it('without leaves has the hash of nothing as its root', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(rootOf(EMPTY_FRONTIER)).toEqual(EMPTY_ROOT);
  });

  it('of one leaf has the leaf’s hash as its root', () => {
    expect(rootOf(frontierOf(1)).toString('hex')).toBe(hashLeaf('row 1').toString('hex'));
  });

  it('proves each of its leaves, at every size, and no other leaf', async () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const root = rootOf(frontierOf(size));
      for (let index = 0; index < size; index += 1) {
        const proof = await proveInclusion(read, index, size);
        const claim = { index, size, leaf: leaves[index] ?? EMPTY_ROOT, root };
        expect(provesInclusion(claim, proof)).toBe(true);
        expect(provesInclusion({ ...claim, leaf: EMPTY_ROOT }, proof)).toBe(false);
      }
    }
  });

  it('proves that it begins with each smaller one', async () => {
    const trees = Array.from({ length: leaves.length }, (_, index) => ({
      size: index + 1,
      root: rootOf(frontierOf(index + 1)),
    }));
    for (const to of trees) {
      for (const from of trees.slice(0, to.size)) {
        const proof = await proveConsistency(read, from.size, to.size);
        expect(provesConsistency({ from, to }, proof)).toBe(true);
        expect(provesConsistency({ from: { ...from, root: EMPTY_ROOT }, to }, proof)).toBe(false);
      }
    }
  });
});
