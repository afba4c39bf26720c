import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** What the catalogue says of a service or site. */
export interface ServiceEntry {
  readonly id: string;
  readonly agencyId: string;
  readonly kind: 'service' | 'site';
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly highRisk: boolean;
}

/** An entry with what is known about it at a time. */
export interface ServiceRow extends ServiceEntry {
  readonly createdAt: Date;
  /** Day of the last review of its content, `2026-11-22`; null when there was none. */
  readonly reviewedOn: string | null;
  readonly openFindings: number;
  /** The day by which the next of them is due. */
  readonly findingDueOn: string | null;
  /** Our newest certificate that is good for its host. */
  readonly certificate: { readonly sha256: Uint8Array; readonly notAfter: Date } | null;
  /** What its site showed when it was last looked at. */
  readonly observation: SiteObservation | null;
}

export interface SiteObservation {
  readonly seenAt: Date;
  readonly sha256: Uint8Array | null;
  readonly issuer: string | null;
  readonly notAfter: Date | null;
  /** Why nothing was seen. */
  readonly fault: string | null;
}

interface RawRow extends Omit<ServiceRow, 'certificate' | 'observation'> {
  readonly certificateSha256: Uint8Array | null;
  readonly certificateNotAfter: Date | null;
  readonly seenAt: Date | null;
  readonly seenSha256: Uint8Array | null;
  readonly seenIssuer: string | null;
  readonly seenNotAfter: Date | null;
  readonly seenFault: string | null;
}

/** Entries that were not removed, by name; of one agency where it is named, or the one entry. */
export async function listServices(
  db: Database,
  now: Date,
  { agencyId = null, id = null }: { readonly agencyId?: string | null; readonly id?: string | null } = {},
): Promise<readonly ServiceRow[]> {
  const { rows } = await sql<RawRow>`
    select s.id, s.agency_id as "agencyId", s.kind, s.name, s.url, s.host, s.port, s.high_risk as "highRisk",
      s.created_at as "createdAt", v.reviewed_on::text as "reviewedOn",
      coalesce(f.open, 0)::int as "openFindings", f.due_on::text as "findingDueOn",
      c.sha256 as "certificateSha256", c.not_after as "certificateNotAfter",
      o.seen_at as "seenAt", o.sha256 as "seenSha256", o.issuer as "seenIssuer", o.not_after as "seenNotAfter",
      o.fault as "seenFault"
    from services s
    left join lateral (select max(reviewed_on) as reviewed_on from service_reviews where service_id = s.id) v on true
    left join lateral (
      select count(*) as open, min(due_on) as due_on from service_findings g
      where g.service_id = s.id and not exists (select from service_finding_ends e where e.finding_id = g.id)) f on true
    left join lateral (
      select c.sha256, c.not_after from certificates c
      where c.names @> array[s.host] and c.profile_id = 'tls-server' and c.not_after > ${now}
        and not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')
      order by c.not_after desc limit 1) c on true
    left join site_observations o on o.service_id = s.id
    where s.removed_at is null and (${agencyId}::text is null or s.agency_id = ${agencyId})
      and (${id}::uuid is null or s.id = ${id}::uuid)
    order by s.name, s.id`.execute(db);
  return rows.map(rowOf);
}

function rowOf(row: RawRow): ServiceRow {
  const { certificateSha256, certificateNotAfter, seenAt, seenSha256, seenIssuer, seenNotAfter, seenFault, ...entry } =
    row;
  return {
    ...entry,
    certificate:
      certificateSha256 && certificateNotAfter ? { sha256: certificateSha256, notAfter: certificateNotAfter } : null,
    observation: seenAt && {
      seenAt,
      sha256: seenSha256,
      issuer: seenIssuer,
      notAfter: seenNotAfter,
      fault: seenFault,
    },
  };
}

/** Adds an entry; false when an entry with this address is there already. */
export async function insertService(tx: Tx, entry: ServiceEntry, by: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('services')
    .values({
      id: entry.id,
      agency_id: entry.agencyId,
      kind: entry.kind,
      name: entry.name,
      url: entry.url,
      host: entry.host,
      port: entry.port,
      high_risk: entry.highRisk,
      created_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes an entry out of the catalogue; false when it was out. */
export async function removeService(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('services')
    .set({ removed_at: at, removed_by: by })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface ServiceReview {
  readonly reviewedOn: string;
  readonly note: string;
  readonly reviewedBy: string;
}

export async function insertServiceReview(tx: Tx, serviceId: string, review: ServiceReview): Promise<void> {
  await tx
    .insertInto('service_reviews')
    .values({
      service_id: serviceId,
      reviewed_on: review.reviewedOn,
      note: review.note,
      reviewed_by: review.reviewedBy,
    })
    .execute();
}

/** The reviews of an entry, the latest first; at most 50. */
export async function listServiceReviews(db: Database, serviceId: string): Promise<readonly ServiceReview[]> {
  const rows = await db
    .selectFrom('service_reviews')
    .select([sql<string>`reviewed_on::text`.as('reviewedOn'), 'note', 'reviewed_by as reviewedBy'])
    .where('service_id', '=', serviceId)
    .orderBy('reviewed_on', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  return rows;
}

export interface ServiceFinding {
  readonly id: number;
  readonly text: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly recordedBy: string;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly closingNote: string | null;
}

export async function insertServiceFinding(
  tx: Tx,
  serviceId: string,
  finding: Pick<ServiceFinding, 'text' | 'owner' | 'dueOn' | 'recordedBy'>,
): Promise<number> {
  const row = await tx
    .insertInto('service_findings')
    .values({
      service_id: serviceId,
      text: finding.text,
      owner: finding.owner,
      due_on: finding.dueOn,
      recorded_by: finding.recordedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The findings about an entry, the open ones first by the day on which they are due; at most 200. */
export async function listServiceFindings(db: Database | Tx, serviceId: string): Promise<readonly ServiceFinding[]> {
  const rows = await db
    .selectFrom('service_findings as f')
    .leftJoin('service_finding_ends as e', 'e.finding_id', 'f.id')
    .select([
      'f.id',
      'f.text',
      'f.owner',
      sql<string>`f.due_on::text`.as('dueOn'),
      'f.recorded_by as recordedBy',
      'e.closed_at as closedAt',
      'e.closed_by as closedBy',
      'e.note as closingNote',
    ])
    .where('f.service_id', '=', serviceId)
    .orderBy(sql`e.closed_at nulls first`)
    .orderBy('f.due_on')
    .orderBy('f.id')
    .limit(200)
    .execute();
  return rows;
}

/** Closes a finding about an entry; false when there is none that is open under this number. */
export async function endServiceFinding(
  tx: Tx,
  serviceId: string,
  id: number,
  { note, by }: { readonly note: string; readonly by: string },
): Promise<boolean> {
  const { rows } = await sql<{ finding_id: number }>`
    insert into service_finding_ends (finding_id, note, closed_by)
    select id, ${note}, ${by} from service_findings where id = ${id} and service_id = ${serviceId}
    on conflict do nothing returning finding_id`.execute(tx);
  return rows.length > 0;
}
