import { type OcspDelegate, ocspDelegate } from '@see/issuance/ocsp-response';
import type { SoftwareSigner } from '@see/keys';
import { signatureHolds } from '@see/verify';
import { type Certificate, oid, parseCertificate, parseExtKeyUsage, parseKeyUsage } from '@see/x509';
import type { TrustedCa } from '../trust/trusted-ca.ts';

/** A key that may answer for one CA key, with the certificate that says so (RFC 6960 4.2.2.2). */
export interface Delegate {
  readonly ca: TrustedCa;
  readonly certificate: Certificate;
  readonly signer: SoftwareSigner;
  /** The same, as responses are made with it. */
  readonly ocsp: OcspDelegate;
}

/** A delegate of a certificate that `delegateFault` has nothing against. */
export function delegateFrom(ca: TrustedCa, der: Uint8Array, signer: SoftwareSigner): Delegate {
  const certificate = parseCertificate(der);
  return { ca, certificate, signer, ocsp: ocspDelegate(signer, certificate.der, certificate.notAfter) };
}

/** Why a certificate makes no delegate; undefined when it does. */
export async function delegateFault(
  der: Uint8Array,
  signer: SoftwareSigner,
  ca: TrustedCa,
): Promise<string | undefined> {
  let certificate: Certificate;
  try {
    certificate = parseCertificate(der);
  } catch (error) {
    return (error as Error).message;
  }
  if (!Buffer.from(certificate.spki).equals(signer.spki)) return 'it carries another key';
  if (!Buffer.from(certificate.issuerDer).equals(ca.certificate.subjectDer)) return 'its issuer is another';
  const purposes = certificate.extension(oid.extKeyUsage);
  if (!purposes || !parseExtKeyUsage(purposes.value).includes(oid.ocspSigning)) return 'it is not for OCSP signing';
  const usage = certificate.extension(oid.keyUsage);
  if (usage && !parseKeyUsage(usage.value).includes('digitalSignature')) return 'its key may not sign';
  if (!certificate.extension(oid.ocspNoCheck)) return 'it has no id-pkix-ocsp-nocheck';
  return (await signatureHolds(certificate, ca.publicKey)) ? undefined : 'the CA did not sign it';
}

/** Whether a delegate may sign at a time. */
export function isLive(delegate: Delegate, now: Date): boolean {
  return delegate.certificate.notBefore <= now && now < delegate.certificate.notAfter;
}

/** Whether half of a delegate's time is over, so that another is due. */
export function isPastHalfLife(delegate: Delegate, now: Date): boolean {
  const { notBefore, notAfter } = delegate.certificate;
  return now.getTime() - notBefore.getTime() >= (notAfter.getTime() - notBefore.getTime()) / 2;
}
