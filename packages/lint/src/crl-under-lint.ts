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
  type TbsCertList,
  X509Error,
} from '@see/x509';
import { CheckedEntries, duplicateOf, type EntryFaults } from './checked-entries.ts';
import { type Issuer, readIssuer } from './issuer.ts';
import type { LintContext } from './lint-context.ts';

/** A tbsCertList with everything that rules look at, and what its entries do that rules forbid. */
export class CrlUnderLint {
  readonly crl: TbsCertList;
  readonly context: LintContext;
  readonly issuer: Issuer | undefined;
  readonly faults: EntryFaults;
  readonly problems: string[] = [];
  authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  issuingDistributionPoint: ParsedIssuingDistributionPoint | undefined;

  /** `crl` may be without its entries, of which `faults` tells. Throws DerError or X509Error where the issuer cannot be read. */
  constructor(crl: TbsCertList, faults: EntryFaults, context: LintContext) {
    this.crl = crl;
    this.faults = faults;
    this.context = context;
    this.issuer = context.issuer === undefined ? undefined : readIssuer(context.issuer);
    this.readExtensions();
  }

  /** Throws DerError or X509Error where the octets, or an entry, or the issuer's certificate cannot be read. */
  static of(tbs: Uint8Array, context: LintContext): CrlUnderLint {
    const crl = parseTbsCertList(tbs);
    if (!crl.entries.present) return new CrlUnderLint(crl, {}, context);
    const entries = new CheckedEntries(crl.entries.content, crl.version);
    const duplicate = entries.rises ? undefined : duplicateOf(crl.entries.scan());
    const faults = { ...entries.faultsAt(context.now), ...(duplicate === undefined ? {} : { duplicate }) };
    return new CrlUnderLint(crl, faults, context);
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
}
