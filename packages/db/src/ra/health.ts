import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** How long orders wait: less than a day, less than three, longer. Counts stop at 1,000 orders. */
export interface QueueAges {
  readonly plain: readonly [number, number, number];
  readonly withRisk: readonly [number, number, number];
}

const MOST = 1_000;
const DAY = 86_400_000;

/** The queue by age and risk. */
export async function readQueueAges(db: Database, now: Date, agencyId: string | undefined): Promise<QueueAges> {
  let query = db
    .selectFrom('orders')
    .select(['created_at', sql<boolean>`risk is not null`.as('risk')])
    .where('state', '=', 'pending')
    .orderBy('created_at')
    .limit(MOST);
  if (agencyId !== undefined) query = query.where('agency_id', '=', agencyId);
  const ages: Record<'plain' | 'withRisk', [number, number, number]> = { plain: [0, 0, 0], withRisk: [0, 0, 0] };
  for (const { created_at: at, risk } of await query.execute()) {
    const days = (now.getTime() - at.getTime()) / DAY;
    ages[risk ? 'withRisk' : 'plain'][days < 1 ? 0 : days < 3 ? 1 : 2] += 1;
  }
  return ages;
}

/** How many certificates of people, gateways and servers end within 7, 30 and 90 days and are not revoked; at most 1,000 each. */
export async function countExpiring(
  db: Database,
  now: Date,
  agencyId: string | undefined,
): Promise<readonly [number, number, number]> {
  const until = (days: number): Date => new Date(now.getTime() + days * DAY);
  const answer = await sql<{ week: number; month: number; quarter: number }>`
    select count(*) filter (where not_after < ${until(7)})::integer as week,
      count(*) filter (where not_after < ${until(30)})::integer as month, count(*)::integer as quarter
    from (
      select c.not_after from certificates c
      where c.not_after > ${now} and c.not_after < ${until(90)}
        and c.profile_id <> 'ocsp-responder' and (${agencyId ?? null}::text is null or c.agency_id = ${agencyId ?? null})
        and not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')
      order by c.not_after limit ${MOST}) ending`.execute(db);
  const { week = 0, month = 0, quarter = 0 } = answer.rows[0] ?? {};
  return [week, month, quarter];
}

/** How many people's records are past their review; at most 1,000. */
export async function countStalePeople(db: Database, now: Date, agencyId: string | undefined): Promise<number> {
  let query = db
    .selectFrom('people')
    .select('id')
    .where('left_at', 'is', null)
    .where('next_review_at', '<', now)
    .limit(MOST);
  if (agencyId !== undefined) query = query.where('agency_id', '=', agencyId);
  return (await query.execute()).length;
}

/** How signer and log stand, as the database says. */
export interface SigningHealth {
  /** Until when the signer holds its lease; undefined when nobody ever took it. */
  readonly leaseUntil: Date | undefined;
  readonly logSize: number;
  readonly checkpoint: { readonly size: number; readonly signedAt: Date } | undefined;
  /** Events that are not in the log yet, at most 1,000, and the time of the first of them. */
  readonly outsideLog: { readonly events: number; readonly since: Date | undefined };
  /** The newest certificate of an OCSP key of each CA. */
  readonly ocspKeys: readonly { readonly ca: string; readonly notAfter: Date }[];
}

export async function readSigningHealth(db: Database): Promise<SigningHealth> {
  const [lease, last, checkpoint, ocspKeys] = await Promise.all([
    db.selectFrom('leases').select('expires_at').where('name', '=', 'signer').executeTakeFirst(),
    db.selectFrom('log_entries').select(['seq', 'event_id']).orderBy('seq', 'desc').limit(1).executeTakeFirst(),
    db
      .selectFrom('checkpoints')
      .select(['tree_size', 'signed_at'])
      .orderBy('tree_size', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('certificates')
      .distinctOn('ca')
      .select(['ca', 'not_after'])
      .where('profile_id', '=', 'ocsp-responder')
      .orderBy('ca')
      .orderBy('id', 'desc')
      .execute(),
  ]);
  const outside = await db
    .selectFrom('audit_events')
    .select('at')
    .where('id', '>', last?.event_id ?? 0)
    .orderBy('id')
    .limit(MOST)
    .execute();
  return {
    leaseUntil: lease?.expires_at,
    logSize: last ? last.seq + 1 : 0,
    checkpoint: checkpoint && { size: checkpoint.tree_size, signedAt: checkpoint.signed_at },
    outsideLog: { events: outside.length, since: outside[0]?.at },
    ocspKeys: ocspKeys.map((row) => ({ ca: row.ca, notAfter: row.not_after })),
  };
}

/** When the first list of a scope above a number was made; undefined where that is the last. */
export async function readFirstCrlAbove(
  db: Database,
  ca: string,
  scope: string,
  number: number,
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('crls')
    .select('this_update')
    .where('ca', '=', ca)
    .where('scope', '=', scope)
    .where('number', '>', number)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row?.this_update;
}

/** The serial number of the newest certificate of each CA, to ask about it. */
export async function readNewestSerials(
  db: Database,
): Promise<readonly { readonly ca: string; readonly serial: Uint8Array }[]> {
  const answer = await sql<{ ca: string; serial: Uint8Array }>`
    select a.id as ca, c.serial from cas a
    cross join lateral (select serial from certificates where ca = a.id order by id desc limit 1) c
    order by a.id`.execute(db);
  return answer.rows;
}
