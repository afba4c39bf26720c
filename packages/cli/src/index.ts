export * from './audit/index.ts';
export { nextStatement } from './init/chain-builder.ts';
export * from './init/init-evaluation.ts';
export * from './init/init-instance.ts';
export * from './keys/approval-key.ts';
