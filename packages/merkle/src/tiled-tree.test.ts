import { describe, expect, it } from 'vitest';
import { leafHash } from './hash.ts';
import { HashTree } from './hash-tree.ts';
import { inclusionFault, inclusionProof } from './inclusion-proof.ts';
import { TILE_LEAVES, TiledTree } from './tiled-tree.ts';

describe('a tiled tree', () => {
  it.each([1, 2, 255, 256, 257, 511, 512, 700, 1024, 1025, 1300])('of %i leaves proves each of them', (size) => {
    const leaves = Array.from({ length: size }, (_, index) => leafHash(Uint8Array.of(index >> 8, index & 255)));
    const full = new HashTree();
    const tiled = new TiledTree();
    for (const leaf of leaves) {
      full.append(leaf);
      tiled.append(leaf);
    }
    expect(tiled.size).toBe(size);
    expect(tiled.root()).toEqual(full.root());
    for (let tile = 0; tile * TILE_LEAVES < size; tile++) {
      const near = leaves.slice(tile * TILE_LEAVES, (tile + 1) * TILE_LEAVES);
      const source = tiled.source(tile, near);
      for (let index = tile * TILE_LEAVES; index < tile * TILE_LEAVES + near.length; index += 7) {
        const proof = inclusionProof(index, size, source);
        expect(proof).toEqual(inclusionProof(index, size, full.node));
        const claim = { index, size, leafHash: leaves[index] as Uint8Array, root: tiled.root(), proof };
        expect(inclusionFault(claim)).toBeUndefined();
      }
    }
  });

  it('does not make nodes up', () => {
    const tiled = new TiledTree();
    for (let index = 0; index < 600; index++) tiled.append(leafHash(Uint8Array.of(index & 255)));
    expect(() => tiled.source(0, [])(0, 300)).toThrow(RangeError);
    expect(() => tiled.source(0, [])(0, 0)).toThrow(RangeError);
    expect(() => tiled.source(0, [])(9, 1)).toThrow(RangeError);
  });
});
