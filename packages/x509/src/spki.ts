import { DerError, DerReader } from '@see/asn1';
import { oid } from './oids.ts';

interface KeyOctets {
  /** The whole SubjectPublicKeyInfo. */
  readonly der: Uint8Array;
  /** Content of the BIT STRING without the count of unused bits: what key identifiers and OCSP key hashes are made of. */
  readonly publicKeyBits: Uint8Array;
}

export type FixedLengthKeyKind =
  | 'ed25519'
  | 'ed448'
  | 'x25519'
  | 'x448'
  | 'ml-dsa-44'
  | 'ml-dsa-65'
  | 'ml-dsa-87'
  | 'ml-kem-512'
  | 'ml-kem-768'
  | 'ml-kem-1024';

export type RsaKey = KeyOctets & {
  readonly kind: 'rsa';
  /** Unsigned big-endian without leading zeros. */
  readonly modulus: Uint8Array;
  readonly exponent: bigint;
  readonly bits: number;
};

export type EcKey = KeyOctets & {
  readonly kind: 'ec';
  /** 'P-256', 'P-384', 'P-521' or the object identifier of another curve. */
  readonly curve: string;
  /** 04, x, y. */
  readonly point: Uint8Array;
};

export type FixedLengthKey = KeyOctets & { readonly kind: FixedLengthKeyKind; readonly key: Uint8Array };
export type OtherKey = KeyOctets & { readonly kind: 'other'; readonly oid: string };
export type SubjectPublicKey = RsaKey | EcKey | FixedLengthKey | OtherKey;

const MAX_RSA_OCTETS = 2048;

const curves: Readonly<Record<string, { readonly name: string; readonly octets: number }>> = {
  [oid.p256]: { name: 'P-256', octets: 65 },
  [oid.p384]: { name: 'P-384', octets: 97 },
  [oid.p521]: { name: 'P-521', octets: 133 },
};

const fixedLength: Readonly<Record<string, { readonly kind: FixedLengthKeyKind; readonly octets: number }>> = {
  [oid.ed25519]: { kind: 'ed25519', octets: 32 },
  [oid.ed448]: { kind: 'ed448', octets: 57 },
  [oid.x25519]: { kind: 'x25519', octets: 32 },
  [oid.x448]: { kind: 'x448', octets: 56 },
  [oid.mlDsa44]: { kind: 'ml-dsa-44', octets: 1312 },
  [oid.mlDsa65]: { kind: 'ml-dsa-65', octets: 1952 },
  [oid.mlDsa87]: { kind: 'ml-dsa-87', octets: 2592 },
  [oid.mlKem512]: { kind: 'ml-kem-512', octets: 800 },
  [oid.mlKem768]: { kind: 'ml-kem-768', octets: 1184 },
  [oid.mlKem1024]: { kind: 'ml-kem-1024', octets: 1568 },
};

/**
 * Reads a SubjectPublicKeyInfo. Refuses with DerError: parameters that the algorithm forbids or misses, explicit curve
 * parameters, compressed and hybrid points, points and keys of a wrong length, RSA numbers that are not positive or above
 * 16,384 bits. NOT checked: that a point lies on its curve, and the strength of any key.
 */
export function parseSpki(der: Uint8Array): SubjectPublicKey {
  const reader = DerReader.of(der);
  const sequence = reader.sequence();
  reader.end();
  const algorithm = sequence.sequence();
  const publicKeyBits = sequence.octetAlignedBitString();
  sequence.end();
  const type = algorithm.oid();
  if (type === oid.rsaEncryption) {
    algorithm.null();
    algorithm.end();
    return readRsa(der, publicKeyBits);
  }
  if (type === oid.ecPublicKey) return readEc(der, publicKeyBits, algorithm);
  const fixed = fixedLength[type];
  if (fixed === undefined) {
    if (!algorithm.atEnd) algorithm.any();
    algorithm.end();
    return { kind: 'other', oid: type, der, publicKeyBits };
  }
  if (!algorithm.atEnd) throw bad('RFC 8410 3', `${fixed.kind} keys have no parameters`);
  if (publicKeyBits.length !== fixed.octets) {
    throw bad('RFC 8410 4', `an ${fixed.kind} key has ${fixed.octets} octets, not ${publicKeyBits.length}`);
  }
  return { kind: fixed.kind, key: publicKeyBits, der, publicKeyBits };
}

function readRsa(der: Uint8Array, publicKeyBits: Uint8Array): RsaKey {
  const reader = DerReader.of(publicKeyBits);
  const sequence = reader.sequence();
  reader.end();
  const modulusContent = sequence.integerBytes();
  const exponentAt = sequence.offset;
  const exponentContent = sequence.integerBytes();
  sequence.end();
  if ((modulusContent[0] as number) >= 0x80) throw bad('RFC 8017 A.1.1', 'the RSA modulus is negative');
  if ((exponentContent[0] as number) >= 0x80) throw bad('RFC 8017 A.1.1', 'the RSA exponent is negative');
  const modulus = modulusContent[0] === 0 ? modulusContent.subarray(1) : modulusContent;
  if (modulus.length > MAX_RSA_OCTETS || exponentContent.length > MAX_RSA_OCTETS + 1) {
    throw new DerError('too-large', exponentAt, 'limit', 'RSA keys are read up to 16,384 bits');
  }
  if (modulus.length === 0) throw bad('RFC 8017 A.1.1', 'the RSA modulus is zero');
  const exponent = DerReader.of(publicKeyBits.subarray(exponentAt)).integer();
  if (exponent === 0n) throw bad('RFC 8017 A.1.1', 'the RSA exponent is zero');
  const bits = modulus.length * 8 - Math.clz32(modulus[0] as number) + 24;
  return { kind: 'rsa', modulus, exponent, bits, der, publicKeyBits };
}

function readEc(der: Uint8Array, publicKeyBits: Uint8Array, algorithm: DerReader): EcKey {
  if (algorithm.peekTag() === 0x30)
    throw bad('RFC 5480 2.1.1', 'explicit curve parameters, only named curves are taken');
  const curveOid = algorithm.oid();
  algorithm.end();
  const form = publicKeyBits[0];
  if (form !== 0x04) {
    throw bad('RFC 5480 2.2', `point form ${form?.toString(16) ?? 'missing'}: only uncompressed points (04) are taken`);
  }
  const curve = curves[curveOid];
  const wrongLength = curve === undefined ? publicKeyBits.length % 2 === 0 : publicKeyBits.length !== curve.octets;
  if (wrongLength) throw bad('RFC 5480 2.2', `a point of ${publicKeyBits.length} octets does not fit its curve`);
  return { kind: 'ec', curve: curve?.name ?? curveOid, point: publicKeyBits, der, publicKeyBits };
}

function bad(rule: string, message: string): DerError {
  return new DerError('bad-value', 0, rule, message);
}
