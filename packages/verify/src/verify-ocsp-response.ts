import { createHash } from 'node:crypto';
import {
  type BasicOcspResponse,
  type CertStatus,
  type OcspResponseStatus,
  type ParsedSingleResponse,
  parseOcspResponse,
} from '@see/ocsp';
import { type Certificate, oid, parseCertificate, parseExtKeyUsage, parseKeyUsage, parseSpki } from '@see/x509';
import { isSignedBy } from './is-signed-by.ts';

/** What was asked, and by whom it may be answered. */
export interface OcspQuestion {
  /** The CertID as it was sent. */
  readonly certId: Uint8Array;
  /** The certificate of the CA key that signed the certificate in question. Whether it is trusted is known by who asks. */
  readonly issuer: Certificate;
  /** The nonce that was sent. */
  readonly nonce?: Uint8Array;
  readonly now: Date;
  /** How far clocks may differ, in milliseconds; five minutes without. */
  readonly skew?: number;
}

/** What a believed answer says. */
export interface OcspVerdict {
  readonly status: CertStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Whether the nonce came back: without it the answer may have been made before it was asked for. */
  readonly hasNonce: boolean;
}

export type OcspVerificationCode =
  | 'not-successful'
  | 'other-certificate'
  | 'not-authorised'
  | 'bad-signature'
  | 'not-yet-valid'
  | 'too-old'
  | 'other-nonce'
  | 'unknown-critical';

/** An answer that is not to be believed. `responseStatus` is set where it carries none, and says why. */
export class OcspVerificationError extends Error {
  override readonly name = 'OcspVerificationError';
  readonly code: OcspVerificationCode;
  readonly responseStatus: OcspResponseStatus | undefined;

  constructor(code: OcspVerificationCode, message: string, responseStatus?: OcspResponseStatus) {
    super(message);
    this.code = code;
    this.responseStatus = responseStatus;
  }
}

const SKEW_MS = 300_000;
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([oid.ocspNonce, oid.ocspExtendedRevoke]);

/**
 * Believes an OCSP answer or throws (REV-34, RFC 6960 3.2, RFC 9919 5): it answers what was asked, is signed by the issuing CA's
 * key or by a delegate that this key certified for it, has begun and not ended (without nextUpdate it is refused), carries the
 * nonce that was sent or none, and no critical extension that is not known. Throws OcspVerificationError, and what
 * `parseOcspResponse` throws. NOT checked: the issuer's own path, and whether the delegate was revoked (it lives for days and
 * has id-pkix-ocsp-nocheck).
 */
export function verifyOcspResponse(der: Uint8Array, question: OcspQuestion): OcspVerdict {
  const { status, basic } = parseOcspResponse(der);
  if (!basic) throw new OcspVerificationError('not-successful', `the responder says ${status}`, status);
  const single = basic.responses.find(({ certId }) => Buffer.from(certId.der).equals(question.certId));
  if (!single) throw new OcspVerificationError('other-certificate', 'the answer is about another certificate');
  assertSigner(basic, question);
  const nextUpdate = assertTimes(basic, single, question);
  for (const { oid: type, critical } of [...basic.extensions, ...single.singleExtensions])
    if (critical && !KNOWN_EXTENSIONS.has(type))
      throw new OcspVerificationError('unknown-critical', `the extension ${type} is critical and not known`);
  const { nonce } = basic;
  if (question.nonce && nonce && !Buffer.from(nonce).equals(question.nonce))
    throw new OcspVerificationError('other-nonce', 'the nonce is not the one that was sent');
  return {
    status: single.status,
    thisUpdate: single.thisUpdate,
    nextUpdate,
    hasNonce: question.nonce !== undefined && nonce !== undefined,
  };
}

function assertSigner(basic: BasicOcspResponse, { issuer, now }: OcspQuestion): void {
  const signer = [issuer, ...basic.certs.map((der) => parseCertificate(der))].find((one) => isNamed(basic, one));
  if (!signer || (signer !== issuer && !isDelegate(signer, issuer, now)))
    throw new OcspVerificationError('not-authorised', 'no responder that the CA has authorised');
  if (!isSignedBy(basic, signer)) throw new OcspVerificationError('bad-signature', 'the signature does not verify');
}

/** Whether the answer's ResponderID is this certificate's key or name. */
function isNamed({ responderId }: BasicOcspResponse, certificate: Certificate): boolean {
  if (responderId.kind === 'byName') return Buffer.from(responderId.nameDer).equals(certificate.subjectDer);
  const hash = createHash('sha1').update(parseSpki(certificate.spki).publicKeyBits).digest();
  return hash.equals(responderId.keyHash);
}

/** Whether the CA's own key has certified it for OCSP, for now (RFC 6960 4.2.2.2). */
function isDelegate(certificate: Certificate, issuer: Certificate, now: Date): boolean {
  if (!Buffer.from(certificate.issuerDer).equals(issuer.subjectDer)) return false;
  if (now < certificate.notBefore || now > certificate.notAfter) return false;
  const purposes = certificate.extension(oid.extKeyUsage);
  if (!purposes || !parseExtKeyUsage(purposes.value).includes(oid.ocspSigning)) return false;
  const usage = certificate.extension(oid.keyUsage);
  if (usage && !parseKeyUsage(usage.value).includes('digitalSignature')) return false;
  return isSignedBy(certificate, issuer);
}

function assertTimes(basic: BasicOcspResponse, single: ParsedSingleResponse, question: OcspQuestion): Date {
  const { now, skew = SKEW_MS } = question;
  const { thisUpdate, nextUpdate } = single;
  const begins = Math.max(thisUpdate.getTime(), basic.producedAt.getTime());
  if (begins > now.getTime() + skew)
    throw new OcspVerificationError('not-yet-valid', `the answer begins at ${new Date(begins).toISOString()}`);
  if (!nextUpdate) throw new OcspVerificationError('too-old', 'the answer has no nextUpdate');
  if (nextUpdate.getTime() < now.getTime() - skew)
    throw new OcspVerificationError('too-old', `the answer ended at ${nextUpdate.toISOString()}`);
  return nextUpdate;
}
