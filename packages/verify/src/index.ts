export * from './is-signed-by.ts';
export * from './verify-ocsp-response.ts';
