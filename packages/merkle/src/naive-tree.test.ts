import { describe, expect, it } from 'vitest';
import { CompactRange } from './compact-range.ts';
import { consistencyFault, consistencyProof, consistencyRanges } from './consistency-proof.ts';
import { emptyRoot, leafHash, nodeHash } from './hash.ts';
import { HashTree } from './hash-tree.ts';
import { inclusionFault, inclusionProof } from './inclusion-proof.ts';

const SIZES = 300;
const leaves = Array.from({ length: SIZES }, (_, index) => leafHash(Uint8Array.of(index >> 8, index & 255)));

/** RFC 9162 2.1.1, 2.1.3.1 and 2.1.4.1 as they are written there, over any list of leaf hashes. */
function treeHash(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return emptyRoot();
  if (hashes.length === 1) return hashes[0] as Uint8Array;
  const k = split(hashes.length);
  return nodeHash(treeHash(hashes.slice(0, k)), treeHash(hashes.slice(k)));
}
function path(m: number, hashes: readonly Uint8Array[]): Uint8Array[] {
  if (hashes.length === 1) return [];
  const k = split(hashes.length);
  return m < k
    ? [...path(m, hashes.slice(0, k)), treeHash(hashes.slice(k))]
    : [...path(m - k, hashes.slice(k)), treeHash(hashes.slice(0, k))];
}
function subProof(m: number, hashes: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === hashes.length) return whole ? [] : [treeHash(hashes)];
  const k = split(hashes.length);
  return m <= k
    ? [...subProof(m, hashes.slice(0, k), whole), treeHash(hashes.slice(k))]
    : [...subProof(m - k, hashes.slice(k), false), treeHash(hashes.slice(0, k))];
}
function split(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

const roots = Array.from({ length: SIZES + 1 }, (_, size) => treeHash(leaves.slice(0, size)));
const rootAt = (size: number): Uint8Array => roots[size] as Uint8Array;
const full = new HashTree();
for (const leaf of leaves) full.append(leaf);

describe('trees of 0 to 300 leaves agree with the definition', () => {
  it('in their roots, however they are kept', () => {
    const range = new CompactRange();
    for (let size = 0; size <= SIZES; size++) {
      expect(range.root()).toEqual(rootAt(size));
      expect(full.root(size)).toEqual(rootAt(size));
      expect(new CompactRange(size, range.nodes).root()).toEqual(rootAt(size));
      if (size < SIZES) range.append(leaves[size] as Uint8Array);
    }
    expect(range.size).toBe(SIZES);
  });

  it('in every inclusion proof', () => {
    let checked = 0;
    for (let size = 1; size <= SIZES; size += size < 70 ? 1 : 23) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, full.node);
        if (size < 70 || index % 17 === 0) expect(proof).toEqual(path(index, leaves.slice(0, size)));
        const leaf = leaves[index] as Uint8Array;
        expect(inclusionFault({ index, size, leafHash: leaf, root: rootAt(size), proof })).toBeUndefined();
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(3000);
  });

  it('in every consistency proof, also when it is made from the compact range of the old tree and the new leaves', () => {
    const range = new CompactRange();
    for (let oldSize = 0; oldSize < SIZES; oldSize++) {
      const source = range.source((level, index) => {
        if (index * 2 ** level < oldSize) throw new Error('an old node was asked for');
        return full.node(level, index);
      });
      for (let newSize = oldSize; newSize <= SIZES; newSize += oldSize < 20 ? 1 : 29) {
        const proof = consistencyProof(oldSize, newSize, source);
        expect(proof).toEqual(oldSize === 0 ? [] : subProof(oldSize, leaves.slice(0, newSize), true));
        const claim = { oldSize, oldRoot: rootAt(oldSize), newSize, newRoot: rootAt(newSize), proof };
        expect(consistencyFault(claim)).toBeUndefined();
      }
      range.append(leaves[oldSize] as Uint8Array);
    }
  });
});

describe('an altered proof is refused', () => {
  const flipped = (hash: Uint8Array, at: number): Uint8Array =>
    hash.map((octet, index) => (index === at % 32 ? octet ^ 1 : octet));
  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100, 255, 256, 257, 300];

  it('inclusion: every hash, every other index and size, every length', () => {
    for (const size of sizes) {
      for (let index = 0; index < size; index += size < 40 ? 1 : 37) {
        const proof = inclusionProof(index, size, full.node);
        const claim = { index, size, leafHash: leaves[index] as Uint8Array, root: rootAt(size), proof };
        for (let at = 0; at < proof.length; at++) {
          const altered = proof.with(at, flipped(proof[at] as Uint8Array, at + index));
          expect(inclusionFault({ ...claim, proof: altered })).toBe('root-mismatch');
          expect(inclusionFault({ ...claim, proof: proof.toSpliced(at, 1) })).toBe('proof-length');
          expect(inclusionFault({ ...claim, proof: proof.with(at, new Uint8Array(31)) })).toBe('bad-hash');
        }
        expect(inclusionFault({ ...claim, proof: [...proof, emptyRoot()] })).toBe('proof-length');
        expect(inclusionFault({ ...claim, leafHash: flipped(claim.leafHash, index) })).toBe('root-mismatch');
        expect(inclusionFault({ ...claim, root: flipped(claim.root, index) })).toBe('root-mismatch');
        for (let other = 0; other < size; other++) {
          if (other !== index) expect(inclusionFault({ ...claim, index: other })).toBeDefined();
        }
      }
    }
  });

  it('consistency: every hash, every length, other roots', () => {
    for (const newSize of sizes) {
      for (let oldSize = 1; oldSize <= newSize; oldSize += newSize < 40 ? 1 : 37) {
        const proof = consistencyProof(oldSize, newSize, full.node);
        const claim = { oldSize, newSize, oldRoot: rootAt(oldSize), newRoot: rootAt(newSize), proof };
        for (let at = 0; at < proof.length; at++) {
          const altered = proof.with(at, flipped(proof[at] as Uint8Array, at + oldSize));
          expect(consistencyFault({ ...claim, proof: altered })).toBe('root-mismatch');
          expect(consistencyFault({ ...claim, proof: proof.toSpliced(at, 1) })).toBe('proof-length');
          expect(consistencyFault({ ...claim, proof: proof.with(at, new Uint8Array(33)) })).toBe('bad-hash');
        }
        expect(consistencyFault({ ...claim, proof: [...proof, emptyRoot()] })).toBe('proof-length');
        expect(consistencyFault({ ...claim, oldRoot: flipped(claim.oldRoot, 1) })).toBe('root-mismatch');
        expect(consistencyFault({ ...claim, newRoot: flipped(claim.newRoot, 1) })).toBe('root-mismatch');
      }
    }
  });

  it('a tree that was changed in the middle is no continuation', () => {
    for (let changed = 0; changed < 64; changed++) {
      const forked = new HashTree();
      leaves.slice(0, 100).forEach((leaf, index) => {
        forked.append(index === changed ? flipped(leaf, 0) : leaf);
      });
      const proof = consistencyProof(64, 100, forked.node);
      const claim = { oldSize: 64, oldRoot: rootAt(64), newSize: 100, newRoot: forked.root(), proof };
      expect(consistencyFault(claim)).toBe('root-mismatch');
    }
  });

  const hash = emptyRoot();
  it.each([
    [-1, 5],
    [5, 5],
    [6, 5],
    [0.5, 5],
    [0, 0],
    [0, 2 ** 53],
    [Number.NaN, 5],
  ])('inclusion of leaf %s in %s', (index, size) => {
    expect(inclusionFault({ index, size, leafHash: hash, root: hash, proof: [] })).toBe('bad-size');
  });
  it.each([
    [2, 1],
    [-1, 1],
    [0.5, 1],
    [1, Number.POSITIVE_INFINITY],
    [1, 2 ** 53],
  ])('consistency from %s to %s', (oldSize, newSize) => {
    expect(consistencyFault({ oldSize, newSize, oldRoot: hash, newRoot: hash, proof: [] })).toBe('bad-size');
  });
  it('a first tree that claims another root than the empty one', () => {
    expect(consistencyFault({ oldSize: 0, newSize: 1, oldRoot: rootAt(1), newRoot: rootAt(1), proof: [] })).toBe(
      'root-mismatch',
    );
    expect(consistencyFault({ oldSize: 0, newSize: 0, oldRoot: emptyRoot(), newRoot: rootAt(1), proof: [] })).toBe(
      'root-mismatch',
    );
  });
});

describe('very large trees', () => {
  it('are described without rounding, in at most 53 hashes', () => {
    const size = 2 ** 53 - 1;
    const ranges = consistencyRanges(2 ** 52 + 1, size);
    expect(ranges.length).toBeLessThanOrEqual(54);
    expect(ranges.every(({ start, end }) => Number.isSafeInteger(start) && end > start)).toBe(true);
    const claim = { index: size - 1, size, leafHash: leaves[0] as Uint8Array, root: leaves[0] as Uint8Array };
    expect(inclusionFault({ ...claim, proof: Array(52).fill(emptyRoot()) })).toBe('root-mismatch');
    expect(inclusionFault({ ...claim, proof: Array(100_000).fill(emptyRoot()) })).toBe('proof-length');
  });
});
