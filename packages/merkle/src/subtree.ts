import { nodeHash } from './hash.ts';

/** Leaves from `start` up to but not including `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Gives the hash of a complete subtree: 2^level leaves from leaf index * 2^level on. Level 0 is the leaf hashes. Throws
 * when it does not have that one.
 */
export type NodeSource = (level: number, index: number) => Uint8Array;

/**
 * The complete subtrees that a range of a tree consists of, from left to right. The range must begin where a subtree of
 * at least its size may begin, as all ranges of proofs do; throws RangeError otherwise. Sizes up to 2^53-1.
 */
export function subtreesOf({ start, end }: LeafRange): { readonly level: number; readonly index: number }[] {
  const subtrees: { level: number; index: number }[] = [];
  for (let at = start; at < end; ) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - at) {
      width *= 2;
      level++;
    }
    if (at % width !== 0) throw new RangeError(`leaves ${start} to ${end} are no part of a tree`);
    subtrees.push({ level, index: at / width });
    at += width;
  }
  return subtrees;
}

/** The hash of a range that is not empty, MTH(D[start:end]) of RFC 9162 2.1.1. */
export function rangeHash(range: LeafRange, node: NodeSource): Uint8Array {
  const hashes = subtreesOf(range).map(({ level, index }) => node(level, index));
  const right = hashes.pop();
  if (!right) throw new RangeError('a range has at least one leaf');
  return hashes.reduceRight((hash, left) => nodeHash(left, hash), right);
}

/** The largest power of two smaller than a size of at least 2: where a tree is split (RFC 9162 2.1.1). */
export function splitPoint(size: number): number {
  let width = 1;
  while (width * 2 < size) width *= 2;
  return width;
}

/** Whether a value can be the number of leaves of a tree. */
export function isTreeSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
