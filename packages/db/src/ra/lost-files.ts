import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A person who has certificates that may be lost. */
export interface Loser {
  readonly personId: string;
  readonly agencyId: string | null;
  readonly address: string;
}

/** Who has this mail address and a personal certificate that has not ended; there may be several, or nobody. */
export async function findLosers(db: Database, address: string, now: Date): Promise<readonly Loser[]> {
  const answer = await sql<Loser>`
    select p.id as "personId", p.agency_id as "agencyId", p.email as address from people p
    where lower(p.email) = ${address.toLowerCase()} and p.left_at is null
      and exists (select from certificates c where c.person_id = p.id and c.profile_id like 'user-%' and c.not_after > ${now})
    order by p.id limit 5`.execute(db);
  return answer.rows;
}

/** Asks for the letter with the link; false when one was asked for within the last ten minutes, or five in a day. */
export async function askForReissueLink(tx: Tx, id: string, { personId, agencyId, address }: Loser): Promise<boolean> {
  const made = await sql`
    insert into mailbox_checks (id, person_id, address, asked_by, purpose)
    select ${id}, ${personId}, ${address}, 'portal', 'reissue' from (
      select count(*) as many, max(asked_at) as last from mailbox_checks
      where person_id = ${personId} and purpose = 'reissue' and asked_at > clock_timestamp() - interval '1 day'
    ) before where many < 5 and (last is null or last < clock_timestamp() - interval '10 minutes')
    returning id`.execute(tx);
  if (made.rows.length === 0) return false;
  await tx
    .insertInto('mails')
    .values({
      template: 'reissue',
      recipient: address,
      agency_id: agencyId,
      detail: JSON.stringify({ checkId: id }),
    })
    .execute();
  return true;
}

/** Notes what an order for lost certificates replaces. The schema holds link, order and certificates to one person (SE040). */
export async function insertLostFile(
  tx: Tx,
  lost: { readonly orderId: string; readonly checkId: string; readonly certificateIds: readonly number[] },
): Promise<void> {
  await tx
    .insertInto('lost_files')
    .values({ order_id: lost.orderId, check_id: lost.checkId, certificate_ids: [...lost.certificateIds] })
    .execute();
}

/** Lost certificates whose order was issued, that are still not revoked and have not ended. */
export async function listLostAndReplaced(db: Database, now: Date, limit: number): Promise<readonly number[]> {
  const answer = await sql<{ id: number }>`
    select c.id from lost_files l join orders o on o.id = l.order_id and o.state = 'issued'
      join certificates c on c.id = any(l.certificate_ids) and c.not_after > ${now}
    where not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')
    order by c.id limit ${limit}`.execute(db);
  return answer.rows.map(({ id }) => id);
}
