import { DerError, type DerReader, derInteger, derNull, derOctetString, derOid, derSequence } from '@see/asn1';
import { oid, toHex } from '@see/x509';

export type CertIdHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** CertID of RFC 6960 4.1.1. Byte arrays are views on what was read. */
export interface CertId {
  readonly hashAlgorithm: CertIdHash | { readonly oid: string };
  /** AlgorithmIdentifier as sent: parameters NULL or absent. */
  readonly algorithmDer: Uint8Array;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Content octets of the INTEGER; may be zero or negative, which no certificate of ours is. */
  readonly serialNumber: Uint8Array;
  readonly serialHex: string;
  /** The whole CertID: what the response must repeat. */
  readonly der: Uint8Array;
}

const hashes: Readonly<Record<string, { readonly name: CertIdHash; readonly octets: number }>> = {
  [oid.sha1]: { name: 'sha1', octets: 20 },
  [oid.sha256]: { name: 'sha256', octets: 32 },
  [oid.sha384]: { name: 'sha384', octets: 48 },
  [oid.sha512]: { name: 'sha512', octets: 64 },
};

const MAX_HASH_OCTETS = 64;
const MAX_SERIAL_OCTETS = 32;

/**
 * Reads a CertID. Refuses with DerError: hashes whose length is not that of their algorithm (at most 64 octets for unknown
 * algorithms), parameters other than NULL, serials above 32 octets.
 */
export function readCertId(reader: DerReader): CertId {
  const start = reader.offset;
  const sequence = reader.sequence();
  const algorithmStart = sequence.offset;
  const algorithm = sequence.sequence();
  const algorithmDer = sequence.bytes.subarray(algorithmStart, sequence.offset);
  const type = algorithm.oid();
  if (!algorithm.atEnd) algorithm.null();
  algorithm.end();
  const hash = hashes[type];
  const issuerNameHash = readHash(sequence, hash?.octets);
  const issuerKeyHash = readHash(sequence, hash?.octets);
  const serialAt = sequence.offset;
  const serialNumber = sequence.integerBytes();
  if (serialNumber.length > MAX_SERIAL_OCTETS) {
    throw new DerError('too-large', serialAt, 'limit', `a serial number of ${serialNumber.length} octets`);
  }
  sequence.end();
  return {
    hashAlgorithm: hash?.name ?? { oid: type },
    algorithmDer,
    issuerNameHash,
    issuerKeyHash,
    serialNumber,
    serialHex: toHex(serialNumber),
    der: reader.bytes.subarray(start, reader.offset),
  };
}

function readHash(sequence: DerReader, octets: number | undefined): Uint8Array {
  const at = sequence.offset;
  const value = sequence.octetString();
  if (octets === undefined ? value.length === 0 || value.length > MAX_HASH_OCTETS : value.length !== octets) {
    throw new DerError(
      'bad-value',
      at,
      'RFC 6960 4.1.1',
      `a hash of ${value.length} octets does not fit its algorithm`,
    );
  }
  return value;
}

const identifiers: Readonly<Record<CertIdHash, string>> = {
  sha1: oid.sha1,
  sha256: oid.sha256,
  sha384: oid.sha384,
  sha512: oid.sha512,
};

/** DER of a CertID as clients send it: algorithm parameters NULL. The caller computes the hashes (REV-29). */
export function encodeCertId(id: {
  readonly hashAlgorithm: CertIdHash;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: Uint8Array;
}): Uint8Array {
  return derSequence(
    derSequence(derOid(identifiers[id.hashAlgorithm]), derNull()),
    derOctetString(id.issuerNameHash),
    derOctetString(id.issuerKeyHash),
    derInteger(id.serialNumber),
  );
}
