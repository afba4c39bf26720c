export * from '../revocation-events.ts';
export * from './ca-certificates.ts';
export * from './certificate-facts.ts';
export * from './directory-rules.ts';
export * from './published-crls.ts';
export * from './responder-keys.ts';
