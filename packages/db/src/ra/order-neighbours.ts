import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { OrderKey } from './orders.ts';

/** Whose queue it is: orders of which they are a party, which they entered or approved already, are not in it. */
export interface QueueReader {
  readonly personId: string;
  /** Undefined for those who see all agencies. */
  readonly agencyId: string | undefined;
}

/**
 * The orders that wait for a reader's decision before and after a place in the queue, the oldest first; from the end it
 * goes on at the start. The order at the place itself is never among them. Undefined where nothing else waits.
 */
export async function findOrderNeighbours(
  db: Database,
  { personId, agencyId }: QueueReader,
  { createdAt, id }: OrderKey,
): Promise<{ readonly previous: string | undefined; readonly next: string | undefined }> {
  const waiting = sql`
    from orders o where o.state = 'pending' and o.id <> ${id}::uuid
      and (${agencyId ?? null}::text is null or o.agency_id = ${agencyId ?? null}::text)
      and o.created_by <> ${personId} and o.applicant_id <> ${personId} and o.sponsor_id <> ${personId}
      and o.agent_id is distinct from ${personId}
      and not exists (select from approvals a where a.order_id = o.id and a.person_id = ${personId})`;
  const answer = await sql<{ previous: string | null; next: string | null }>`
    select
      (select o.id ${waiting} and (o.created_at, o.id) < (${createdAt}, ${id}::uuid)
        order by o.created_at desc, o.id desc limit 1) as previous,
      coalesce(
        (select o.id ${waiting} and (o.created_at, o.id) > (${createdAt}, ${id}::uuid)
          order by o.created_at, o.id limit 1),
        (select o.id ${waiting} order by o.created_at, o.id limit 1)) as next`.execute(db);
  const [row] = answer.rows;
  return { previous: row?.previous ?? undefined, next: row?.next ?? undefined };
}
