import { type AuditActor, notify, withTransaction, writeAudit } from '@see/db';
import { findOrderContent, insertApproval, listApprovals, moveOrder, type OrderRow } from '@see/db/ra';
import { approvalFault, orderApprovers, readOrderContent, type SignedBy } from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';

/**
 * Takes an approval: its signature, role and independence are checked here so that the approver hears at once what is
 * wrong; the signer checks all of it again and decides. When the quorum is reached the order is handed on.
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
  return withTransaction(ra.db, async (tx) => {
    await insertApproval(tx, {
      orderId: order.id,
      orderDigest: stored.digest,
      credentialId: approval.credentialId,
      personId,
      signature: approval.signature,
    });
    const all = await listApprovals(tx, order.id);
    const approvers = await orderApprovers(current, content, stored.digest, all);
    const complete = approvers.size >= content.quorum && (await moveOrder(tx, order.id, ['pending'], 'approved', null));
    await writeAudit(tx, [
      {
        kind: 'order.approve',
        outcome: 'success',
        actor: { ...by, personId, role: 'operator', method: 'approval-key' },
        objectType: 'order',
        objectId: order.id,
        detail: { credentialId: approval.credentialId, digest: stored.digest.toHex(), approvals: all.length, complete },
      },
    ]);
    if (complete) await notify(tx, 'see_orders', 0);
    return { approvals: all.length, state: complete ? 'approved' : 'pending' };
  });
}
