export type { CheckpointProposal } from '../signer/checkpoints.ts';
export * from './audit-sequencer.ts';
export * from './checkpoints.ts';
export * from './leaf.ts';
export * from './proven-entries.ts';
export * from './read-log.ts';
export * from './sequence-events.ts';
export * from './signed-checkpoint.ts';
