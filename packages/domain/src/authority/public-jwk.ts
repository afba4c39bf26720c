import { credentialId, importPasskeyJwk, importPublicJwk, type PasskeyJwk, type PublicJwk } from '@see/statement';
import type { Fields } from '../fields.ts';
import { refused } from '../refusal.ts';

const COORDINATE = /^[A-Za-z0-9_-]{64}$/;
const COORDINATES = { 'P-256': /^[A-Za-z0-9_-]{43}$/, 'P-384': COORDINATE } as const;

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

/** Reads the public key of a passkey, P-256 or P-384, and checks that its point is on the curve. */
export function readPasskeyJwk(fields: Fields): PasskeyJwk {
  const kty = fields.oneOf('kty', ['EC']);
  const crv = fields.oneOf('crv', ['P-256', 'P-384']);
  const jwk: PasskeyJwk = { kty, crv, x: fields.text('x', COORDINATES[crv]), y: fields.text('y', COORDINATES[crv]) };
  fields.end();
  try {
    importPasskeyJwk(jwk);
  } catch {
    throw refused('bad-key', `the public key is no point on ${crv}`);
  }
  return jwk;
}

/** The id under which a public key is registered (RFC 7638 thumbprint). */
export function credentialIdOf(jwk: PasskeyJwk): string {
  return credentialId(jwk);
}
