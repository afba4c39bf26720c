import type { SignedBy } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A person's order that a mail is about. Nothing of it is verified. */
export interface OrderToMail {
  readonly id: string;
  readonly state: string;
  /** Whether its time is over, by the database's clock. */
  readonly over: boolean;
  readonly content: Uint8Array | null;
  readonly digest: Uint8Array | null;
  readonly approvals: readonly SignedBy[];
}

export async function findOrderToMail(db: Database, id: string): Promise<OrderToMail | undefined> {
  const answer = await sql<OrderToMail>`
    select o.id, o.state, o.use_before <= clock_timestamp() as over, o.content, o.digest,
      coalesce((select json_agg(json_build_object('credentialId', a.credential_id, 'signature', a.signature)) from approvals a where a.order_id = o.id), '[]') as approvals
    from orders o where o.id = ${id} and o.kind = 'person'`.execute(db);
  return answer.rows[0];
}

/** Name and address of a person as the registry has them; undefined for nobody, and for who has left. */
export async function findCorrespondent(
  db: Database,
  personId: string,
): Promise<{ readonly name: string; readonly email: string | null } | undefined> {
  const row = await db
    .selectFrom('people')
    .select(['display_name', 'email'])
    .where('id', '=', personId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row && { name: row.display_name, email: row.email };
}

/** Whether two addresses lead to one mailbox: case and what follows a plus sign do not count. */
export async function sameMailbox(db: Database, one: string, other: string): Promise<boolean> {
  const answer = await sql<{ same: boolean }>`select mailbox_of(${one}) = mailbox_of(${other}) as same`.execute(db);
  return answer.rows[0]?.same ?? true;
}

/** Records that code or link of orders was handed over; what was recorded before stays as it is. */
export async function insertDeliveries(
  tx: Tx,
  orderIds: readonly string[],
  kind: 'code' | 'link',
  recipient: string,
): Promise<void> {
  await sql`
    insert into deliveries (order_id, kind, recipient) select unnest(${orderIds}::uuid[]), ${kind}, ${recipient}
    on conflict (order_id, kind) do nothing`.execute(tx);
}
