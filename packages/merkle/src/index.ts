export * from './checkpoint-note.ts';
export * from './compact-range.ts';
export * from './consistency-proof.ts';
export * from './hash.ts';
export * from './hash-tree.ts';
export * from './inclusion-proof.ts';
export type { ProofFault } from './proof-fault.ts';
export { isTreeSize, type LeafRange, type NodeSource, rangeHash, subtreesOf } from './subtree.ts';
export * from './tiled-tree.ts';
