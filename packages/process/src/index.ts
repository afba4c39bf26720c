export * from './accounts.ts';
export * from './configuration.ts';
export * from './instance.ts';
export * from './layout.ts';
export * from './log-line.ts';
export * from './process-record.ts';
export * from './run-service.ts';
export { readSecretFile } from './secret-file.ts';
export * from './service-environment.ts';
