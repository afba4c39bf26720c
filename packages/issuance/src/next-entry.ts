import { REVOCATION_REASONS } from '@see/domain';
import type { RevokedRow } from './revoked-set.ts';
import { sameEntry } from './serial-order.ts';

const HOLD: number = REVOCATION_REASONS.certificateHold;

export interface NextEntry {
  /** What stands from now on; undefined where the certificate is neither revoked nor held. */
  readonly row: RevokedRow | undefined;
  /** The database no longer tells it, or no longer as revoked; it stays, and an alarm is due. */
  readonly restored: boolean;
}

/**
 * What stands of one certificate, from what is known of it (by the last CRLs and since) and what the database tells now. What is
 * known stays unless `released` vouches for a verified release of that very hold, and what was revoked is never on hold again. So
 * rows that vanish from the database, or change, do not make a revoked certificate good. Expiry (REV-11) is not looked at.
 */
export function nextEntry(
  known: RevokedRow | undefined,
  told: RevokedRow | undefined,
  released: (known: RevokedRow) => boolean,
): NextEntry {
  if (!known) return { row: told, restored: false };
  if (told && (told.reason !== HOLD || known.reason === HOLD)) return { row: told, restored: false };
  if (!told && known.reason === HOLD && released(known)) return { row: undefined, restored: false };
  return { row: known, restored: true };
}

/** Whether two rows of one certificate say the same on a CRL. */
export function isSameRow(one: RevokedRow | undefined, other: RevokedRow | undefined): boolean {
  return one && other ? sameEntry(one, other) : one === other;
}
