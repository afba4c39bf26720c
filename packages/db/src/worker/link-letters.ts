import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import type { OrderToMail } from './order-mails.ts';

/** A letter with the links of many orders that was asked for. */
export interface AskedLinks {
  readonly mailId: string;
  readonly orderIds: readonly string[];
}

/** Orders in one letter at most: as many as a batch may have. */
const MOST = 5_000;

/**
 * Asks for the letters with the links of orders that were approved in batches, one a sponsor: when none of their orders waits
 * to be opened any more, or the first has been open for `patience` seconds. Left out is who would get the link in the mailbox
 * of the code, and every order that was in such a letter before.
 */
export async function askForLinks(tx: Tx, patience: number): Promise<AskedLinks[]> {
  // One worker at a time: the second sees what the first has asked for.
  await sql`select pg_advisory_xact_lock(hashtext('see letter of links'))`.execute(tx);
  const due = await sql<{ sponsorId: string; recipient: string; agencyId: string; orderIds: string[] }>`
    select o.sponsor_id as "sponsorId", p.email as recipient, min(o.agency_id) as "agencyId",
      (array_agg(o.id::text order by o.created_at, o.id))[1:${sql.lit(MOST)}] as "orderIds"
    from orders o join people p on p.id = o.sponsor_id
    where o.state = 'redeemable' and o.kind = 'person' and p.email is not null and p.left_at is null
      and mailbox_of(p.email) <> mailbox_of(o.deliver_to)
      and exists (select from batch_orders b where b.order_id = o.id)
      and not exists (select from letter_links l where l.order_id = o.id)
    group by o.sponsor_id, p.email
    having min(o.updated_at) < clock_timestamp() - make_interval(secs => ${patience})
      or not exists (
        select from orders w where w.state = 'approved' and w.kind = 'person' and w.sponsor_id = o.sponsor_id
          and exists (select from batch_orders b where b.order_id = w.id))
    order by o.sponsor_id`.execute(tx);
  const asked: AskedLinks[] = [];
  for (const { sponsorId, recipient, agencyId, orderIds } of due.rows) {
    const { id: mailId } = await tx
      .insertInto('mails')
      .values({ template: 'links', recipient, agency_id: agencyId, detail: JSON.stringify({ sponsorId }) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`insert into letter_links (mail_id, order_id) select ${mailId}, unnest(${orderIds}::uuid[])`.execute(tx);
    asked.push({ mailId, orderIds });
  }
  return asked;
}

/** The orders of a letter with links, those that can still be redeemed and those that can not. Nothing of them is verified. */
export async function findOrdersOfLetter(db: Database, mailId: string): Promise<OrderToMail[]> {
  const answer = await sql<OrderToMail>`
    select o.id, o.state, o.use_before <= clock_timestamp() as over, o.content, o.digest,
      coalesce((select json_agg(json_build_object('credentialId', a.credential_id, 'signature', a.signature)) from approvals a where a.order_id = o.id), '[]') as approvals
    from letter_links l join orders o on o.id = l.order_id
    where l.mail_id = ${mailId} order by o.created_at, o.id`.execute(db);
  return answer.rows;
}
