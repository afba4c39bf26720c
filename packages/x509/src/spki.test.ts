import { generateKeyPairSync } from 'node:crypto';
import { DerError, derBitString, derInteger, derNull, derOid, derSequence } from '@see/asn1';
import { describe, expect, it } from 'vitest';
import { oid, parseSignatureAlgorithm, parseSpki, signatureAlgorithm, signatureKeyKind, toHex } from './index.ts';

const spkiOf = (pair: { publicKey: { export(options: { type: 'spki'; format: 'der' }): Buffer } }) =>
  new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError) return error.code;
    throw error;
  }
}

describe('public keys made by node:crypto', () => {
  it('RSA', () => {
    const key = parseSpki(spkiOf(generateKeyPairSync('rsa', { modulusLength: 2048 })));
    expect(key).toMatchObject({ kind: 'rsa', bits: 2048, exponent: 65537n });
    expect(key.kind === 'rsa' && key.modulus.length).toBe(256);
  });

  it.each([
    ['P-256', 'P-256', 65],
    ['P-384', 'P-384', 97],
    ['P-521', 'P-521', 133],
    ['secp256k1', '1.3.132.0.10', 65],
  ])('%s', (namedCurve, curve, octets) => {
    const key = parseSpki(spkiOf(generateKeyPairSync('ec', { namedCurve })));
    expect(key).toMatchObject({ kind: 'ec', curve });
    expect(key.publicKeyBits.length).toBe(octets);
  });

  it.each(['ed25519', 'ed448', 'x25519', 'x448'] as const)('%s', (type) => {
    expect(parseSpki(spkiOf(generateKeyPairSync(type as 'ed25519'))).kind).toBe(type);
  });

  it.each(['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87', 'ml-kem-512', 'ml-kem-768', 'ml-kem-1024'] as const)('%s', (type) => {
    expect(parseSpki(spkiOf(generateKeyPairSync(type as 'ml-dsa-44'))).kind).toBe(type);
  });

  it('others by name', () => {
    const key = parseSpki(derSequence(derSequence(derOid('1.2.840.10040.4.1')), derBitString(Uint8Array.of(2, 1, 1))));
    expect(key).toMatchObject({ kind: 'other', oid: '1.2.840.10040.4.1' });
  });
});

describe('public keys that are refused', () => {
  const ec = (parameters: Uint8Array, point: Uint8Array) =>
    derSequence(derSequence(derOid(oid.ecPublicKey), parameters), derBitString(point));
  const rsa = (modulus: Uint8Array, exponent: Uint8Array, parameters = [derNull()]) =>
    derSequence(derSequence(derOid(oid.rsaEncryption), ...parameters), derBitString(derSequence(modulus, exponent)));
  const point = (form: number, octets: number) => {
    const bytes = new Uint8Array(octets);
    bytes[0] = form;
    return bytes;
  };
  const three = derInteger(3);
  it.each<readonly [string, Uint8Array, string]>([
    ['a compressed point', ec(derOid(oid.p256), point(2, 33)), 'bad-value'],
    ['a hybrid point', ec(derOid(oid.p256), point(6, 65)), 'bad-value'],
    ['the point at infinity', ec(derOid(oid.p256), point(0, 1)), 'bad-value'],
    ['no point', ec(derOid(oid.p256), new Uint8Array(0)), 'bad-value'],
    ['a point of another curve', ec(derOid(oid.p384), point(4, 65)), 'bad-value'],
    ['explicit parameters', ec(derSequence(derInteger(1)), point(4, 65)), 'bad-value'],
    ['implicit curve', ec(derNull(), point(4, 65)), 'unexpected-tag'],
    ['no curve', derSequence(derSequence(derOid(oid.ecPublicKey)), derBitString(point(4, 65))), 'truncated'],
    ['RSA without NULL', rsa(three, three, []), 'truncated'],
    ['RSA with a negative modulus', rsa(Uint8Array.of(2, 1, 0x81), three), 'bad-value'],
    ['RSA with a negative exponent', rsa(three, Uint8Array.of(2, 1, 0x81)), 'bad-value'],
    ['RSA with modulus 0', rsa(derInteger(0), three), 'bad-value'],
    ['RSA with exponent 0', rsa(three, derInteger(0)), 'bad-value'],
    ['RSA with a padded modulus', rsa(Uint8Array.of(2, 2, 0, 3), three), 'bad-integer'],
    ['RSA of 16,392 bits', rsa(derInteger(new Uint8Array(2049).fill(255)), three), 'too-large'],
    ['RSA with three numbers', rsa(three, derSequence(three)), 'unexpected-tag'],
    [
      'Ed25519 with parameters',
      derSequence(derSequence(derOid(oid.ed25519), derNull()), derBitString(new Uint8Array(32))),
      'bad-value',
    ],
    [
      'Ed25519 of 31 octets',
      derSequence(derSequence(derOid(oid.ed25519)), derBitString(new Uint8Array(31))),
      'bad-value',
    ],
    [
      'a BIT STRING that is not whole octets',
      derSequence(derSequence(derOid(oid.ed25519)), derBitString(new Uint8Array(32), 1)),
      'bad-bit-string',
    ],
    ['something after it', Uint8Array.of(0x30, 0, 0), 'trailing'],
  ])('%s', (_name, der, code) => {
    expect(codeOf(() => parseSpki(der))).toBe(code);
  });
});

describe('signature algorithms', () => {
  it.each([
    ['ecdsa-sha384', '300a06082a8648ce3d040303', 'ec'],
    ['rsa-sha384', '300d06092a864886f70d01010c0500', 'rsa'],
    ['ed25519', '300506032b6570', 'ed25519'],
    ['ml-dsa-65', '300b0609608648016503040312', 'ml-dsa-65'],
  ] as const)('%s', (name, hex, kind) => {
    expect(toHex(signatureAlgorithm(name))).toBe(hex);
    expect(parseSignatureAlgorithm(signatureAlgorithm(name))).toBe(name);
    expect(signatureKeyKind(name)).toBe(kind);
  });

  it('that are not ours are named by their identifier', () => {
    const sha1 = Uint8Array.from(Buffer.from('300d06092a864886f70d0101050500', 'hex'));
    expect(parseSignatureAlgorithm(sha1)).toEqual({ oid: '1.2.840.113549.1.1.5' });
    const ecdsaWithNull = derSequence(derOid('1.2.840.10045.4.3.3'), derNull());
    expect(parseSignatureAlgorithm(ecdsaWithNull)).toEqual({ oid: '1.2.840.10045.4.3.3' });
    expect(codeOf(() => parseSignatureAlgorithm(derSequence(derOid('1.2'), derNull(), derNull())))).toBe('trailing');
  });
});
