import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { AccessReviews } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

export type ReviewedRole = AccessReviews['role'];

/** A staff role that somebody has, since when, and when somebody else last looked at it. */
export interface StaffAccess {
  readonly personId: string;
  /** Null when the person is not in the registry. */
  readonly displayName: string | null;
  readonly role: ReviewedRole;
  /** When the statement that grants it was accepted. */
  readonly grantedAt: Date;
  readonly reviewedAt: Date | null;
  readonly reviewedBy: string | null;
}

/** Staff roles that were granted and not removed, with their latest review since the grant. */
export async function readStaffAccess(db: Database): Promise<readonly StaffAccess[]> {
  const answer = await sql<{
    person_id: string;
    display_name: string | null;
    role: ReviewedRole;
    granted_at: Date;
    reviewed_at: Date | null;
    reviewed_by: string | null;
  }>`
    select distinct on (g.person_id, g.role)
      g.person_id, p.display_name, g.role, c.accepted_at as granted_at, r.reviewed_at, r.reviewed_by
    from role_grants g
    join authority_chain c on c.statement_digest = g.statement_digest
    left join people p on p.id = g.person_id
    left join access_reviews r on r.person_id = g.person_id and r.role = g.role and r.reviewed_at >= c.accepted_at
    where g.removed_at is null and g.role not in ('sponsor', 'registration-agent')
    order by g.person_id, g.role, c.accepted_at desc, r.reviewed_at desc nulls last`.execute(db);
  return answer.rows.map((row) => ({
    personId: row.person_id,
    displayName: row.display_name,
    role: row.role,
    grantedAt: row.granted_at,
    reviewedAt: row.reviewed_at,
    reviewedBy: row.reviewed_by,
  }));
}

/** Records that somebody looked at a role of somebody else. The schema refuses one's own (23514). */
export async function insertAccessReview(
  tx: Tx,
  review: {
    readonly personId: string;
    readonly role: ReviewedRole;
    readonly reviewedBy: string;
    readonly note: string;
    readonly reviewedAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto('access_reviews')
    .values({
      person_id: review.personId,
      role: review.role,
      reviewed_by: review.reviewedBy,
      note: review.note,
      reviewed_at: review.reviewedAt,
    })
    .execute();
}
