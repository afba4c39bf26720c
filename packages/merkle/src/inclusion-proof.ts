import { nodeHash, sameHash } from './hash.ts';
import { areHashes, type ProofFault } from './proof-fault.ts';
import { isTreeSize, type LeafRange, type NodeSource, rangeHash, splitPoint } from './subtree.ts';

/** The ranges whose hashes prove that a leaf is in a tree, from the leaf's neighbour up (RFC 9162 2.1.3.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) throw new RangeError(`no leaf ${index} of ${size}`);
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** Proves that a leaf is in the tree of `size` leaves, PATH(index, D[size]) of RFC 9162 2.1.3.1. */
export function inclusionProof(index: number, size: number, node: NodeSource): Uint8Array[] {
  return inclusionRanges(index, size).map((range) => rangeHash(range, node));
}

/** That the leaf with this hash has this index in the tree of this size and root. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Checks an inclusion proof (RFC 9162 2.1.3.2) and returns undefined when it holds, otherwise what is wrong. At most 53
 * hashes are looked at. Whether the root is a signed one is not checked.
 */
export function inclusionFault(claim: InclusionClaim): ProofFault | undefined {
  const { index, size, proof } = claim;
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) return 'bad-size';
  const ranges = inclusionRanges(index, size);
  if (proof.length !== ranges.length) return 'proof-length';
  if (!areHashes([claim.leafHash, claim.root, ...proof])) return 'bad-hash';
  const root = proof.reduce(
    (hash, sibling, at) =>
      (ranges[at] as LeafRange).start > index ? nodeHash(hash, sibling) : nodeHash(sibling, hash),
    claim.leafHash,
  );
  return sameHash(root, claim.root) ? undefined : 'root-mismatch';
}
