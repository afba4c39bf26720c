import { certsOnly } from '@see/cms';
import { type CertificateRow, findCertificateDer } from '@see/db/ra';
import { Refusal } from '@see/http';
import { encodePem } from '@see/x509';
import type { Ra } from '../ra.ts';

/** The forms in which a certificate is handed out, by the last part of its address. */
export const CERTIFICATE_FORMS = {
  pem: { type: 'application/pem-certificate-chain', extension: 'pem' },
  cer: { type: 'application/pkix-cert', extension: 'cer' },
  p7c: { type: 'application/pkcs7-mime; smime-type=certs-only', extension: 'p7c' },
} as const;

export type CertificateForm = keyof typeof CERTIFICATE_FORMS;

/** A certificate as a file: with its chain up to the root as PEM or PKCS#7, or alone as DER. */
export async function certificateFile(
  ra: Ra,
  certificate: CertificateRow,
  form: CertificateForm,
): Promise<{ readonly type: string; readonly name: string; readonly body: Buffer }> {
  const der = await findCertificateDer(ra.db, certificate.id);
  if (!der) throw new Refusal('not-found', 'There is no certificate under this name.');
  const all = [der, ...ra.cas.chain(certificate.ca)];
  const { type, extension } = CERTIFICATE_FORMS[form];
  const name = `${certificate.profileId}-${certificate.serial.toHex().slice(0, 16)}.${extension}`;
  if (form === 'cer') return { type, name, body: Buffer.from(der) };
  if (form === 'p7c') return { type, name, body: Buffer.from(certsOnly(all)) };
  return { type, name, body: Buffer.from(all.map((each) => encodePem('CERTIFICATE', each)).join('')) };
}

/** The form that an Accept header asks for; PEM when it does not matter. Throws Refusal `not-acceptable`. */
export function formAccepted(accept: string | undefined): CertificateForm {
  const types = (accept ?? '*/*').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
  for (const type of types) {
    if (type === '*/*' || type === 'application/*' || type === 'application/pem-certificate-chain') return 'pem';
    if (type === 'application/x-pem-file') return 'pem';
    if (type === 'application/pkix-cert') return 'cer';
    if (type === 'application/pkcs7-mime') return 'p7c';
  }
  throw new Refusal(
    'not-acceptable',
    'We have application/pem-certificate-chain, application/pkix-cert and application/pkcs7-mime.',
  );
}
