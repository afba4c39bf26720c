import { checkDer, DerError } from '@see/asn1';
import {
  type AttributeTypeAndValue,
  type AuthorityInfoAccess,
  type AuthorityKeyIdentifier,
  type BasicConstraints,
  type DistributionPoint,
  type Extension,
  type GeneralName,
  type KeyUsageName,
  type NameConstraints,
  oid,
  type PolicyInformation,
  parseAuthorityInfoAccess,
  parseAuthorityKeyIdentifier,
  parseBasicConstraints,
  parseCertificatePolicies,
  parseCrlDistributionPoints,
  parseExtKeyUsage,
  parseFreshestCrl,
  parseKeyUsage,
  parseNameConstraints,
  parseNoRevAvail,
  parseOcspNoCheck,
  parseSmimeCapabilities,
  parseSpki,
  parseSubjectAltName,
  parseSubjectKeyIdentifier,
  parseTbsCertificate,
  type SubjectPublicKey,
  type TbsCertificate,
  X509Error,
} from '@see/x509';
import { type Issuer, readIssuer } from './issuer.ts';
import type { LintContext, Purpose } from './lint-context.ts';

/** A tbsCertificate with everything that rules look at, read once. Fields are absent where the part is or is broken. */
export class CertificateUnderLint {
  readonly tbs: TbsCertificate;
  readonly context: LintContext;
  readonly purpose: Purpose;
  readonly issuer: Issuer | undefined;
  readonly key: SubjectPublicKey | undefined;
  readonly keyProblem: string | undefined;
  /** Attributes of the subject, from the root downwards. */
  readonly attributes: readonly AttributeTypeAndValue[];
  /** What is wrong with the first part that cannot be read. */
  readonly problems: string[] = [];
  basicConstraints: BasicConstraints | undefined;
  keyUsage: readonly KeyUsageName[] | undefined;
  extKeyUsage: readonly string[] | undefined;
  subjectAltName: readonly GeneralName[] | undefined;
  authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  subjectKeyIdentifier: Uint8Array | undefined;
  policies: readonly PolicyInformation[] | undefined;
  distributionPoints: readonly DistributionPoint[] | undefined;
  freshestPoints: readonly DistributionPoint[] | undefined;
  infoAccess: Required<AuthorityInfoAccess> | undefined;
  nameConstraints: NameConstraints | undefined;

  /** Throws DerError or X509Error where the octets are no tbsCertificate, or the issuer's no certificate. */
  constructor(tbs: Uint8Array, context: LintContext) {
    checkDer(tbs);
    this.tbs = parseTbsCertificate(tbs, 'lenient');
    this.context = context;
    this.purpose = context.purpose;
    this.issuer = context.issuer === undefined ? undefined : readIssuer(context.issuer);
    this.attributes = this.tbs.subject.flat();
    try {
      this.key = parseSpki(this.tbs.spki);
    } catch (error) {
      this.keyProblem = problemOf(error);
    }
    for (const extension of this.tbs.extensions) {
      try {
        checkDer(extension.value);
        this.readExtension(extension);
      } catch (error) {
        this.problems.push(`${extension.oid}: ${problemOf(error)}`);
      }
    }
  }

  /** Values of the subject's attributes of one type. */
  attributeValues(type: string): string[] {
    const values: string[] = [];
    for (const attribute of this.attributes) if (attribute.type === type) values.push(attribute.value);
    return values;
  }

  has(type: string): boolean {
    return this.tbs.extension(type) !== undefined;
  }

  isCritical(type: string): boolean | undefined {
    return this.tbs.extension(type)?.critical;
  }

  private readExtension({ oid: type, value }: Extension): void {
    switch (type) {
      case oid.basicConstraints:
        this.basicConstraints = parseBasicConstraints(value);
        break;
      case oid.keyUsage:
        this.keyUsage = parseKeyUsage(value);
        break;
      case oid.extKeyUsage:
        this.extKeyUsage = parseExtKeyUsage(value);
        break;
      case oid.subjectAltName:
        this.subjectAltName = parseSubjectAltName(value, 'lenient');
        break;
      case oid.authorityKeyIdentifier:
        this.authorityKeyIdentifier = parseAuthorityKeyIdentifier(value);
        break;
      case oid.subjectKeyIdentifier:
        this.subjectKeyIdentifier = parseSubjectKeyIdentifier(value);
        break;
      case oid.certificatePolicies:
        this.policies = parseCertificatePolicies(value);
        break;
      case oid.crlDistributionPoints:
        this.distributionPoints = parseCrlDistributionPoints(value);
        break;
      case oid.freshestCrl:
        this.freshestPoints = parseFreshestCrl(value);
        break;
      case oid.authorityInfoAccess:
        this.infoAccess = parseAuthorityInfoAccess(value);
        break;
      case oid.nameConstraints:
        this.nameConstraints = parseNameConstraints(value);
        break;
      case oid.ocspNoCheck:
        parseOcspNoCheck(value);
        break;
      case oid.noRevAvail:
        parseNoRevAvail(value);
        break;
      case oid.smimeCapabilities:
        parseSmimeCapabilities(value);
        break;
    }
  }
}

function problemOf(error: unknown): string {
  if (error instanceof DerError || error instanceof X509Error) return error.message;
  throw error;
}
