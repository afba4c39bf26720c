import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A certificate that is named in a digest. */
export interface DigestCertificate {
  readonly serial: Uint8Array;
  readonly agencyId: string | null;
  readonly profileId: string;
  readonly since: Date;
}

/** What the digest of a day tells of. */
export interface DigestRows {
  readonly ending: readonly {
    readonly days: number;
    readonly agencyId: string | null;
    readonly profileId: string;
    readonly count: number;
    readonly firstEnd: Date;
  }[];
  readonly waiting: { readonly count: number; readonly oldest: Date | null };
  readonly failed: { readonly mails: number; readonly orders: number };
  readonly unconfirmed: readonly DigestCertificate[];
  readonly overlapOver: readonly DigestCertificate[];
}

const LAST_STATUS = sql`coalesce((select r.kind from revocations r where r.certificate_id = c.id order by r.id desc limit 1), 'release')`;

/** Reads what a digest at a time tells of; `steps` in days. What was refused or could not be mailed counts for `failedWithinHours`. */
export async function readDigest(
  db: Database,
  now: Date,
  options: { readonly steps: readonly number[]; readonly failedWithinHours: number; readonly unconfirmedDays: number },
): Promise<DigestRows> {
  const { steps, failedWithinHours, unconfirmedDays } = options;
  const since = new Date(now.getTime() - failedWithinHours * 3_600_000);
  const ending = await sql<DigestRows['ending'][number]>`
    select days, agency_id as "agencyId", profile_id as "profileId", count(*)::integer as count, min(not_after) as "firstEnd"
    from (
      select c.*, (select min(step) from unnest(${steps}::integer[]) step where c.not_after <= ${now}::timestamptz + make_interval(days => step)) as days
      from certificates c
      where c.not_after > ${now} and c.not_after <= ${now}::timestamptz + make_interval(days => ${Math.max(...steps)}::integer)
        and c.profile_id <> 'ocsp-responder' and ${LAST_STATUS} = 'release'
        and not exists (
          select from certificates n where n.profile_id = c.profile_id and n.names = c.names and n.agency_id is not distinct from c.agency_id
            and n.person_id is not distinct from c.person_id and n.not_after > c.not_after)
    ) c group by days, agency_id, profile_id order by days, agency_id, profile_id`.execute(db);
  const counts = await sql<{ count: number; oldest: Date | null; mails: number; orders: number }>`
    select count(*)::integer as count, min(created_at) as oldest,
      (select count(*)::integer from mails where state = 'failed' and updated_at > ${since}) as mails,
      (select count(*)::integer from order_refusals where refused_at > ${since}) as orders
    from orders where state = 'pending'`.execute(db);
  const unconfirmed = await sql<DigestCertificate>`
    select c.serial, c.agency_id as "agencyId", c.profile_id as "profileId", c.issued_at as since
    from directory_rules d join certificates c on c.id = d.certificate_id
    where d.waits and d.issued_at <= ${now}::timestamptz - make_interval(days => ${unconfirmedDays}::integer) and c.not_after > ${now} and ${LAST_STATUS} = 'release'
    order by c.issued_at, c.id limit 200`.execute(db);
  const overlapOver = await sql<DigestCertificate>`
    select c.serial, c.agency_id as "agencyId", c.profile_id as "profileId", min(s.since) as since
    from superseded_certificates s join certificates c on c.id = s.certificate_id
    where c.profile_id in ('gateway-sign', 'gateway-encrypt') and s.overlap_ends_at <= ${now} and c.not_after > ${now} and ${LAST_STATUS} = 'release'
    group by c.id, c.serial, c.agency_id, c.profile_id order by since, c.id limit 200`.execute(db);
  const [first] = counts.rows;
  return {
    ending: ending.rows,
    waiting: { count: first?.count ?? 0, oldest: first?.oldest ?? null },
    failed: { mails: first?.mails ?? 0, orders: first?.orders ?? 0 },
    unconfirmed: unconfirmed.rows,
    overlapOver: overlapOver.rows,
  };
}

/** Addresses of these people, without those who have left. */
export async function readAddresses(db: Database, personIds: readonly string[]): Promise<string[]> {
  const answer = await sql<{ email: string }>`
    select distinct email from people where id = any(${personIds as string[]}::text[]) and email is not null and left_at is null
    order by email`.execute(db);
  return answer.rows.map(({ email }) => email);
}

/** Asks for the digest of a day to one operator; false when it was asked for before. */
export async function askForDigest(tx: Tx, day: string, recipient: string): Promise<boolean> {
  const inserted = await sql`
    insert into operator_digests (day, recipient) values (${day}::date, ${recipient}) on conflict do nothing`.execute(
    tx,
  );
  if (inserted.numAffectedRows !== 1n) return false;
  await tx
    .insertInto('mails')
    .values({ template: 'digest', recipient, agency_id: null, detail: JSON.stringify({ day }) })
    .execute();
  return true;
}
