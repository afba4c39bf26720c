import { CERTIFICATE_MACHINE } from './machine/certificate-machine.ts';
import { nextState } from './machine/state-machine.ts';
import { REVOCATION_REASONS } from './revocation-reason.ts';

const KEY_COMPROMISE: number = REVOCATION_REASONS.keyCompromise;

/** One row of `revocations`, in the order of its id. */
export interface RevocationEvent {
  readonly id: number;
  readonly kind: 'hold' | 'release' | 'revoke';
  readonly reason: number;
  readonly revokedAt: Date;
  readonly invalidityDate?: Date;
  /** Digest of the statement that carries the event, when there is one. */
  readonly statementDigest?: Uint8Array;
}

export type CertificateStatus =
  | { readonly kind: 'good' }
  | {
      readonly kind: 'held' | 'revoked';
      readonly reason: number;
      readonly revokedAt: Date;
      readonly invalidityDate?: Date;
    };

/**
 * The status that a certificate's events add up to (REV-8). `accepts` decides on events that need a statement: a
 * release that it does not accept has not happened. Revoked is terminal; a later keyCompromise only changes the
 * reason; a hold that becomes a revocation keeps the date of the hold; of several invalidity dates the earliest stays.
 * The order of the input is the order of ids.
 */
export function certificateStatus(
  events: readonly RevocationEvent[],
  accepts: (event: RevocationEvent) => boolean,
): CertificateStatus {
  let status: CertificateStatus = { kind: 'good' };
  for (const event of events) {
    if (!accepts(event)) continue;
    const next = nextState(CERTIFICATE_MACHINE, status.kind, event.kind);
    if (next === 'good') status = { kind: 'good' };
    else if (next !== undefined && (status.kind !== 'revoked' || event.reason === KEY_COMPROMISE))
      status = standing(next, event, status);
  }
  return status;
}

function standing(kind: 'held' | 'revoked', event: RevocationEvent, before: CertificateStatus): CertificateStatus {
  const known = before.kind === 'good' ? undefined : before;
  const dates = [known?.invalidityDate, event.invalidityDate].filter((date) => date !== undefined);
  const [invalidityDate] = dates.sort((one, other) => one.getTime() - other.getTime());
  return {
    kind,
    reason: event.reason,
    revokedAt: known?.revokedAt ?? event.revokedAt,
    ...(invalidityDate ? { invalidityDate } : {}),
  };
}
