import { DerError, DerReader, equalBytes } from '@see/asn1';
import { type Extension, findExtension, readExtensions } from './extension.ts';
import { toHex } from './hex.ts';
import type { Name } from './name.ts';
import { parseName } from './parse-name.ts';
import { parseSignatureAlgorithm, type SignatureAlgorithmName, type UnknownAlgorithm } from './signature-algorithm.ts';
import { readSigned, type SignedParts } from './signed.ts';
import type { Strictness } from './strictness.ts';
import { X509Error } from './x509-error.ts';

const MAX_CERTIFICATE_BYTES = 256 * 1024;

/** tbsCertificate of RFC 5280 4.1.2, taken apart. Byte arrays are views on `tbs`. Made by `parseTbsCertificate`. */
export class TbsCertificate {
  /** The octets that are signed. */
  readonly tbs: Uint8Array;
  /** 1, 2 or 3 as people count. */
  readonly version: number;
  /** Content octets of the INTEGER. */
  readonly serialNumber: Uint8Array;
  /** Lower-case hex of `serialNumber`. */
  readonly serialHex: string;
  readonly signatureAlgorithm: SignatureAlgorithmName | UnknownAlgorithm;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly issuer: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly validityDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly subject: Name;
  readonly spki: Uint8Array;
  readonly hasUniqueIdentifiers: boolean;
  readonly extensions: readonly Extension[];

  constructor(tbs: Uint8Array, strictness: Strictness) {
    this.tbs = tbs;
    const outer = DerReader.of(tbs, { maxBytes: MAX_CERTIFICATE_BYTES });
    const reader = outer.sequence();
    outer.end();
    this.version = readVersion(reader);
    const serialAt = reader.offset;
    this.serialNumber = reader.integerBytes();
    this.serialHex = toHex(this.serialNumber);
    if (strictness === 'strict') checkSerialNumber(this.serialNumber, serialAt);
    this.signatureAlgorithmDer = reader.any();
    this.signatureAlgorithm = parseSignatureAlgorithm(this.signatureAlgorithmDer);
    this.issuerDer = reader.any();
    this.issuer = parseName(this.issuerDer, 'lenient');
    const validityAt = reader.offset;
    const validity = reader.sequence();
    this.validityDer = tbs.subarray(validityAt, reader.offset);
    this.notBefore = validity.time();
    this.notAfter = validity.time();
    validity.end();
    this.subjectDer = reader.any();
    this.subject = parseName(this.subjectDer, 'lenient');
    this.spki = reader.any();
    if ((this.spki[0] as number) !== 0x30)
      throw new X509Error('bad-key', 'RFC 5280 4.1', 'subjectPublicKeyInfo is no SEQUENCE');
    this.hasUniqueIdentifiers = readUniqueIdentifiers(reader, this.version);
    const wrapper = reader.optionalExplicit(3);
    if (wrapper === undefined) this.extensions = [];
    else {
      if (this.version !== 3) throw new X509Error('bad-version', 'RFC 5280 4.1.2.9', 'extensions need version v3');
      this.extensions = readExtensions(wrapper);
      wrapper.end();
    }
    reader.end();
  }

  extension(oid: string): Extension | undefined {
    return findExtension(this.extensions, oid);
  }
}

/** A whole certificate: `tbs` with what was signed under it. Made by `parseCertificate`. */
export class Certificate extends TbsCertificate {
  readonly der: Uint8Array;
  readonly signature: Uint8Array;

  constructor(der: Uint8Array, parts: SignedParts, strictness: Strictness) {
    super(parts.tbs, strictness);
    this.der = der;
    this.signature = parts.signature;
    if (!equalBytes(parts.signatureAlgorithmDer, this.signatureAlgorithmDer)) {
      throw new X509Error('algorithm-mismatch', 'RFC 5280 4.1.1.2', 'the two signature algorithms differ');
    }
  }
}

/**
 * Reads a tbsCertificate: structure, versions, times, no extension twice. Strict: a positive serial of at most 20 octets;
 * lenient takes any, for verifying what others issued. Throws DerError or X509Error. NOT checked: extension values, the
 * key, name contents, whether the fields make sense together (lint does that).
 */
export function parseTbsCertificate(tbs: Uint8Array, strictness: Strictness = 'strict'): TbsCertificate {
  return new TbsCertificate(tbs, strictness);
}

/** Reads a certificate as `parseTbsCertificate` does and that both signature algorithms agree. NOT checked: the signature. */
export function parseCertificate(der: Uint8Array, strictness: Strictness = 'strict'): Certificate {
  return new Certificate(der, readSigned(der, MAX_CERTIFICATE_BYTES), strictness);
}

function readVersion(reader: DerReader): number {
  const wrapper = reader.optionalExplicit(0);
  if (wrapper === undefined) return 1;
  const at = wrapper.offset;
  const version = wrapper.smallInteger();
  wrapper.end();
  if (version === 0) throw new DerError('default-encoded', at, 'X.690 11.5', 'version v1 is encoded');
  if (version > 2)
    throw new X509Error('bad-version', 'RFC 5280 4.1.2.1', `there is no certificate version ${version + 1}`);
  return version + 1;
}

function checkSerialNumber(serial: Uint8Array, at: number): void {
  if ((serial[0] as number) >= 0x80 || (serial.length === 1 && serial[0] === 0)) {
    throw new X509Error('bad-serial-number', 'RFC 5280 4.1.2.2', `the serial number is not positive (offset ${at})`);
  }
  if (serial.length > 20) {
    throw new X509Error(
      'bad-serial-number',
      'RFC 5280 4.1.2.2',
      `the serial number has ${serial.length} octets (offset ${at})`,
    );
  }
}

function readUniqueIdentifiers(reader: DerReader, version: number): boolean {
  let found = false;
  for (const identifier of [0x81, 0x82]) {
    if (reader.peekTag() !== identifier) continue;
    if (version === 1)
      throw new X509Error('bad-version', 'RFC 5280 4.1.2.8', 'unique identifiers need version v2 or v3');
    reader.bitString(identifier);
    found = true;
  }
  return found;
}
