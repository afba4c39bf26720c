import type { CertificateStatus } from '@see/domain';

/** What is remembered of a certificate, from a CRL or from our own journal. */
export interface Remembered {
  readonly kind: 'held' | 'revoked';
  readonly reason: number;
  readonly revokedAt: Date;
  readonly invalidityDate?: Date;
  /** Id of the event that began the hold, where it is known. */
  readonly holdId?: number;
}

/** A release whose statement was verified. */
export type VerifiedRelease = SignedRelease | ShownRelease;

/** By operators who have the right now. */
interface SignedRelease {
  /** The hold that the operators named. */
  readonly holdId: number;
  /** notBefore of the signed statement. */
  readonly signedFrom: Date;
}

/** By operators of whom some have left, where a list shows that it counted (`isShown`). */
interface ShownRelease {
  /** When the hold that it ended began, as its row says. What the statement says of times is not believed. */
  readonly heldSince: Date;
}

/** How far the clocks of those who sign may be ahead of the one that dates holds. */
const CLOCK_TOLERANCE_MS = 600_000;

const KEY_COMPROMISE = 1;

/**
 * The status that holds, out of what the database says now and what is remembered (promise 8). It only narrows: revoked
 * stays revoked whatever vanished from the database, and a remembered hold ends by a verified release alone.
 */
export function effectiveStatus(
  told: CertificateStatus,
  releases: readonly VerifiedRelease[],
  remembered: readonly (Remembered | undefined)[],
): CertificateStatus {
  const known = remembered.filter((item) => item !== undefined);
  const revoked = known.find((item) => item.kind === 'revoked');
  if (revoked) return compromised(standing('revoked', revoked), [told, ...known]);
  if (told.kind !== 'good') return told;
  const held = known.find((item) => !releases.some((release) => ends(release, item)));
  return held ? standing('held', held) : told;
}

/**
 * Whether a release ends a hold. One that a list shows ends what began when that hold did, or before. Any other must name it; or,
 * where the rows that numbered it may be gone, it must have been signed after the hold began.
 */
function ends(release: VerifiedRelease, hold: Remembered): boolean {
  if ('heldSince' in release) return hold.revokedAt <= release.heldSince;
  const signedFrom = release.signedFrom.getTime();
  if (hold.holdId === undefined) return signedFrom > hold.revokedAt.getTime() - CLOCK_TOLERANCE_MS;
  return release.holdId === hold.holdId || signedFrom > hold.revokedAt.getTime();
}

/** Of all that says revoked, keyCompromise is the reason that stays (REV-8). */
function compromised(status: CertificateStatus, said: readonly (CertificateStatus | Remembered)[]): CertificateStatus {
  if (status.kind === 'good' || status.reason === KEY_COMPROMISE) return status;
  const stated = said.some((item) => item.kind === 'revoked' && item.reason === KEY_COMPROMISE);
  return stated ? { ...status, reason: KEY_COMPROMISE } : status;
}

function standing(kind: 'held' | 'revoked', item: Remembered): CertificateStatus {
  return {
    kind,
    reason: item.reason,
    revokedAt: item.revokedAt,
    ...(item.invalidityDate ? { invalidityDate: item.invalidityDate } : {}),
  };
}
