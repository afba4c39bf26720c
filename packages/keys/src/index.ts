export * from './durable-write.ts';
export * from './sealed-box.ts';
export * from './sealed-store.ts';
export * from './signer.ts';
