import {
  findOrderRefusal,
  findRenewal,
  listApprovals,
  listOrderCertificates,
  type OrderRow,
  readPersonNames,
} from '@see/db/ra';
import { isDual } from '@see/domain';
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
    dual: isDual(order),
    risks: [...(order.risk?.reasons ?? [])],
    approvals: order.approvals,
    digest: order.digest ? order.digest.toHex() : null,
    createdBy: order.createdBy,
    createdAt: order.createdAt.toISOString(),
    approveBefore: order.approveBefore.toISOString(),
    useBefore: order.useBefore.toISOString(),
  };
}

/** States in which a person still can, or soon will be able to, use the code of their order. */
const CODE_STATES: readonly string[] = ['preparing', 'pending', 'approved', 'redeemable'];

/** Where a person uses their code; undefined when the order has none or it is over. */
export function enrolmentUrl(ra: Ra, order: Pick<OrderRow, 'id' | 'kind' | 'state'>): string | undefined {
  const open = order.kind === 'person' && CODE_STATES.includes(order.state);
  return open ? `${ra.site.urls.portal}/enrol/${order.id}` : undefined;
}

/** An order with what has happened to it. */
export async function orderDetail(ra: Ra, order: OrderRow) {
  const [approvals, refusal, certificates, renewal] = await Promise.all([
    listApprovals(ra.db, order.id),
    findOrderRefusal(ra.db, order.id),
    listOrderCertificates(ra.db, order.id),
    findRenewal(ra.db, order.id),
  ]);
  const names = await readPersonNames(
    ra.db,
    approvals.map((approval) => approval.personId),
  );
  return {
    ...orderView(order),
    enrolmentUrl: enrolmentUrl(ra, order) ?? null,
    warnings: (order.warnings ?? []) as Violation[],
    approvedBy: approvals.map((approval) => ({
      personId: approval.personId,
      name: names.get(approval.personId) ?? approval.personId,
      credentialId: approval.credentialId,
      at: approval.createdAt.toISOString(),
    })),
    refusal: refusal ? { code: refusal.code, detail: refusal.detail, at: refusal.refusedAt.toISOString() } : null,
    renewal: renewal
      ? { signedAt: renewal.signedAt.toISOString(), agreedAt: renewal.agreement?.agreedAt.toISOString() ?? null }
      : null,
    certificates: certificates.map(({ certificate }) => ({
      sha256: certificate.sha256.toHex(),
      serial: certificate.serial.toHex(),
      profile: certificate.profileId,
    })),
  };
}
