import { findOrderRefusal, listApprovals, listOrderCertificates, type OrderRow, readPersonNames } from '@see/db/ra';
import type { Violation } from '@see/http';
import type { Ra } from '../ra.ts';

/** An order as the API shows it. */
export function orderView(order: OrderRow) {
  return {
    id: order.id,
    kind: order.kind,
    state: order.state,
    stateReason: order.stateReason,
    agencyId: order.agencyId,
    profiles: [...order.profiles],
    subject: order.subject,
    names: [...order.names],
    applicantId: order.applicantId,
    sponsorId: order.sponsorId,
    agentId: order.agentId,
    quorum: order.quorum,
    approvals: order.approvals,
    digest: order.digest ? order.digest.toHex() : null,
    createdBy: order.createdBy,
    createdAt: order.createdAt.toISOString(),
    approveBefore: order.approveBefore.toISOString(),
    useBefore: order.useBefore.toISOString(),
  };
}

/** An order with what has happened to it. */
export async function orderDetail(ra: Ra, order: OrderRow) {
  const [approvals, refusal, certificates] = await Promise.all([
    listApprovals(ra.db, order.id),
    findOrderRefusal(ra.db, order.id),
    listOrderCertificates(ra.db, order.id),
  ]);
  const names = await readPersonNames(
    ra.db,
    approvals.map((approval) => approval.personId),
  );
  return {
    ...orderView(order),
    warnings: (order.warnings ?? []) as Violation[],
    approvedBy: approvals.map((approval) => ({
      personId: approval.personId,
      name: names.get(approval.personId) ?? approval.personId,
      credentialId: approval.credentialId,
      at: approval.createdAt.toISOString(),
    })),
    refusal: refusal ? { code: refusal.code, detail: refusal.detail, at: refusal.refusedAt.toISOString() } : null,
    certificates: certificates.map(({ certificate }) => ({
      sha256: certificate.sha256.toHex(),
      serial: certificate.serial.toHex(),
      profile: certificate.profileId,
    })),
  };
}
