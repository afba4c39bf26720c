import { type AuditActor, notify, withTransaction } from '@see/db';
import { findCertificate, listLostAndReplaced } from '@see/db/ra';
import { REVOCATION_REASONS } from '@see/domain';
import type { Ra } from '../../ra.ts';
import { recordStatusChange } from '../change-status.ts';

const OURSELVES: AuditActor = { process: 'ra' };

/**
 * Revokes lost certificates as superseded once the order that replaces them is issued. One that can not be revoked now is
 * reported and tried again at the next call.
 */
export async function endLostCertificates(ra: Ra): Promise<void> {
  for (const id of await listLostAndReplaced(ra.db, ra.now(), 1_000)) {
    try {
      await withTransaction(ra.db, async (tx) => {
        const certificate = await findCertificate(tx, id);
        if (!certificate) return;
        await recordStatusChange(tx, OURSELVES, certificate, {
          kind: 'revoke',
          reason: REVOCATION_REASONS.superseded,
          invalidityDate: null,
          statementDigest: null,
          requestedBy: 'ra',
        });
        await notify(tx, 'see_revocations', id);
      });
    } catch (error) {
      ra.log('error', 'a lost certificate that was replaced could not be revoked', { certificateId: id, error });
    }
  }
}
