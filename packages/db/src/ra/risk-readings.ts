import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** Ids and display names of everybody who is with an agency now. */
export async function readAgencyNames(
  db: Database | Tx,
  agencyId: string,
): Promise<readonly { readonly id: string; readonly displayName: string }[]> {
  return db
    .selectFrom('people')
    .select(['id', 'display_name as displayName'])
    .where('agency_id', '=', agencyId)
    .where('left_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Orders that a person made after a time, those of imports left out; counted as far as `most`. */
export async function countOrdersBy(db: Database | Tx, personId: string, after: Date, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select from orders o where o.created_by = ${personId} and o.created_at > ${after}
        and not exists (select from import_rows r where r.order_id = o.id)
      limit ${most}) as recent`.execute(db);
  return rows[0]?.count ?? 0;
}
