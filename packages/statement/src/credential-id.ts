import { createHash } from 'node:crypto';
import type { PasskeyJwk } from './passkey-jwk.ts';

/** The id of a credential, key file or passkey: the JWK thumbprint (RFC 7638) of its public key with SHA-256, base64url. */
export function credentialId(jwk: PasskeyJwk): string {
  // RFC 7638 3.2: required members only, in lexicographic order.
  const members = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y });
  return createHash('sha256').update(members).digest('base64url');
}
