export * from './audit/index.ts';
export type { CommandSurroundings } from './command-context.ts';
export { nextStatement } from './init/chain-builder.ts';
export * from './init/init-evaluation.ts';
export * from './init/init-instance.ts';
export * from './init/init-production.ts';
export { type AgentKey, generateAgentKey, writeAgentKey } from './keys/agent-key.ts';
export * from './keys/approval-key.ts';
export { addCommands } from './program.ts';
