import { type AuditActor, inBatches, notify, type Tx, withTransaction, writeAudit } from '@see/db';
import { insertApprovals, moveOrders, type NewApproval, readApprovals } from '@see/db/ra';
import {
  approversFault,
  credentialSignature,
  eligibleApprovers,
  isBatchSignature,
  type OrderContent,
} from '@see/domain';
import { isWebauthnSignature } from '@see/statement';
import type { Ra } from '../ra.ts';

export interface ApprovalToRecord {
  readonly approval: NewApproval;
  readonly content: OrderContent;
  readonly by: AuditActor;
}

interface Recorded {
  readonly approvals: number;
  readonly state: 'pending' | 'approved';
}

/**
 * Records an approval whose signature was verified, and hands the order on once its quorum is reached. Approvals that
 * come at the same time share one transaction and one hint to the signer, which verifies all of them again.
 */
export const recordApproval = inBatches(
  (ra: Ra, given: readonly ApprovalToRecord[]): Promise<readonly Recorded[]> =>
    withTransaction(ra.db, (tx) => recordApprovals(tx, ra, given)),
);

/** The same for approvals of one act, in the caller's transaction. */
export async function recordApprovals(
  tx: Tx,
  ra: Ra,
  given: readonly ApprovalToRecord[],
): Promise<readonly Recorded[]> {
  await insertApprovals(
    tx,
    given.map(({ approval }) => approval),
  );
  const all = await readApprovals(tx, [...new Set(given.map(({ approval }) => approval.orderId))]);
  const counted = given.map(({ approval: { orderId }, content }) => {
    const recorded = all.get(orderId) ?? [];
    const approvers = eligibleApprovers(ra.authority.current, content, recorded);
    return { orderId, approvals: recorded.length, enough: approversFault(content, approvers) === undefined };
  });
  const enough = counted.filter((one) => one.enough).map(({ orderId }) => orderId);
  const moved = await moveOrders(tx, [...new Set(enough)], 'complete');
  await writeAudit(
    tx,
    given.map(({ approval, by }, index) => ({
      kind: 'order.approve',
      outcome: 'success',
      actor: { ...by, personId: approval.personId, role: 'operator', method: methodOf(approval) },
      objectType: 'order',
      objectId: approval.orderId,
      detail: {
        credentialId: approval.credentialId,
        digest: approval.orderDigest.toHex(),
        approvals: counted[index]?.approvals ?? 0,
        complete: moved.has(approval.orderId),
        inBatch: isBatchSignature(approval.signature),
      },
    })),
  );
  if (moved.size > 0) await notify(tx, 'see_orders', 0);
  return counted.map(({ orderId, approvals }) => ({ approvals, state: moved.has(orderId) ? 'approved' : 'pending' }));
}

function methodOf({ signature }: NewApproval): string {
  return isWebauthnSignature(credentialSignature(signature)) ? 'passkey' : 'approval-key';
}
