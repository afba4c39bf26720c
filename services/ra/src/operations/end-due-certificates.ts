import { type AuditActor, notify, withTransaction } from '@see/db';
import { findCertificate, listLostAndReplaced, readLongHolds } from '@see/db/ra';
import { REVOCATION_REASONS } from '@see/domain';
import type { Ra } from '../ra.ts';
import { recordStatusChange } from './change-status.ts';

/** How long a certificate stays on hold before it is revoked, in milliseconds (WF-C). */
const LONGEST_HOLD = 90 * 86_400_000;
/** Most certificates of one kind that one call ends; the next one goes on. */
const AT_ONCE = 1_000;

const OURSELVES: AuditActor = { process: 'ra' };

/** What ends without anybody asking for it, with the reason that stands in the revocation list. */
const ENDS = [
  {
    // Without a reason: nobody said one. The date of the hold stays.
    reason: REVOCATION_REASONS.unspecified,
    fault: 'a hold that was too long could not be ended',
    due: (ra: Ra) => readLongHolds(ra.db, new Date(ra.now().getTime() - LONGEST_HOLD), ra.now(), AT_ONCE),
  },
  {
    reason: REVOCATION_REASONS.superseded,
    fault: 'a lost certificate that was replaced could not be revoked',
    due: (ra: Ra) => listLostAndReplaced(ra.db, ra.now(), AT_ONCE),
  },
];

/**
 * Revokes what has been on hold for ninety days, and lost certificates once the order that replaces them is issued. One that can not be
 * revoked now is reported and tried again at the next call.
 */
export async function endDueCertificates(ra: Ra): Promise<void> {
  for (const { reason, fault, due } of ENDS) {
    for (const certificateId of await due(ra)) {
      await revoke(ra, certificateId, reason).catch((error: unknown) =>
        ra.log('error', fault, { certificateId, error }),
      );
    }
  }
}

function revoke(ra: Ra, id: number, reason: number): Promise<void> {
  return withTransaction(ra.db, async (tx) => {
    const certificate = await findCertificate(tx, id);
    if (!certificate) return;
    await recordStatusChange(tx, OURSELVES, certificate, {
      kind: 'revoke',
      reason,
      invalidityDate: null,
      statementDigest: null,
      requestedBy: 'ra',
    });
    await notify(tx, 'see_revocations', id);
  });
}
