import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bodySignatureHolds, readSignedBodyHeader, type SignedBodyHeader } from './signed-body.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const BODY = Buffer.from('{"kind":"leaver"}');
const HEADER = { alg: 'ES384', kid: 'k'.repeat(43), iat: 1_790_000_000, jti: 'event-1' };

function signed(header: object | string = HEADER, body: Uint8Array = BODY, key: KeyObject = privateKey): string {
  const encoded = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header)).toString('base64url');
  const input = Buffer.from(`${encoded}.${Buffer.from(body).toString('base64url')}`);
  return `${encoded}..${sign('sha384', input, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function headerOf(text: string): SignedBodyHeader {
  const header = readSignedBodyHeader(text);
  if (typeof header === 'string') throw new Error(header);
  return header;
}

describe('a signed body', () => {
  it('is read, and holds for its key and octets alone', () => {
    const header = headerOf(signed({ ...HEADER, typ: 'hr' }));
    expect([header.keyId, header.issuedAt, header.id]).toEqual([HEADER.kid, HEADER.iat, HEADER.jti]);
    expect(bodySignatureHolds(header, BODY, publicKey)).toBe(true);
    expect(bodySignatureHolds(header, Buffer.from('{"kind":"leaver" }'), publicKey)).toBe(false);
    expect(bodySignatureHolds(header, BODY, other.publicKey)).toBe(false);
    const swapped = headerOf(signed({ ...HEADER, jti: 'event-2' }));
    expect(bodySignatureHolds({ ...swapped, signature: header.signature }, BODY, publicKey)).toBe(false);
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'malformed'],
    ['a JWS with its payload', signed().replace('..', '.e30.'), 'malformed'],
    ['a signature cut short', signed().slice(0, -1), 'malformed'],
    ['a signature in another spelling', `${signed().slice(0, -1)}=`, 'malformed'],
    ['DER instead of r and s', `${signed().split('..')[0]}..${Buffer.alloc(102).toString('base64url')}`, 'malformed'],
    ['a header that is no JSON', signed('{'), 'malformed'],
    ['a header that is a list', signed('[]'), 'malformed'],
    ['another algorithm', signed({ ...HEADER, alg: 'ES256' }), 'wrong-algorithm'],
    ['no algorithm', signed({ ...HEADER, alg: 'none' }), 'wrong-algorithm'],
    ['a key', signed({ ...HEADER, jwk: {} }), 'malformed'],
    ['an extension', signed({ ...HEADER, crit: ['exp'] }), 'malformed'],
    ['no kid', signed({ ...HEADER, kid: undefined }), 'malformed'],
    ['a kid that is a path', signed({ ...HEADER, kid: '../../../etc/passwd/../..' }), 'malformed'],
    ['half a second', signed({ ...HEADER, iat: 1.5 }), 'malformed'],
    ['a negative time', signed({ ...HEADER, iat: -1 }), 'malformed'],
    ['an empty id', signed({ ...HEADER, jti: '' }), 'malformed'],
  ])('is none with %s', (_name, text, want) => {
    expect(readSignedBodyHeader(text)).toBe(want);
  });
});
