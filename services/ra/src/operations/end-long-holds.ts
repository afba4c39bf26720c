import { type AuditActor, notify, withTransaction } from '@see/db';
import { findCertificate, readLongHolds } from '@see/db/ra';
import { REVOCATION_REASONS } from '@see/domain';
import type { Ra } from '../ra.ts';
import { recordStatusChange } from './change-status.ts';

/** How long a certificate stays on hold before it is revoked, in milliseconds (WF-C). */
export const LONGEST_HOLD = 90 * 86_400_000;

const OURSELVES: AuditActor = { process: 'ra' };

/**
 * Revokes what has been on hold for ninety days, without a reason: nobody said one. The date of the hold stays. One that
 * can not be revoked now is reported and tried again at the next call.
 */
export async function endLongHolds(ra: Ra): Promise<void> {
  const before = new Date(ra.now().getTime() - LONGEST_HOLD);
  for (const id of await readLongHolds(ra.db, before, ra.now(), 1_000)) {
    try {
      await withTransaction(ra.db, async (tx) => {
        const certificate = await findCertificate(tx, id);
        if (!certificate) return;
        await recordStatusChange(tx, OURSELVES, certificate, {
          kind: 'revoke',
          reason: REVOCATION_REASONS.unspecified,
          invalidityDate: null,
          statementDigest: null,
          requestedBy: 'ra',
        });
        await notify(tx, 'see_revocations', id);
      });
    } catch (error) {
      ra.log('error', 'a hold that was too long could not be ended', { certificateId: id, error });
    }
  }
}
