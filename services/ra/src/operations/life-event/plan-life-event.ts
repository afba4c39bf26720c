import type { Database, Tx } from '@see/db';
import { type CertificateRow, listPersonCertificates, listRevocations, type RevocationRow } from '@see/db/ra';
import {
  activeProfile,
  certificateStatus,
  LIFE_EVENTS,
  type LifeEventKind,
  type PlannedAction,
  planAction,
} from '@see/domain';
import { profileOf } from '@see/policy';
import type { Ra } from '../../ra.ts';

/** What an event means for one certificate. */
export interface CertificatePlan {
  readonly certificate: CertificateRow;
  readonly planned: PlannedAction;
}

/** What an event acts on. */
export interface LifeEventScope {
  readonly personId: string;
  readonly kind: LifeEventKind;
  /** SHA-256 of the certificates that it is about, and orders whose certificates it is about too; all when undefined. */
  readonly certificates?: readonly string[];
  readonly orders?: readonly string[];
}

/** What an event does to each of a person's certificates, as things stand at a time. Nothing is written. */
export async function planLifeEvent(
  ra: Ra,
  db: Database | Tx,
  scope: LifeEventScope,
  at: Date,
): Promise<readonly CertificatePlan[]> {
  const all = await listPersonCertificates(db, scope.personId, at);
  const chosen = all.filter(
    (certificate) =>
      scope.certificates === undefined ||
      scope.certificates.includes(certificate.sha256.toHex()) ||
      (certificate.orderId !== null && scope.orders?.includes(certificate.orderId)),
  );
  const events = await listRevocations(
    db,
    chosen.map(({ id }) => id),
  );
  return chosen.map((certificate) => {
    const status = certificateStatus((events.get(certificate.id) ?? []).map(eventOf), () => true);
    const active = activeProfile(ra.authority.current, certificate.profileId);
    const affected = {
      profileId: certificate.profileId,
      status: status.kind,
      notAfter: certificate.notAfter,
      ...(status.kind === 'good' ? {} : { reason: status.reason }),
    };
    const rules = active && profileOf(active.content);
    return { certificate, planned: planAction(LIFE_EVENTS[scope.kind], affected, rules, at) };
  });
}

function eventOf(row: RevocationRow) {
  return { id: row.id, kind: row.kind, reason: row.reason, revokedAt: row.revokedAt };
}

/** A plan as the API and the audit trail show it. */
export function planView({ certificate, planned }: CertificatePlan) {
  return {
    sha256: certificate.sha256.toHex(),
    serial: certificate.serial.toHex(),
    profile: certificate.profileId,
    action: planned.action,
    reason: planned.action === 'revoke' ? planned.reason : null,
    because: planned.action === 'none' ? planned.because : null,
  };
}
