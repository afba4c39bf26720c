import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A record with its dates: who says since when that it is right, and when it has to be looked at again. */
export interface DatedRecord {
  readonly kind: 'agency' | 'delegation' | 'domain' | 'evidence' | 'person';
  readonly id: string;
  readonly agencyId: string | null;
  readonly name: string;
  readonly asOf: Date;
  /** Person ids; empty where nobody noted it. */
  readonly by: readonly string[];
  readonly nextReviewAt: Date;
}

/** The place after which a page of records starts. */
export interface RecordKey {
  readonly nextReviewAt: Date;
  readonly kind: string;
  readonly id: string;
}

export interface RecordFilter {
  readonly agencyId?: string;
  readonly kind?: DatedRecord['kind'];
  /** Those to be reviewed after this time, and until that. */
  readonly after?: Date;
  readonly until?: Date;
}

/**
 * Records of people and of the newest evidence of each kind about them, by review date. `clocks` is for how many days each kind
 * of evidence counts; kinds that are not among them never do.
 */
export async function listPersonalRecords(
  db: Database,
  filter: RecordFilter,
  clocks: ReadonlyMap<string, number>,
  size: number,
  place: RecordKey | undefined,
): Promise<DatedRecord[]> {
  const answer = await sql<Omit<DatedRecord, 'by'> & { by: string | null }>`
    select kind, id, agency_id as "agencyId", name, as_of as "asOf", by, next_review_at as "nextReviewAt" from (
      select 'person' as kind, p.id, p.agency_id, p.display_name as name, p.last_verified_at as as_of, p.verified_by as by, p.next_review_at
      from people p where p.left_at is null
      union all
      select 'evidence', e.id::text, p.agency_id, e.kind || ' of ' || p.display_name, e.recorded_at, e.sighted_by,
        least(e.sighted_on + k.days, e.expires_on)::timestamp at time zone 'UTC'
      from (
        select distinct on (i.person_id, i.kind) i.* from evidence_items i
        where not exists (select from evidence_withdrawals w where w.item_id = i.id)
        order by i.person_id, i.kind, i.sighted_on desc, i.id desc
      ) e
      join unnest(${[...clocks.keys()]}::text[], ${[...clocks.values()]}::integer[]) k(kind, days) on k.kind = e.kind
      join people p on p.id = e.person_id and p.left_at is null
    ) r
    where (${filter.agencyId ?? null}::text is null or agency_id = ${filter.agencyId ?? null})
      and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
      and (${filter.after ?? null}::timestamptz is null or next_review_at > ${filter.after ?? null})
      and (${filter.until ?? null}::timestamptz is null or next_review_at <= ${filter.until ?? null})
      and (${place?.nextReviewAt ?? null}::timestamptz is null
        or (next_review_at, kind collate "C", id collate "C") > (${place?.nextReviewAt ?? null}::timestamptz, ${place?.kind ?? null}::text, ${place?.id ?? null}::text))
    order by next_review_at, kind collate "C", id collate "C" limit ${size}`.execute(db);
  return answer.rows.map(({ by, ...row }) => ({ ...row, by: by === null ? [] : [by] }));
}

/** Records that a person's record was found to be right. */
export async function reviewPerson(
  tx: Tx,
  id: string,
  review: { readonly by: string; readonly at: Date; readonly nextReviewAt: Date },
): Promise<void> {
  await tx
    .updateTable('people')
    .set({ last_verified_at: review.at, next_review_at: review.nextReviewAt, verified_by: review.by })
    .where('id', '=', id)
    .execute();
}

/** Of these people those whose record is past its review date. */
export async function findStalePeople(
  db: Database | Tx,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const answer = await sql<{ id: string }>`
    select id from people where id = any(${ids as string[]}::text[]) and next_review_at <= ${now}`.execute(db);
  return new Set(answer.rows.map(({ id }) => id));
}

/** The credentials that signed each of some statements, by digest in hex. */
export async function readStatementSigners(
  db: Database,
  digests: readonly Uint8Array[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (digests.length === 0) return new Map();
  const rows = await db
    .selectFrom('statement_signatures')
    .select(['statement_digest', 'credential_id'])
    .where('statement_digest', 'in', [...digests])
    .orderBy('created_at')
    .execute();
  const found = Map.groupBy(rows, (row) => row.statement_digest.toHex());
  return new Map([...found].map(([digest, list]) => [digest, list.map((row) => row.credential_id)]));
}
