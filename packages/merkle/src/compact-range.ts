import { emptyRoot, HASH_OCTETS, nodeHash } from './hash.ts';
import { isTreeSize, type NodeSource, subtreesOf } from './subtree.ts';

/**
 * A tree that only grows, kept as the hashes of its complete subtrees: at most 53 hashes whatever the size. It knows
 * its root and takes leaves; of earlier nodes it keeps none.
 */
export class CompactRange {
  #size: number;
  /** From the largest subtree on the left to the smallest on the right. */
  readonly #nodes: Uint8Array[];

  /** The tree without leaves, or one of `size` leaves whose complete subtrees are `nodes`, largest first. */
  constructor(size = 0, nodes: readonly Uint8Array[] = []) {
    if (!isTreeSize(size)) throw new RangeError('a tree has a whole number of leaves');
    if (nodes.length !== subtreesOf({ start: 0, end: size }).length || nodes.some((it) => it.length !== HASH_OCTETS))
      throw new RangeError(`these are not the subtrees of ${size} leaves`);
    this.#size = size;
    this.#nodes = [...nodes];
  }

  get size(): number {
    return this.#size;
  }

  /** The hashes of the complete subtrees, largest first; what the constructor takes. */
  get nodes(): readonly Uint8Array[] {
    return [...this.#nodes];
  }

  /** Adds a leaf by its hash. */
  append(leaf: Uint8Array): void {
    if (leaf.length !== HASH_OCTETS) throw new RangeError('a hash has 32 octets');
    let node = leaf;
    // Each trailing one of the size is a subtree as large as the one in hand.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = nodeHash(this.#nodes.pop() as Uint8Array, node);
    }
    this.#nodes.push(node);
    this.#size++;
  }

  /** MTH of all leaves so far, RFC 9162 2.1.1. */
  root(): Uint8Array {
    const right = this.#nodes.at(-1);
    if (!right) return emptyRoot();
    return this.#nodes.slice(0, -1).reduceRight((hash, left) => nodeHash(left, hash), right);
  }

  /** A tree of its own with the same leaves. */
  clone(): CompactRange {
    return new CompactRange(this.#size, this.#nodes);
  }

  /** Gives the complete subtrees of this size as they are, and asks `beyond` for any other. */
  source(beyond: NodeSource): NodeSource {
    const known = new Map(
      subtreesOf({ start: 0, end: this.#size }).map(({ level, index }, at) => [`${level}/${index}`, this.#nodes[at]]),
    );
    return (level, index) => known.get(`${level}/${index}`) ?? beyond(level, index);
  }
}
