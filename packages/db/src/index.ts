export * from './connect.ts';
export * from './embedded/index.ts';
export * from './listen-hub.ts';
export * from './migrate.ts';
export * from './notify.ts';
export type * from './schema.gen.ts';
export { renderSchema } from './schema-source.ts';
export * from './service-login.ts';
export * from './transaction.ts';
