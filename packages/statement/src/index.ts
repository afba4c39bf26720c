export type { AuthenticatorData } from './authenticator-data.ts';
export * from './canonical-json.ts';
export * from './credential-id.ts';
export * from './digest.ts';
export * from './passkey-fingerprint.ts';
export * from './passkey-jwk.ts';
export * from './signature.ts';
export * from './statement.ts';
export * from './webauthn-signature.ts';
