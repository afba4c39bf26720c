import { createHash } from 'node:crypto';
import { isSignedBy } from '@see/verify';
import { type Certificate, oid, parseBasicConstraints, parseCertificate, parseCrl, parseKeyUsage } from '@see/x509';

/** The CAs whose certificates clients may show: of operators, and of public servants, who are named and get no power. */
export const CLIENT_CAS = ['operations', 'individual'] as const;
export type ClientCaId = (typeof CLIENT_CAS)[number];

/** A CA that descends from the root that was sealed when the instance was made. */
export interface ClientCa {
  readonly id: ClientCaId;
  readonly certificate: Certificate;
}

/** What the database has of the hierarchy; nothing of it is believed. */
export interface StoredHierarchy {
  readonly cas: readonly { readonly id: string; readonly certificate: Uint8Array }[];
  /** The newest CRL of the root. */
  readonly rootCrl: Uint8Array | undefined;
}

/**
 * The client CAs that hold at a time: the root is the one of the fingerprint (SHA-256, hex), it signed the CA's
 * certificate and its own CRL, the CA may sign certificates, is within its validity and is not on that CRL. A CA that
 * does not hold is left out, and so is every CA when the CRL cannot be verified. NOT checked: that the CRL is the
 * newest, which only the signer knows; and its nextUpdate, for a root that is late must not shut out operators.
 */
export function trustedClientCas(stored: StoredHierarchy, rootFingerprint: string, now: Date): readonly ClientCa[] {
  const rootDer = stored.cas.find(({ id }) => id === 'root')?.certificate;
  if (!rootDer || createHash('sha256').update(rootDer).digest('hex') !== rootFingerprint) return [];
  const root = parseCertificate(rootDer);
  const revoked = stored.rootCrl && revokedSerials(stored.rootCrl, root);
  if (!revoked || !isWithin(root, now)) return [];
  return CLIENT_CAS.flatMap((id) => {
    const der = stored.cas.find((ca) => ca.id === id)?.certificate;
    if (!der) return [];
    const certificate = parseCertificate(der);
    const holds =
      Buffer.from(certificate.issuerDer).equals(root.subjectDer) &&
      isWithin(certificate, now) &&
      maySignCertificates(certificate) &&
      !revoked.has(certificate.serialHex) &&
      isSignedBy(certificate, root);
    return holds ? [{ id, certificate }] : [];
  });
}

/** Whether a time is within the validity of a certificate (RFC 5280 4.1.2.5: both ends included). */
export function isWithin({ notBefore, notAfter }: Certificate, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

function maySignCertificates(certificate: Certificate): boolean {
  const basic = certificate.extension(oid.basicConstraints);
  const usage = certificate.extension(oid.keyUsage);
  return (
    basic !== undefined &&
    parseBasicConstraints(basic.value).cA &&
    usage !== undefined &&
    parseKeyUsage(usage.value).includes('keyCertSign')
  );
}

function revokedSerials(der: Uint8Array, root: Certificate): ReadonlySet<string> | undefined {
  const crl = parseCrl(der);
  if (!Buffer.from(crl.issuerDer).equals(root.subjectDer) || !isSignedBy(crl, root)) return undefined;
  const serials = new Set<string>();
  for (const { serialHex } of crl.entries) serials.add(serialHex);
  return serials;
}
