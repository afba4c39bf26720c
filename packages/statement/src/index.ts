export * from './canonical-json.ts';
export * from './credential-id.ts';
export * from './digest.ts';
export * from './signature.ts';
export * from './statement.ts';
