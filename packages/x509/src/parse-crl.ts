import { DerReader, equalBytes, tag } from '@see/asn1';
import { type Extension, findExtension, readExtensions } from './extension.ts';
import { parseCrlNumber } from './extensions/crl-number.ts';
import { parseDeltaCrlIndicator } from './extensions/delta-crl-indicator.ts';
import { oid } from './oids.ts';
import { RevokedEntries } from './revoked-entries.ts';
import { parseSignatureAlgorithm, type SignatureAlgorithmName, type UnknownAlgorithm } from './signature-algorithm.ts';
import { readSigned, type SignedParts } from './signed.ts';
import { X509Error } from './x509-error.ts';

const MAX_CRL_BYTES = 1024 * 1024 * 1024;

/** tbsCertList of RFC 5280 5.1.2. Byte arrays are views on `tbs`. Made by `parseTbsCertList`. */
export class TbsCertList {
  readonly tbs: Uint8Array;
  /** 1 or 2 as people count. */
  readonly version: number;
  readonly signatureAlgorithm: SignatureAlgorithmName | UnknownAlgorithm;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** Read as they are iterated, as often as one likes; each pass checks every entry. */
  readonly entries: RevokedEntries;
  readonly extensions: readonly Extension[];
  readonly crlNumber?: bigint;
  /** Set in a delta CRL: the number of its base. */
  readonly baseCrlNumber?: bigint;

  constructor(tbs: Uint8Array) {
    this.tbs = tbs;
    const outer = DerReader.of(tbs, { maxBytes: MAX_CRL_BYTES });
    const reader = outer.sequence();
    outer.end();
    this.version = 1;
    if (reader.peekTag() === tag.integer) {
      if (reader.smallInteger() !== 1)
        throw new X509Error('bad-version', 'RFC 5280 5.1.2.1', 'the CRL version is not v2(1)');
      this.version = 2;
    }
    this.signatureAlgorithmDer = reader.any();
    this.signatureAlgorithm = parseSignatureAlgorithm(this.signatureAlgorithmDer);
    this.issuerDer = reader.any();
    if ((this.issuerDer[0] as number) !== tag.sequence)
      throw new X509Error('bad-name', 'RFC 5280 5.1.2.3', 'issuer is no Name');
    this.thisUpdate = reader.time();
    const next = reader.peekTag();
    if (next === tag.utcTime || next === tag.generalizedTime) this.nextUpdate = reader.time();
    this.entries = new RevokedEntries(reader.peekTag() === tag.sequence ? reader.sequence() : undefined, this.version);
    const wrapper = reader.optionalExplicit(0);
    this.extensions = wrapper === undefined ? [] : this.readCrlExtensions(wrapper);
    reader.end();
    const number = this.extension(oid.crlNumber);
    if (number !== undefined) this.crlNumber = parseCrlNumber(number.value);
    const delta = this.extension(oid.deltaCrlIndicator);
    if (delta !== undefined) this.baseCrlNumber = parseDeltaCrlIndicator(delta.value);
  }

  extension(type: string): Extension | undefined {
    return findExtension(this.extensions, type);
  }

  private readCrlExtensions(wrapper: DerReader): Extension[] {
    if (this.version !== 2) throw new X509Error('bad-version', 'RFC 5280 5.1.2.1', 'CRL extensions need version v2');
    const extensions = readExtensions(wrapper);
    wrapper.end();
    return extensions;
  }
}

/** A whole CRL. Made by `parseCrl`. */
export class CertificateList extends TbsCertList {
  readonly der: Uint8Array;
  readonly signature: Uint8Array;

  constructor(der: Uint8Array, parts: SignedParts) {
    super(parts.tbs);
    this.der = der;
    this.signature = parts.signature;
    if (!equalBytes(parts.signatureAlgorithmDer, this.signatureAlgorithmDer)) {
      throw new X509Error('algorithm-mismatch', 'RFC 5280 5.1.1.2', 'the two signature algorithms differ');
    }
  }
}

/**
 * Reads a tbsCertList up to 1 GiB without touching its entries: they are checked when `entries` is iterated. Throws
 * DerError or X509Error. NOT checked: what the CRL says (lint), who may have issued it.
 */
export function parseTbsCertList(tbs: Uint8Array): TbsCertList {
  return new TbsCertList(tbs);
}

/** Reads a CRL as `parseTbsCertList` does and that both signature algorithms agree. NOT checked: the signature. */
export function parseCrl(der: Uint8Array): CertificateList {
  return new CertificateList(der, readSigned(der, MAX_CRL_BYTES));
}
