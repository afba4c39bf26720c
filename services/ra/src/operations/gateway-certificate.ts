import { type CertificateRow, findCertificateDer } from '@see/db/ra';
import { Refusal } from '@see/http';
import { encodePem } from '@see/x509';
import type { Ra } from '../ra.ts';
import { certificateFile } from './certificate-file.ts';

/** The files of a gateway's or server's certificate. */
export type GatewayFile = 'certificate.pem' | 'certificate.cer' | 'certificate.p7c' | 'chain.pem';

/** Profiles whose certificates are of machines that others talk to; everything else is of people, or our own. */
export const GATEWAY_PROFILES: readonly string[] = ['gateway-sign', 'gateway-encrypt', 'tls-server'];

/** Whether a certificate is of a gateway or server, so that whoever has its fingerprint may have it. */
export function isOfGateway({ profileId, personId }: CertificateRow): boolean {
  return personId === null && GATEWAY_PROFILES.includes(profileId);
}

/** One of the files. Whether somebody may have it is not asked here. */
export async function gatewayFile(
  ra: Ra,
  certificate: CertificateRow,
  file: GatewayFile,
): Promise<{ readonly type: string; readonly name: string; readonly body: Buffer }> {
  if (file === 'certificate.cer') return certificateFile(ra, certificate, 'cer');
  if (file === 'certificate.p7c') return certificateFile(ra, certificate, 'p7c');
  const whole = await certificateFile(ra, certificate, 'pem');
  if (file === 'chain.pem') return { ...whole, name: whole.name.replace(/\.pem$/, '-chain.pem') };
  const der = await findCertificateDer(ra.db, certificate.id);
  if (!der) throw new Refusal('not-found', 'There is no certificate under this name.');
  return { ...whole, type: 'application/x-pem-file', body: Buffer.from(encodePem('CERTIFICATE', der)) };
}
