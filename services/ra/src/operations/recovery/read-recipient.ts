import { type CertificateRow, findCertificateByHash, listRevocations } from '@see/db/ra';
import type { Refusal as Fault } from '@see/domain';
import { Refusal } from '@see/http';
import { decodePem, oid, PemError, parseCertificate, parseKeyUsage, parseSpki, sha256 } from '@see/x509';
import type { Ra } from '../../ra.ts';

/** The certificate to which an opened key will be encrypted. */
export interface Recipient {
  readonly certificate: CertificateRow;
  readonly der: Uint8Array;
}

/**
 * The recipient's certificate out of a PEM file: one that we issued, good now, for encryption, with an RSA key (which the
 * envelope needs). Others' certificates are not taken: nobody here could say whose they are, or that they are good.
 * Throws Refusal `recovery-refused`.
 */
export async function readRecipient(ra: Ra, pem: string): Promise<Recipient> {
  const der = onlyCertificate(pem);
  return { certificate: await assertRecipient(ra, der), der };
}

/** That a certificate is still one to which a key may go; asked again when the key is released. Throws Refusal `recovery-refused`. */
export async function assertRecipient(ra: Ra, der: Uint8Array): Promise<CertificateRow> {
  const certificate = await findCertificateByHash(ra.db, sha256(der));
  if (!certificate) throw refuse('recipient-unknown', 'the recipient’s certificate is not one that we issued');
  const now = ra.now();
  if (certificate.notBefore > now || certificate.notAfter <= now)
    throw refuse('recipient-not-valid', 'the recipient’s certificate is not valid now');
  const last = (await listRevocations(ra.db, [certificate.id])).get(certificate.id)?.at(-1);
  if (last && last.kind !== 'release')
    throw refuse('recipient-not-good', 'the recipient’s certificate is revoked or on hold');
  const parsed = parseCertificate(der);
  const usage = parsed.extension(oid.keyUsage);
  if (!usage || !parseKeyUsage(usage.value).includes('keyEncipherment') || parseSpki(parsed.spki).kind !== 'rsa') {
    throw refuse(
      'recipient-not-for-encryption',
      'the recipient’s certificate is not one for encryption with an RSA key',
      {
        remedy: 'name a certificate of profile user-encrypt or gateway-encrypt',
      },
    );
  }
  return certificate;
}

function onlyCertificate(pem: string): Uint8Array {
  try {
    const [only, ...others] = decodePem(pem, 'CERTIFICATE');
    if (only && others.length === 0) return only;
  } catch (error) {
    if (!(error instanceof PemError)) throw error;
  }
  throw refuse('recipient-not-pem', 'the recipient’s certificate is one PEM block');
}

function refuse(code: string, message: string, more: Omit<Fault, 'code' | 'message'> = {}): Refusal {
  const violation = { code, message, path: 'recipient', source: 'section 8.5', ...more };
  return new Refusal('recovery-refused', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, {
    violations: [violation],
  });
}
