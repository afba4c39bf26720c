import { emptyRoot, nodeHash, sameHash } from './hash.ts';
import { areHashes, type ProofFault } from './proof-fault.ts';
import { isTreeSize, type LeafRange, type NodeSource, rangeHash, splitPoint } from './subtree.ts';

/**
 * The ranges whose hashes prove that a tree only grew, in the order of RFC 9162 2.1.4.1. Those that end at or before
 * `oldSize` are complete subtrees of the old tree, the others lie wholly behind it.
 */
export function consistencyRanges(oldSize: number, newSize: number): LeafRange[] {
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize)
    throw new RangeError(`a tree does not grow from ${oldSize} to ${newSize} leaves`);
  const ranges: LeafRange[] = [];
  if (oldSize === 0 || oldSize === newSize) return ranges;
  let start = 0;
  let end = newSize;
  while (end !== oldSize) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // The old tree as a whole needs no hash: who checks has its root.
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}

/**
 * Proves that the tree of `oldSize` leaves is the beginning of the one of `newSize`: PROOF(oldSize, D[newSize]) of RFC
 * 9162 2.1.4.1. Empty when the old tree is, and when nothing was added.
 */
export function consistencyProof(oldSize: number, newSize: number, node: NodeSource): Uint8Array[] {
  return consistencyRanges(oldSize, newSize).map((range) => rangeHash(range, node));
}

/** That the tree with the old size and root is the beginning of the one with the new size and root. */
export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Checks a consistency proof (RFC 9162 2.1.4.2) and returns undefined when it holds, otherwise what is wrong. The tree
 * without leaves is the beginning of every tree, by an empty proof. At most 54 hashes are looked at.
 */
export function consistencyFault(claim: ConsistencyClaim): ProofFault | undefined {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) return 'bad-size';
  const ranges = consistencyRanges(oldSize, newSize);
  if (proof.length !== ranges.length) return 'proof-length';
  if (!areHashes([oldRoot, newRoot, ...proof])) return 'bad-hash';
  if (oldSize === 0 && !sameHash(oldRoot, emptyRoot())) return 'root-mismatch';
  if (newSize === 0 || oldSize === newSize) return sameHash(oldRoot, newRoot) ? undefined : 'root-mismatch';
  if (oldSize === 0) return undefined;
  const roots = rebuild(claim, ranges);
  return sameHash(roots.old, oldRoot) && sameHash(roots.new, newRoot) ? undefined : 'root-mismatch';
}

/** Both roots as the proof gives them: hashes on the left belong to both trees, those on the right to the new one. */
function rebuild({ oldSize, oldRoot, proof }: ConsistencyClaim, ranges: readonly LeafRange[]) {
  const steps = ranges.map((range, at) => ({ range, hash: proof[at] as Uint8Array }));
  const isSeed = steps[0]?.range.end === oldSize;
  const seed = isSeed ? (steps.shift()?.hash as Uint8Array) : oldRoot;
  return steps.reduce(
    (hashes, { range, hash }) =>
      range.start >= oldSize
        ? { old: hashes.old, new: nodeHash(hashes.new, hash) }
        : { old: nodeHash(hash, hashes.old), new: nodeHash(hash, hashes.new) },
    { old: seed, new: seed },
  );
}
