import type { AuditActor } from '@see/db';
import { findCertificateByHash, findCertificateDer, listRevocations } from '@see/db/ra';
import { Refusal } from '@see/http';
import { type Ra, seconds } from '../ra.ts';
import { revokeCertificate } from './change-status.ts';
import { isSignedBy, readHolderRequest } from './holder-request.ts';

/** How far a request's time may be from ours, in seconds. */
const WINDOW = 600;

/**
 * Revokes or holds a certificate for whoever has its key. The signature is the whole authority, so there is one answer
 * for an unknown certificate and for a signature that does not hold. A request older than the certificate's last event
 * is refused, so a hold that was released can not be put back with an old request.
 */
export async function revokeByHolder(ra: Ra, by: AuditActor, jws: string): Promise<{ sha256: string; at: Date }> {
  const signed = readHolderRequest(jws);
  const { request } = signed;
  if (request.instance !== ra.instance) throw new Refusal('signature-refused', 'The request is for another instance.');
  if (Math.abs(request.issuedAt - seconds(ra.now())) > WINDOW) {
    throw new Refusal(
      'signature-refused',
      'The request was made more than ten minutes ago, or your clock is wrong. Make it again.',
    );
  }
  const certificate = await findCertificateByHash(ra.db, Uint8Array.fromHex(request.certificate));
  const der = certificate && (await findCertificateDer(ra.db, certificate.id));
  if (!certificate || !der || !isSignedBy(signed, der)) {
    throw new Refusal(
      'signature-refused',
      'The signature is not one of a key that we certified under this fingerprint.',
    );
  }
  const last = (await listRevocations(ra.db, [certificate.id])).get(certificate.id)?.at(-1);
  if (last && seconds(last.revokedAt) > request.issuedAt) {
    throw new Refusal('signature-refused', 'The status changed after the request was made. Make it again.');
  }
  const actor: AuditActor = {
    ...by,
    ...(certificate.personId === null ? {} : { personId: certificate.personId }),
    method: 'certificate-key',
  };
  return { sha256: request.certificate, at: await revokeCertificate(ra, actor, certificate, request) };
}
