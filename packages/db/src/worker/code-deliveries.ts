import type { SignedBy } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A person's order that was opened for redemption and whose code was not recorded as sent. Nothing of it is verified. */
export interface UndeliveredOrder {
  readonly id: string;
  readonly content: Uint8Array;
  readonly digest: Uint8Array;
  readonly approvals: readonly SignedBy[];
}

/** Redeemable orders without a code delivery, oldest first, without those named. */
export async function readUndeliveredOrders(
  db: Database,
  limit: number,
  without: readonly string[],
): Promise<UndeliveredOrder[]> {
  const answer = await sql<UndeliveredOrder>`
    select o.id, o.content, o.digest,
      coalesce((select json_agg(json_build_object('credentialId', a.credential_id, 'signature', a.signature)) from approvals a where a.order_id = o.id), '[]') as approvals
    from orders o
    where o.state = 'redeemable' and o.kind = 'person' and o.content is not null and o.use_before > clock_timestamp()
      and not (o.id = any(${[...without]}::uuid[]))
      and not exists (select from deliveries d where d.order_id = o.id and d.kind = 'code')
    order by o.created_at, o.id limit ${limit}`.execute(db);
  return answer.rows;
}

/** Records that the code was handed over; false when it was recorded before. */
export async function insertCodeDelivery(tx: Tx, orderId: string, recipient: string): Promise<boolean> {
  const answer = await sql`
    insert into deliveries (order_id, kind, recipient) values (${orderId}, 'code', ${recipient})
    on conflict (order_id, kind) do nothing returning id`.execute(tx);
  return answer.rows.length === 1;
}
