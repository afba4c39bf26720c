import { equalBytes } from '@see/asn1';
import { type BasicOcspResponse, parseOcspResponse } from '@see/ocsp';
import {
  type Certificate,
  keyHashOf,
  oid,
  parseCertificate,
  parseExtKeyUsage,
  parseSpki,
  type SubjectPublicKey,
} from '@see/x509';
import { type Issuer, readIssuer } from './issuer.ts';
import type { LintContext } from './lint-context.ts';

/** A certificate that came with a response. */
export interface Delegate {
  readonly certificate: Certificate;
  readonly key: SubjectPublicKey;
  readonly extKeyUsage: readonly string[];
}

/** A successful OCSP response with everything that rules look at. */
export class OcspResponseUnderLint {
  readonly basic: BasicOcspResponse;
  readonly context: LintContext;
  readonly issuer: Issuer | undefined;
  readonly certificates: readonly Delegate[];
  /** The certificate whose key the responder ID names. */
  readonly delegate: Delegate | undefined;
  /** Whether the responder ID names the issuer's own key. */
  readonly signedByIssuer: boolean;

  /** Throws DerError, X509Error or OcspResponseError where something cannot be read. */
  constructor(basic: BasicOcspResponse, context: LintContext) {
    this.basic = basic;
    this.context = context;
    this.issuer = context.issuer === undefined ? undefined : readIssuer(context.issuer);
    this.certificates = basic.certs.map(readDelegate);
    const { responderId } = basic;
    const keyHash = responderId.kind === 'byKey' ? responderId.keyHash : undefined;
    this.signedByIssuer =
      keyHash !== undefined && this.issuer !== undefined && equalBytes(keyHashOf(this.issuer.key), keyHash);
    this.delegate =
      keyHash === undefined
        ? this.certificates.find(({ certificate }) => nameMatches(responderId, certificate))
        : this.certificates.find(({ key }) => equalBytes(keyHashOf(key), keyHash));
  }
}

function nameMatches(responderId: BasicOcspResponse['responderId'], certificate: Certificate): boolean {
  return responderId.kind === 'byName' && equalBytes(responderId.nameDer, certificate.subjectDer);
}

const known = new WeakMap<Uint8Array, Delegate>();

function readDelegate(der: Uint8Array): Delegate {
  const before = known.get(der);
  if (before !== undefined) return before;
  const certificate = parseCertificate(der, 'lenient');
  const purposes = certificate.extension(oid.extKeyUsage);
  const extKeyUsage = purposes === undefined ? [] : parseExtKeyUsage(purposes.value);
  const delegate: Delegate = { certificate, key: parseSpki(certificate.spki), extKeyUsage };
  known.set(der, delegate);
  return delegate;
}

/** Reads a response as far as it is one that carries an answer; undefined for the five-octet errors, which have no rules. */
export function readOcspResponse(der: Uint8Array, context: LintContext): OcspResponseUnderLint | undefined {
  const response = parseOcspResponse(der);
  return response.basic === undefined ? undefined : new OcspResponseUnderLint(response.basic, context);
}
