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
    const seen = new Set<string>();
    for (const entry of this.crl.entries) {
      this.lookAt(entry);
      if (seen.has(entry.serialHex)) this.faults.duplicate ??= entry.serialHex;
      seen.add(entry.serialHex);
    }
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

  private lookAt({ serialHex, serialNumber, revocationDate, reason, invalidityDate, extensions }: RevokedEntry): void {
    const { faults } = this;
    const negative = (serialNumber[0] as number) >= 0x80;
    if (negative || serialHex === '00' || serialNumber.length > 20) faults.badSerial ??= serialHex;
    if (revocationDate > this.context.now) faults.inFuture ??= serialHex;
    if (invalidityDate !== undefined && invalidityDate > revocationDate) faults.invalidityAfterRevocation ??= serialHex;
    if (reason === undefined) faults.withoutReason ??= serialHex;
    else this.lookAtReason(reason, serialHex);
    if (extensions === undefined) return;
    for (const { oid: type, critical } of extensions) {
      if (type === oid.crlReason && critical) faults.criticalReason ??= serialHex;
      if (type !== oid.crlReason && type !== oid.invalidityDate) faults.unknownExtension ??= serialHex;
    }
  }

  private lookAtReason(reason: number, serialHex: string): void {
    const { faults } = this;
    if (reason === 0) faults.unspecifiedReason ??= serialHex;
    else if (reason === 2) faults.cACompromise ??= serialHex;
    else if (reason === 6) faults.hold ??= serialHex;
    else if (reason === 8) faults.removeFromCrl ??= serialHex;
    else if (reason === 10) faults.unusedReason ??= serialHex;
  }
}
