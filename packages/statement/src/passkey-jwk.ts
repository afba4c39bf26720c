import { createPublicKey, type KeyObject } from 'node:crypto';

/** The public key of a passkey as JWK (RFC 7518 6.2.1): P-256 signs as ES256, P-384 as ES384. */
export interface PasskeyJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256' | 'P-384';
  readonly x: string;
  readonly y: string;
}

/** Imports a passkey's public key. Throws when the curve is another one or the point is not on it. */
export function importPasskeyJwk(jwk: PasskeyJwk): KeyObject {
  if (jwk.kty !== 'EC' || (jwk.crv !== 'P-256' && jwk.crv !== 'P-384')) throw new TypeError('not a P-256 or P-384 key');
  return createPublicKey({ key: { kty: 'EC', crv: jwk.crv, x: jwk.x, y: jwk.y }, format: 'jwk' });
}
