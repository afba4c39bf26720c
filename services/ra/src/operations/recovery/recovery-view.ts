import { findRecoveryOpening, listRecoveryApprovals, type RecoveryRow } from '@see/db/ra';
import { readRecoveryContent } from '@see/domain';
import { keyIdentifierOf, parseSpki, sha256 } from '@see/x509';
import type { Ra } from '../../ra.ts';

/** A recovery as the API shows it. */
export function recoveryView(recovery: RecoveryRow) {
  const content = readRecoveryContent(recovery.content);
  const time = (at: number): string => new Date(at * 1000).toISOString();
  return {
    id: recovery.id,
    state: recovery.state,
    stateReason: recovery.stateReason,
    certificate: content.certificate,
    subjectId: content.subject,
    requesterId: content.requester,
    agencyId: content.agencyId,
    capacity: content.capacity,
    legalBasis: content.legalBasis,
    purpose: content.purpose,
    messagesFrom: time(content.messagesFrom),
    messagesUntil: time(content.messagesUntil),
    recipient: sha256(Uint8Array.fromBase64(content.recipient)).toHex(),
    suppressNotice: content.suppressNotice,
    digest: recovery.digest.toHex(),
    createdAt: recovery.createdAt.toISOString(),
    expiresAt: recovery.expiresAt.toISOString(),
    releasedAt: recovery.releasedAt?.toISOString() ?? null,
  };
}

/** A recovery with its agents and what they have done. */
export async function recoveryDetail(ra: Ra, recovery: RecoveryRow) {
  const { agents } = readRecoveryContent(recovery.content);
  const [approvals, opening] = await Promise.all([
    listRecoveryApprovals(ra.db, recovery.id),
    findRecoveryOpening(ra.db, recovery.id),
  ]);
  const named = ra.authority.current.recoveryAgents.get(agents)?.agents ?? [];
  return {
    ...recoveryView(recovery),
    agents: named.map(({ personId, label, agencyId, publicKey }) => ({
      personId,
      label,
      agencyId,
      keyId: keyIdentifierOf(parseSpki(Uint8Array.fromBase64(publicKey))).toHex(),
    })),
    approvedBy: approvals.map(({ personId, createdAt }) => ({ personId, at: createdAt.toISOString() })),
    openedBy: opening?.personId ?? null,
  };
}
