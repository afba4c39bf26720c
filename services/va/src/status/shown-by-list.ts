import type { RevocationEvent } from '@see/domain';
import type { Remembered } from './effective-status.ts';

/** What a full CRL, verified, says of one certificate. */
export interface ListView {
  readonly thisUpdate: Date;
  /** Undefined where the certificate is not listed. */
  readonly listed: Remembered | undefined;
}

/** How long a hold may take from its date to the signer's knowing of it: late commits, and clocks that differ. */
export const HOLD_KNOWN_AFTER_MS = 600_000;

/**
 * Whether a full CRL shows that an event had counted, for the signer, when the list was made. Then it goes on counting, whoever
 * of those who signed its statement has left since; the signer remembers the same by digests (`acceptedStatements`).
 *
 * The time of an event proves nothing: who has left can sign with an earlier date, and who writes the database can put the row
 * where it fits. The list is what neither can make. It is older than the question, and the hold on it could end by a release
 * alone that the signer had verified under the authority of then:
 * - a release is shown by a list made after it, and at least `HOLD_KNOWN_AFTER_MS` after the hold began, that does not list the
 *   certificate although it had not expired (REV-11). The caller lets it end no hold that began later than the row of that hold
 *   says (`ShownRelease`), so that a hold whose row was moved to an earlier time stays; and does not let it count before the list
 *   was made, so that lists which were taken away do not move it.
 * - a hold or a revocation is shown by a list made after it that says so, from no later time on, for the same reason where it
 *   is a revocation.
 *
 * `notAfter` is that of the verified certificate; without it no release is shown. NOT checked: the list's signature, and the statement.
 */
export function isShown(
  event: RevocationEvent,
  hold: Pick<RevocationEvent, 'revokedAt'> | undefined,
  { thisUpdate, listed }: ListView,
  notAfter: Date | undefined,
): boolean {
  if (event.revokedAt > thisUpdate) return false;
  if (event.kind === 'release')
    return (
      hold !== undefined &&
      listed === undefined &&
      notAfter !== undefined &&
      hold.revokedAt.getTime() + HOLD_KNOWN_AFTER_MS <= thisUpdate.getTime() &&
      thisUpdate < notAfter
    );
  // Lists have whole seconds.
  if (!listed || event.revokedAt < listed.revokedAt) return false;
  return event.kind === 'hold' || (listed.kind === 'revoked' && listed.reason === event.reason);
}
