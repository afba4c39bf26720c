import { DerError } from '@see/asn1';
import {
  type AuthorityKeyIdentifier,
  oid,
  type ParsedIssuingDistributionPoint,
  parseAuthorityKeyIdentifier,
  parseExpiredCertsOnCrl,
  parseFreshestCrl,
  parseIssuingDistributionPoint,
  parseTbsCertList,
  type RevokedEntry,
  type RevokedScanner,
  type TbsCertList,
  X509Error,
} from '@see/x509';
import { type Issuer, readIssuer } from './issuer.ts';
import type { LintContext } from './lint-context.ts';

/** Serials (hex) of the first entry that does what a rule forbids; undefined where none does. */
export interface EntryFaults {
  duplicate?: string;
  badSerial?: string;
  inFuture?: string;
  invalidityAfterRevocation?: string;
  unspecifiedReason?: string;
  criticalReason?: string;
  removeFromCrl?: string;
  hold?: string;
  cACompromise?: string;
  withoutReason?: string;
  unusedReason?: string;
  unknownExtension?: string;
}

/** A tbsCertList with everything that rules look at; the entries are gone through once. */
export class CrlUnderLint {
  readonly crl: TbsCertList;
  readonly context: LintContext;
  readonly issuer: Issuer | undefined;
  readonly faults: EntryFaults = {};
  readonly problems: string[] = [];
  authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  issuingDistributionPoint: ParsedIssuingDistributionPoint | undefined;

  /** Throws DerError or X509Error where the octets, or an entry, or the issuer's certificate cannot be read. */
  constructor(tbs: Uint8Array, context: LintContext) {
    this.crl = parseTbsCertList(tbs);
    this.context = context;
    this.issuer = context.issuer === undefined ? undefined : readIssuer(context.issuer);
    this.readExtensions();
    this.readEntries();
  }

  get isDelta(): boolean {
    return this.crl.baseCrlNumber !== undefined;
  }

  private readExtensions(): void {
    for (const { oid: type, value } of this.crl.extensions) {
      try {
        if (type === oid.authorityKeyIdentifier) this.authorityKeyIdentifier = parseAuthorityKeyIdentifier(value);
        else if (type === oid.issuingDistributionPoint) {
          this.issuingDistributionPoint = parseIssuingDistributionPoint(value);
        } else if (type === oid.freshestCrl) parseFreshestCrl(value);
        else if (type === oid.expiredCertsOnCrl) parseExpiredCertsOnCrl(value);
      } catch (error) {
        if (!(error instanceof DerError || error instanceof X509Error)) throw error;
        this.problems.push(`${type}: ${error.message}`);
      }
    }
  }

  private readEntries(): void {
    const entries = this.crl.entries.scan();
    let rises = true;
    for (let [at, length] = [0, 0]; entries.next(); { at, length } = entries) {
      this.lookAt(entries);
      rises &&= compareNumbers(entries.octets, at, length, entries.at, entries.length) < 0;
    }
    // What rises has nothing twice, and needs no set of a million texts.
    if (!rises) this.findTwice();
  }

  private findTwice(): void {
    const seen = new Set<string>();
    const entries = this.crl.entries.scan();
    while (entries.next()) {
      const serial = serialOf(entries);
      if (seen.has(serial)) this.faults.duplicate ??= serial;
      seen.add(serial);
    }
  }

  private lookAt(entry: RevokedScanner): void {
    const { faults, context } = this;
    const { revokedAt, reason, invalidSince, unusual } = entry;
    if (unusual) this.lookAtUnusual(unusual);
    if (revokedAt * 1000 > context.now.getTime()) faults.inFuture ??= serialOf(entry);
    if (invalidSince !== 0 && invalidSince > revokedAt) faults.invalidityAfterRevocation ??= serialOf(entry);
    if (unusual ? unusual.reason === undefined : reason === 0) faults.withoutReason ??= serialOf(entry);
    else if (reason !== 1) this.lookAtReason(reason, entry);
  }

  /** Only entries in another form than ours can have a serial number that is none, or extensions that are not ours. */
  private lookAtUnusual({ serialHex, serialNumber, extensions = [] }: RevokedEntry): void {
    const { faults } = this;
    const negative = (serialNumber[0] as number) >= 0x80;
    if (negative || serialHex === '00' || serialNumber.length > 20) faults.badSerial ??= serialHex;
    for (const { oid: type, critical } of extensions) {
      if (type === oid.crlReason && critical) faults.criticalReason ??= serialHex;
      if (type !== oid.crlReason && type !== oid.invalidityDate) faults.unknownExtension ??= serialHex;
    }
  }

  private lookAtReason(reason: number, entry: RevokedScanner): void {
    const { faults } = this;
    if (reason === 0) faults.unspecifiedReason ??= serialOf(entry);
    else if (reason === 2) faults.cACompromise ??= serialOf(entry);
    else if (reason === 6) faults.hold ??= serialOf(entry);
    else if (reason === 8) faults.removeFromCrl ??= serialOf(entry);
    else if (reason === 10) faults.unusedReason ??= serialOf(entry);
  }
}

function serialOf({ octets, at, length }: RevokedScanner): string {
  return octets.subarray(at, at + length).toHex();
}

/** Positive numbers in their shortest form, by place and length: the longer one is the larger one. */
function compareNumbers(octets: Uint8Array, one: number, length: number, other: number, otherLength: number): number {
  if (length !== otherLength) return length - otherLength;
  for (let index = 0; index < length; index += 1) {
    const difference = (octets[one + index] as number) - (octets[other + index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
