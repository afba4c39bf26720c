import { createHash } from 'node:crypto';
import { type AuditActor, notify, withTransaction, writeAudit } from '@see/db';
import {
  type CertificateRow,
  findCertificateByHash,
  findDirectoryStanding,
  insertConfirmation,
  listRevocations,
  type NewConfirmation,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import { speaksFor } from '@see/policy';
import { decodePem, PemError } from '@see/x509';
import type { Ra } from '../../ra.ts';
import { statusView } from '../certificate-view.ts';
import { findSigner, heldCertificate } from './find-signer.ts';
import { readSignedRequest } from './read-signed-request.ts';
import { assertFresh } from './renew-certificate.ts';

/** Records somebody's word that the key of a new encryption certificate works (WF-E, step 12). Who may say it is the caller's to check. */
export async function confirmByStatement(
  ra: Ra,
  by: AuditActor,
  confirmedBy: string,
  certificate: CertificateRow,
): Promise<void> {
  await record(ra, by, certificate, { method: 'statement', confirmedBy, signed: null });
}

/**
 * Takes a confirmation that the holder signed: the content is the new encryption certificate, the signer one that speaks for it.
 * Throws Refusal `signature-refused` or `renewal-refused`.
 */
export async function confirmBySignature(ra: Ra, by: AuditActor, body: string | Uint8Array): Promise<CertificateRow> {
  const request = readSignedRequest(body);
  const signer = await findSigner(ra, request);
  assertFresh(ra, request);
  if (signer.facts.status !== 'good')
    throw new Refusal(
      'renewal-refused',
      'The certificate that signed is not good now. Have your sponsor confirm: see cert confirm.',
    );
  const sha256 = createHash('sha256').update(confirmed(request.signed.content)).digest();
  const row = await findCertificateByHash(ra.db, new Uint8Array(sha256));
  const target = row && (await heldCertificate(ra, row));
  // The same words whether it exists or not.
  if (!target || !speaksFor(signer.facts, target.facts))
    throw new Refusal('renewal-refused', 'The certificate that signed does not speak for the one that is confirmed.');
  await record(ra, { ...by, method: 'certificate-key' }, target.row, {
    method: 'signature',
    confirmedBy: signer.row.sha256.toHex(),
    signed: { by: signer.row.id, request: request.der },
  });
  return target.row;
}

type Said = Omit<NewConfirmation, 'certificateId'>;

async function record(ra: Ra, by: AuditActor, certificate: CertificateRow, said: Said): Promise<void> {
  const { id, profileId } = certificate;
  if (!(await findDirectoryStanding(ra.db, id)))
    throw new Refusal(
      'wrong-state',
      `Certificates of ${profileId} are not in the directory: there is nothing to confirm.`,
    );
  const events = (await listRevocations(ra.db, [id])).get(id) ?? [];
  const status = statusView(certificate, events, ra.now()).kind;
  if (status !== 'good')
    throw new Refusal('wrong-state', `The certificate is ${status}: the directory will not have it.`);
  await withTransaction(ra.db, async (tx) => {
    if (!(await insertConfirmation(tx, { ...said, certificateId: id }))) return;
    await writeAudit(tx, [
      {
        kind: 'renewal.confirmed',
        outcome: 'success',
        actor: by,
        objectType: 'certificate',
        objectId: certificate.sha256.toHex(),
        detail: { method: said.method, confirmedBy: said.confirmedBy },
      },
    ]);
    await notify(tx, 'see_confirmations', id);
  });
}

/** The certificate in a signed confirmation: DER, or PEM with nothing else in it. */
function confirmed(content: Uint8Array): Uint8Array {
  if (content[0] === 0x30) return content;
  try {
    const [only, ...more] = decodePem(content, 'CERTIFICATE');
    if (only && more.length === 0) return only;
  } catch (error) {
    if (!(error instanceof PemError)) throw error;
  }
  throw new Refusal('renewal-refused', 'What was signed is not one certificate, in PEM or DER.');
}
