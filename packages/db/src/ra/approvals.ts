import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

export interface Approval {
  readonly orderDigest: Uint8Array;
  readonly credentialId: string;
  readonly personId: string;
  readonly signature: unknown;
  readonly createdAt: Date;
}

/**
 * Records an approval; the schema takes the person from the credential and refuses removed credentials, other content,
 * parties to the order, other states and a second approval by the same person (see recognise in ra).
 */
export async function insertApproval(
  tx: Tx,
  approval: {
    readonly orderId: string;
    readonly orderDigest: Uint8Array;
    readonly credentialId: string;
    readonly personId: string;
    readonly signature: unknown;
  },
): Promise<void> {
  await tx
    .insertInto('approvals')
    .values({
      order_id: approval.orderId,
      order_digest: approval.orderDigest,
      credential_id: approval.credentialId,
      person_id: approval.personId,
      signature: JSON.stringify(approval.signature),
    })
    .execute();
}

/** The approvals of an order, the first first. */
export async function listApprovals(db: Database | Tx, orderId: string): Promise<readonly Approval[]> {
  const rows = await db
    .selectFrom('approvals')
    .select(['order_digest', 'credential_id', 'person_id', 'signature', 'created_at'])
    .where('order_id', '=', orderId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    orderDigest: row.order_digest,
    credentialId: row.credential_id,
    personId: row.person_id,
    signature: row.signature,
    createdAt: row.created_at,
  }));
}
