/**
 * What a running service needs of the database, without what makes one, migrates it and inspects it: so that a service is not
 * kept from its work by reading that.
 */
export * from './audit.ts';
export * from './authority/follow-authority.ts';
export * from './authority/read-chain.ts';
export * from './connect.ts';
export { FolderLock } from './embedded/folder-lock.ts';
export * from './heartbeat.ts';
export * from './listen-hub.ts';
export * from './notify.ts';
export type * from './schema.gen.ts';
export * from './service-login.ts';
export * from './transaction.ts';
