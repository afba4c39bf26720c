import type { AuditActor } from '@see/db';
import { findOrderContent, listApprovals, type OrderRow } from '@see/db/ra';
import {
  approvalFault,
  approversFault,
  eligibleApprovers,
  type OrderContent,
  readOrderContent,
  type SignedBy,
} from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';
import { assertFreshDomains } from './domain-evidence.ts';
import { recordApproval } from './record-approval.ts';
import { staleRecords } from './records/stale-records.ts';

/**
 * Takes an approval: its signature, role and independence are checked here so that the approver hears at once what is
 * wrong; the signer checks all of it again and decides. Only here is it asked whether somebody reviewed the operator's
 * access: the signer knows no reviews. When the quorum is reached the order is handed on.
 */
export async function approveOrder(
  ra: Ra,
  by: AuditActor,
  order: OrderRow,
  approval: SignedBy,
): Promise<{ readonly approvals: number; readonly state: 'pending' | 'approved' }> {
  const stored = await findOrderContent(ra.db, order.id);
  if (!stored)
    throw new Refusal('wrong-state', 'The code for this order is not bound to it yet. Try again in a few seconds.');
  if (order.state !== 'pending') throw new Refusal('wrong-state', `The order is ${order.state}; it takes no approval.`);
  if (order.approveBefore <= ra.now())
    throw new Refusal('wrong-state', 'The time for approving this order is over. Make a new one.');
  const { current } = ra.authority;
  const content = readOrderContent(stored.bytes);
  const fault = await approvalFault(current, content, stored.digest, approval);
  if (fault) throw refusedFor(fault.code === 'own-order' ? 'party-to-order' : 'signature-refused', [fault]);
  const personId = current.credentials.get(approval.credentialId)?.personId ?? '';
  if (personId === order.createdBy) {
    throw new Refusal('party-to-order', 'You entered this order yourself. Somebody else has to approve it.');
  }
  await assertCurrentRecords(ra, content, order);
  const lock = await ra.reviews.lockOf({ personId, role: 'operator' }, ra.now());
  if (lock) throw lock;
  await assertDeviceBound(ra, content, order, approval);
  return recordApproval(ra, {
    approval: {
      orderId: order.id,
      orderDigest: stored.digest,
      credentialId: approval.credentialId,
      personId,
      signature: approval.signature,
    },
    content,
    by,
  });
}

/**
 * A dual order whose quorum would be full of passkeys that are copied is refused by the signer: the one who comes last
 * is told so before their approval is recorded.
 */
async function assertDeviceBound(ra: Ra, content: OrderContent, order: OrderRow, approval: SignedBy): Promise<void> {
  const recorded = await listApprovals(ra.db, order.id);
  const approvers = eligibleApprovers(ra.authority.current, content, [...recorded, approval]);
  const fault = approversFault(content, approvers);
  if (fault?.code === 'no-device-bound-approval') throw refusedFor('wrong-state', [fault]);
}

/** Nothing is approved on records that nobody looked at in time (GOV-20, GOV-21). */
async function assertCurrentRecords(ra: Ra, content: OrderContent, order: OrderRow): Promise<void> {
  const stale = (await staleRecords(ra, ra.db, [content])).get(order.id);
  if (stale) throw refusedFor('wrong-state', [stale]);
  if (order.profiles.some((profile) => profile.startsWith('gateway-')))
    await assertFreshDomains(ra, order.agencyId, order.names);
}
