import { emptyRoot, HASH_OCTETS, nodeHash } from './hash.ts';
import { isTreeSize, type NodeSource, rangeHash } from './subtree.ts';

/**
 * A tree in memory with every complete subtree, which can prove anything about itself: about 64 octets a leaf. Larger
 * logs are proved in parts (see `NodeSource`).
 */
export class HashTree {
  #size = 0;
  readonly #levels: HashColumn[] = [];

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf by its hash. */
  append(leaf: Uint8Array): void {
    if (leaf.length !== HASH_OCTETS) throw new RangeError('a hash has 32 octets');
    let node = leaf;
    let index = this.#size;
    for (let level = 0; ; level++) {
      const column = this.#levels[level] ?? new HashColumn();
      this.#levels[level] = column;
      column.push(node);
      if (index % 2 === 0) break;
      node = nodeHash(this.node(level, index - 1), node);
      index = (index - 1) / 2;
    }
    this.#size++;
  }

  /** A complete subtree's hash. Throws RangeError when it is not in the tree. */
  readonly node: NodeSource = (level, index) => {
    const hash = this.#levels[level]?.at(index);
    if (!hash) throw new RangeError(`the tree has no subtree ${index} at level ${level}`);
    return hash;
  };

  /** The root as it was when the tree had `size` leaves; now, when left out. */
  root(size: number = this.#size): Uint8Array {
    if (!isTreeSize(size) || size > this.#size) throw new RangeError(`the tree has ${this.#size} leaves`);
    return size === 0 ? emptyRoot() : rangeHash({ start: 0, end: size }, this.node);
  }
}

/** Hashes one after the other in one growing buffer. */
class HashColumn {
  #octets = new Uint8Array(64 * HASH_OCTETS);
  #length = 0;

  push(hash: Uint8Array): void {
    const offset = this.#length * HASH_OCTETS;
    if (offset === this.#octets.length) {
      const larger = new Uint8Array(this.#octets.length * 2);
      larger.set(this.#octets);
      this.#octets = larger;
    }
    this.#octets.set(hash, offset);
    this.#length++;
  }

  at(index: number): Uint8Array | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#length) return undefined;
    return this.#octets.slice(index * HASH_OCTETS, (index + 1) * HASH_OCTETS);
  }
}
