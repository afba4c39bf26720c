import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** The calendar in which days and months of figures are counted. */
const ZONE = sql.lit('Pacific/Auckland');

/** From when (inclusive) until when (exclusive). */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** Certificates that end in a month (`2026-11`) and that nobody revoked. */
export interface ExpiryCount {
  readonly month: string;
  readonly count: number;
}

/** When certificates end, from now on, months without any left out. OCSP responders are not counted anywhere here. */
export async function countExpiries(db: Database, { from, until }: Span): Promise<readonly ExpiryCount[]> {
  const { rows } = await sql<ExpiryCount>`
    select to_char(c.not_after at time zone ${ZONE}, 'YYYY-MM') as month, count(*)::int as count
    from certificates c
    where c.not_after >= ${from} and c.not_after < ${until} and c.profile_id <> 'ocsp-responder'
      and not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')
    group by 1 order by 1`.execute(db);
  return rows;
}

export interface DayCount {
  /** `2026-11-22` */
  readonly day: string;
  readonly issued: number;
  readonly revoked: number;
}

/** Certificates issued and revoked on each day of a span; days without any left out. */
export async function countDays(db: Database, { from, until }: Span): Promise<readonly DayCount[]> {
  const { rows } = await sql<DayCount>`
    select to_char(at at time zone ${ZONE}, 'YYYY-MM-DD') as day,
      count(*) filter (where issued)::int as issued, count(*) filter (where not issued)::int as revoked
    from (
      select issued_at as at, true as issued from certificates
        where issued_at >= ${from} and issued_at < ${until} and profile_id <> 'ocsp-responder'
      union all
      select revoked_at, false from revocations
        where kind = 'revoke' and revoked_at >= ${from} and revoked_at < ${until}) as happened
    group by 1 order by 1`.execute(db);
  return rows;
}

export interface ReasonCount {
  /** CRLReason of RFC 5280 section 5.3.1. */
  readonly reason: number;
  readonly count: number;
}

/** Revocations of a span by reason. */
export async function countReasons(db: Database, { from, until }: Span): Promise<readonly ReasonCount[]> {
  const { rows } = await sql<ReasonCount>`
    select reason, count(*)::int as count from revocations
    where kind = 'revoke' and revoked_at >= ${from} and revoked_at < ${until}
    group by reason order by count desc, reason`.execute(db);
  return rows;
}

/** Since when each order waits for approval, the oldest first; at most 5,000. */
export async function readWaiting(db: Database): Promise<readonly Date[]> {
  const rows = await db
    .selectFrom('orders')
    .select('created_at')
    .where('state', '=', 'pending')
    .orderBy('created_at')
    .limit(5_000)
    .execute();
  return rows.map((row) => row.created_at);
}

/**
 * Seconds from an order to its decision, of decisions in a span: the approval that made the quorum, or the rejection. At
 * most 20,000, the last ones.
 */
export async function readDecisionTimes(db: Database, { from, until }: Span): Promise<readonly number[]> {
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from (decided_at - created_at))::float8 as seconds from (
      select o.created_at, max(a.created_at) as decided_at from approvals a join orders o on o.id = a.order_id
        where a.created_at >= ${from} and a.created_at < ${until} and o.state not in ('pending', 'rejected')
        group by o.id
      union all
      select created_at, updated_at from orders
        where state = 'rejected' and updated_at >= ${from} and updated_at < ${until}
      order by decided_at desc limit 20000) as decided`.execute(db);
  return rows.map(({ seconds }) => Math.max(0, seconds));
}

export interface AlgorithmCount {
  /** `P-384`, `RSA-3072` … or `other`. */
  readonly algorithm: string;
  readonly profileId: string;
  readonly count: number;
  /** When the last of them ends. */
  readonly lastNotAfter: Date;
}

/** Certificates that are not over and not revoked, by kind of key and profile (GOV-12). */
export async function countAlgorithms(db: Database, now: Date): Promise<readonly AlgorithmCount[]> {
  const { rows } = await sql<AlgorithmCount>`
    select b.key_algorithm as algorithm, c.profile_id as "profileId", count(*)::int as count,
      max(c.not_after) as "lastNotAfter"
    from certificates c join certificate_bytes b on b.certificate_id = c.id
    where c.not_after > ${now}
      and not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')
    group by 1, 2 order by count(*) desc, 1, 2`.execute(db);
  return rows;
}

export interface CrlSize {
  readonly ca: string;
  readonly day: string;
  readonly octets: number;
  readonly entries: number;
}

/** The last CRL of each CA and day of a span. */
export async function readCrlSizes(db: Database, { from, until }: Span): Promise<readonly CrlSize[]> {
  const { rows } = await sql<CrlSize>`
    select distinct on (ca, day) ca, day, octets, entries from (
      select ca, number, to_char(this_update at time zone ${ZONE}, 'YYYY-MM-DD') as day,
        octet_length(der) as octets, entries
      from crls where scope = 'full' and this_update >= ${from} and this_update < ${until}) as made
    order by ca, day, number desc`.execute(db);
  return rows;
}

export interface Totals {
  /** Good on the last moment of the span: issued, not over, not revoked. */
  readonly good: number;
  readonly people: number;
  readonly ordersMade: number;
  readonly ordersRejected: number;
  readonly ordersRefused: number;
  readonly recoveries: number;
  readonly statements: number;
  readonly failedMails: number;
}

/** Numbers of a span, and of its end. */
export async function readTotals(db: Database, { from, until }: Span): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select
      (select count(*)::int from certificates c where c.issued_at < ${until} and c.not_after >= ${until}
        and c.profile_id <> 'ocsp-responder' and not exists (select from revocations r
          where r.certificate_id = c.id and r.kind = 'revoke' and r.revoked_at < ${until})) as good,
      (select count(distinct c.person_id)::int from certificates c where c.issued_at < ${until}
        and c.not_after >= ${until} and not exists (select from revocations r
          where r.certificate_id = c.id and r.kind = 'revoke' and r.revoked_at < ${until})) as people,
      (select count(*)::int from orders where created_at >= ${from} and created_at < ${until}) as "ordersMade",
      (select count(*)::int from orders where state = 'rejected' and updated_at >= ${from}
        and updated_at < ${until}) as "ordersRejected",
      (select count(*)::int from order_refusals where refused_at >= ${from} and refused_at < ${until}) as "ordersRefused",
      (select count(*)::int from recoveries where created_at >= ${from} and created_at < ${until}) as recoveries,
      (select count(*)::int from authority_chain where accepted_at >= ${from} and accepted_at < ${until}) as statements,
      (select count(*)::int from mails where state = 'failed' and updated_at >= ${from}
        and updated_at < ${until}) as "failedMails"`.execute(db);
  const [totals] = rows;
  if (!totals) throw new Error('the database counted nothing');
  return totals;
}

/** When the instance's first statement was accepted. */
export async function readBeginning(db: Database): Promise<Date | undefined> {
  const row = await db.selectFrom('authority_chain').select('accepted_at').orderBy('seq').limit(1).executeTakeFirst();
  return row?.accepted_at;
}
