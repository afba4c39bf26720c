import { credentialId, importPublicJwk, type PublicJwk } from '@see/statement';
import type { Fields } from '../fields.ts';
import { refused } from '../refusal.ts';

const COORDINATE = /^[A-Za-z0-9_-]{64}$/;

/** Reads a P-384 public key and checks that its point is on the curve. */
export function readPublicJwk(fields: Fields): PublicJwk {
  const jwk: PublicJwk = {
    kty: fields.oneOf('kty', ['EC']),
    crv: fields.oneOf('crv', ['P-384']),
    x: fields.text('x', COORDINATE),
    y: fields.text('y', COORDINATE),
  };
  fields.end();
  try {
    importPublicJwk(jwk);
  } catch {
    throw refused('bad-key', 'the public key is no point on P-384');
  }
  return jwk;
}

/** The id under which a public key is registered (RFC 7638 thumbprint). */
export function credentialIdOf(jwk: PublicJwk): string {
  return credentialId(jwk);
}
