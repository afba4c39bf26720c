import type { CertificateStatus } from '@see/domain';
import { effectiveStatus, type Remembered } from './effective-status.ts';
import type { Judgement } from './status-judge.ts';

/** What is known of a certificate, for one time in the past. */
export interface PastFacts {
  readonly at: Date;
  /** Out of octets that the CA signed; undefined where there are none. */
  readonly validity: { readonly notBefore: Date; readonly notAfter: Date } | undefined;
  /** What the events up to that time add up to. */
  readonly past: Judgement;
  /** What all events add up to. */
  readonly present: Judgement;
  /** What memory and signed CRLs say. */
  readonly remembered: readonly Remembered[];
}

export interface PastStatus {
  readonly status: 'good' | 'held' | 'revoked' | 'not-yet-valid' | 'expired' | 'unknown';
  /** CRLReason of what is held or revoked. */
  readonly reason?: number;
  readonly since?: Date;
  readonly invalidityDate?: Date;
  /**
   * Revoked after the time that was asked for, but invalid at it, as the revocation says: answers of that time said something
   * milder.
   */
  readonly retroactive: boolean;
}

const STRICTNESS = { good: 0, held: 1, revoked: 2 } as const;

/**
 * The status of a certificate at a time, by the rules by which it is judged now. Good is said of a certificate alone whose
 * octets are genuine, inside its validity, and not at a time at which a later revocation says that it was invalid already
 * (RFC 5280 5.3.2). What memory and CRLs say counts where the events do not explain it: rows that vanished make nothing good.
 */
export function statusAt({ at, validity, past, present, remembered }: PastFacts): PastStatus {
  const unexplained = remembered.filter((item) => item.revokedAt <= at && !explains(present.status, item));
  const told = effectiveStatus(past.status, past.releases, unexplained);
  const latest = effectiveStatus(present.status, present.releases, remembered);
  if (told.kind === 'revoked') return standing(told, false);
  const invalidityDate = earliest([present.status, ...remembered]);
  if (latest.kind === 'revoked' && invalidityDate && invalidityDate <= at)
    return standing({ ...latest, invalidityDate }, true);
  if (told.kind === 'held') return standing(told, false);
  if (!validity) return { status: 'unknown', retroactive: false };
  if (at < validity.notBefore) return { status: 'not-yet-valid', retroactive: false };
  return { status: at > validity.notAfter ? 'expired' : 'good', retroactive: false };
}

/** The earliest time from which a revocation says that the certificate was invalid. */
function earliest(said: readonly (CertificateStatus | Remembered)[]): Date | undefined {
  const dates = said.flatMap((item) => (item.kind === 'revoked' ? (item.invalidityDate ?? []) : []));
  return dates.toSorted((one, other) => one.getTime() - other.getTime())[0];
}

/** Whether what is remembered is what the events say, or less: then they say from when on. */
function explains(status: CertificateStatus, item: Remembered): boolean {
  if (status.kind === 'good' || STRICTNESS[status.kind] < STRICTNESS[item.kind]) return false;
  // Memory and CRLs have whole seconds.
  return Math.floor(status.revokedAt.getTime() / 1000) <= Math.floor(item.revokedAt.getTime() / 1000);
}

function standing(status: Exclude<CertificateStatus, { readonly kind: 'good' }>, retroactive: boolean): PastStatus {
  const { kind, reason, revokedAt, invalidityDate } = status;
  return {
    status: kind,
    reason,
    since: revokedAt,
    retroactive,
    ...(invalidityDate ? { invalidityDate } : {}),
  };
}
