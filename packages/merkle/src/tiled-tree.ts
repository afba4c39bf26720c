import { CompactRange } from './compact-range.ts';
import { HashTree } from './hash-tree.ts';
import type { NodeSource } from './subtree.ts';

/** Leaves of a full tile, as in C2SP tlog-tiles. */
export const TILE_LEAVES = 256;
const TILE_LEVEL = 8;

/**
 * A tree that keeps the hashes of its full tiles and what is above them, and the leaves of the last, partial tile only: a quarter
 * of an octet a leaf. It proves any leaf whose tile's leaf hashes are brought along.
 */
export class TiledTree {
  readonly #all = new CompactRange();
  readonly #tiles = new HashTree();
  #partial = new HashTree();

  get size(): number {
    return this.#all.size;
  }

  /** Adds a leaf by its hash. */
  append(leaf: Uint8Array): void {
    this.#all.append(leaf);
    this.#partial.append(leaf);
    if (this.#partial.size < TILE_LEAVES) return;
    this.#tiles.append(this.#partial.root());
    this.#partial = new HashTree();
  }

  /** MTH of all leaves so far, RFC 9162 2.1.1. */
  root(): Uint8Array {
    return this.#all.root();
  }

  /**
   * The nodes that proofs of the leaves of one tile need, with that tile's leaf hashes as they were appended. What they are is not
   * compared with the tree: a proof from other hashes does not hold.
   */
  source(tile: number, leaves: readonly Uint8Array[]): NodeSource {
    const near = new HashTree();
    for (const leaf of leaves) near.append(leaf);
    return (level, index) => {
      if (level >= TILE_LEVEL) return this.#tiles.node(level - TILE_LEVEL, index);
      const perTile = TILE_LEAVES / 2 ** level;
      const wanted = Math.floor(index / perTile);
      if (wanted === tile) return near.node(level, index % perTile);
      if (wanted === this.#tiles.size) return this.#partial.node(level, index % perTile);
      throw new RangeError(`tile ${wanted} is not at hand`);
    };
  }
}
