import { createHash } from 'node:crypto';
import { type Database, notify, withTransaction, writeAudit } from '@see/db/service';
import { insertResponderKeyRequest } from '@see/db/va';
import type { SoftwareSigner } from '@see/keys';
import { assembleSigned, buildCsrInfo, encodeName, signatureAlgorithm } from '@see/x509';
import type { VaIdentity } from './va-identity.ts';

/** SHA-256 of a SubjectPublicKeyInfo, by which a responder key is named in the database. */
export function spkiSha256(spki: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(spki).digest());
}

/**
 * Asks the signer for a responder certificate: CSR with an empty subject, vouched for by va's identity key, with its
 * audit event in the same transaction.
 */
export async function requestResponderCertificate(
  db: Database,
  identity: VaIdentity,
  instance: string,
  ca: string,
  signer: SoftwareSigner,
): Promise<void> {
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki: signer.spki });
  const csr = assembleSigned(info, signatureAlgorithm(signer.algorithm), await signer.sign(info));
  const spki = spkiSha256(signer.spki);
  const request = {
    ca,
    csr,
    spkiSha256: spki,
    keyId: identity.keyId,
    signature: identity.signKeyRequest(instance, ca, spki),
  };
  await withTransaction(db, async (tx) => {
    const id = await insertResponderKeyRequest(tx, request);
    await writeAudit(tx, [
      {
        kind: 'ocsp-key.requested',
        outcome: 'success',
        actor: { process: 'va' },
        objectType: 'ocsp-key-request',
        objectId: String(id),
        detail: { ca, spkiSha256: spki.toHex(), keyId: identity.keyId },
      },
    ]);
    await notify(tx, 'see_ocsp_keys', id);
  });
}
