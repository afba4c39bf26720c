import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { credentialId } from './credential-id.ts';
import { statementDigest } from './digest.ts';
import {
  importPublicJwk,
  isJwsSignature,
  type PublicJwk,
  signatureFault,
  signatureFaultInPool,
  signDigest,
} from './signature.ts';

function newKey(): { privateKey: KeyObject; publicKey: KeyObject; jwk: PublicJwk; id: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const jwk = publicKey.export({ format: 'jwk' }) as unknown as PublicJwk;
  return { privateKey, publicKey, jwk, id: credentialId(jwk) };
}

const key = newKey();
const other = newKey();
const digest = statementDigest('order', new TextEncoder().encode('{"a":1}'));
const good = signDigest(digest, key.id, key.privateKey);
const [header = '', value = ''] = good.jws.split('..');

const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64url');
const headed = (members: unknown, by = key.privateKey): string => {
  const first = b64(JSON.stringify(members));
  const input = Buffer.from(`${first}.${b64(digest)}`);
  return `${first}..${b64(sign('sha384', input, { key: by, dsaEncoding: 'ieee-p1363' }))}`;
};
const flipped = (position: number): string => {
  const octets = Buffer.from(value, 'base64url');
  octets[position] = (octets[position] ?? 0) ^ 1;
  return `${header}..${b64(octets)}`;
};
const ORDER = 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n;

describe('a signature over a digest', () => {
  it('holds under its credential, at once and in the pool', async () => {
    expect(signatureFault(good, digest, key.id, key.publicKey)).toBeUndefined();
    expect(await signatureFaultInPool(good, digest, key.id, key.publicKey)).toBeUndefined();
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'ES384', kid: key.id });
  });

  it.each<[string, unknown, string]>([
    ['alg none', `${b64(JSON.stringify({ alg: 'none', kid: key.id }))}..`, 'malformed'],
    ['alg none with a signature', headed({ alg: 'none', kid: key.id }), 'wrong-algorithm'],
    ['alg ES256', headed({ alg: 'ES256', kid: key.id }), 'wrong-algorithm'],
    ['alg in small letters', headed({ alg: 'es384', kid: key.id }), 'wrong-algorithm'],
    ['no alg', headed({ kid: key.id }), 'wrong-algorithm'],
    ['a header that is null', headed(null), 'wrong-algorithm'],
    ['another kid', headed({ alg: 'ES384', kid: other.id }), 'wrong-credential'],
    ['no kid', headed({ alg: 'ES384' }), 'wrong-credential'],
    [
      'a key in the header',
      headed({ alg: 'ES384', kid: key.id, jwk: other.jwk }, other.privateKey),
      'wrong-credential',
    ],
    ['a critical extension', headed({ alg: 'ES384', kid: key.id, crit: ['b64'], b64: false }), 'wrong-credential'],
    ['members in another order', headed({ kid: key.id, alg: 'ES384' }), 'wrong-credential'],
    ['alg twice', `${b64(`{"alg":"none","alg":"ES384","kid":"${key.id}"}`)}..${value}`, 'wrong-credential'],
    ['a header that is no JSON', `${b64('x')}..${value}`, 'malformed'],
    ['an HMAC with the public key', headed({ alg: 'HS384', kid: key.id }).replace(/[^.]*$/, hmac()), 'malformed'],
    ['one bit of r', flipped(0), 'bad-signature'],
    ['one bit of s', flipped(95), 'bad-signature'],
    ['r and s swapped', `${header}..${b64(swap(value))}`, 'bad-signature'],
    ['r = s = 0 (CVE-2022-21449)', `${header}..${'A'.repeat(128)}`, 'bad-signature'],
    ['r = s = the order', `${header}..${b64(Uint8Array.fromHex(ORDER.toString(16).repeat(2)))}`, 'bad-signature'],
    ['a signature cut short', good.jws.slice(0, -1), 'malformed'],
    ['a signature cut by four', good.jws.slice(0, -4), 'malformed'],
    ['a signature with more', `${good.jws}A`, 'malformed'],
    ['a signature with padding', `${good.jws}=`, 'malformed'],
    ['a line end', `${good.jws}\n`, 'malformed'],
    ['white space', ` ${good.jws}`, 'malformed'],
    ['base64 of the other alphabet', `${header}..${value.slice(0, -1)}+`, 'malformed'],
    ['a payload that is not detached', `${header}.${b64(digest)}.${value}`, 'malformed'],
    ['an ASN.1 signature', `${header}..${b64(derSignature())}`, 'malformed'],
    ['an endless header', `${'A'.repeat(601)}..${value}`, 'malformed'],
    ['another form', { form: 'webauthn', jws: good.jws }, 'malformed'],
    ['one member more', { ...good, more: 1 }, 'malformed'],
    ['a text', 'jws', 'malformed'],
    ['null', null, 'malformed'],
    ['a list', ['jws', good.jws], 'malformed'],
    ['jws as an object', { form: 'jws', jws: { toString: () => good.jws } }, 'malformed'],
  ])('does not hold with %s', async (_name, forged, want) => {
    const signature = typeof forged === 'string' && forged.includes('..') ? { form: 'jws', jws: forged } : forged;
    expect(signatureFault(signature, digest, key.id, key.publicKey)).toBe(want);
    expect(await signatureFaultInPool(signature, digest, key.id, key.publicKey)).toBe(want);
  });

  it.each<[string, Uint8Array, string, KeyObject, string]>([
    ['another statement', statementDigest('order', new Uint8Array(1)), key.id, key.publicKey, 'bad-signature'],
    [
      'the same bytes as another kind',
      statementDigest('grant', Buffer.from('{"a":1}')),
      key.id,
      key.publicKey,
      'bad-signature',
    ],
    ['another key under the same id', digest, key.id, other.publicKey, 'bad-signature'],
    ['another credential', digest, other.id, other.publicKey, 'wrong-credential'],
    ['the same key under another id', digest, other.id, key.publicKey, 'wrong-credential'],
    ['no octets', new Uint8Array(0), key.id, key.publicKey, 'bad-signature'],
  ])('does not hold for %s', (_name, over, id, publicKey, want) => {
    expect(signatureFault(good, over, id, publicKey)).toBe(want);
  });

  it('is told from other values by its shape alone', () => {
    expect(isJwsSignature(good)).toBe(true);
    expect(isJwsSignature({ form: 'jws' })).toBe(false);
    expect(isJwsSignature(undefined)).toBe(false);
  });
});

describe('a public key', () => {
  it.each<[string, Partial<Record<keyof PublicJwk, string>>]>([
    ['another curve', { crv: 'P-256' }],
    ['another type', { kty: 'RSA' }],
    ['a point beside the curve', { y: key.jwk.x }],
    ['the point at infinity', { x: 'A'.repeat(64), y: 'A'.repeat(64) }],
    ['a coordinate over the field', { x: '_'.repeat(64) }],
    ['no coordinate', { x: '' }],
  ])('is refused with %s', (_name, change) => {
    expect(() => importPublicJwk({ ...key.jwk, ...change } as PublicJwk)).toThrow();
  });

  it('has the thumbprint of RFC 7638 as its id, whatever else stands in the JWK', () => {
    expect(credentialId({ ...key.jwk, use: 'sig', alg: 'ES384' } as PublicJwk)).toBe(key.id);
    expect(key.id).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(credentialId({ kty: 'EC', crv: 'P-384', x: 'x', y: 'y' })).toBe(
      'e3g_sCaIIGnt52vlsPU7nGD6DjGhS6_xRnTk647Z0gI',
    );
  });
});

function hmac(): string {
  const secret = key.publicKey.export({ format: 'pem', type: 'spki' });
  return createHmac('sha384', secret)
    .update(`${b64(JSON.stringify({ alg: 'HS384', kid: key.id }))}.${b64(digest)}`)
    .digest('base64url');
}

function swap(text: string): Buffer {
  const octets = Buffer.from(text, 'base64url');
  return Buffer.concat([octets.subarray(48), octets.subarray(0, 48)]);
}

function derSignature(): Buffer {
  return sign('sha384', Buffer.from(`${header}.${b64(digest)}`), key.privateKey);
}
