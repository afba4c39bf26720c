export { isSignedBy, type Signed } from './is-signed-by.ts';
export * from './signature-holds.ts';
export * from './verify-in-pool.ts';
export * from './verify-ocsp-response.ts';
