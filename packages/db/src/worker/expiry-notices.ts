import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A certificate of which somebody is to be told that it expires. */
export interface DueNotice {
  readonly certificateId: number;
  readonly serial: Uint8Array;
  readonly profileId: string;
  readonly notAfter: Date;
  /** The step that was reached: as many days or less are left. */
  readonly days: number;
  readonly recipient: string;
  /** The agency of the certificate. */
  readonly agencyId: string | null;
}

/**
 * Notices that are due and not asked for, those that expire first first: to the person in the certificate, or, where it
 * names none, to the applicant and the sponsor of its order, and for a gateway to every sponsor of its agency today. Left out is what is revoked, on hold, or has a successor
 * for the same names and profile, and who has left. Steps longer than half the certificate's life do not count.
 */
export async function readDueNotices(
  db: Database,
  now: Date,
  steps: readonly number[],
  limit: number,
): Promise<DueNotice[]> {
  const answer = await sql<DueNotice>`
    with ending as (
      select c.*, (
        select min(step) from unnest(${steps}::integer[]) step
        where c.not_after <= ${now}::timestamptz + make_interval(days => step) and make_interval(days => step) < (c.not_after - c.not_before) / 2
      ) as step
      from certificates c
      where c.not_after > ${now} and c.not_after <= ${now}::timestamptz + make_interval(days => ${Math.max(...steps)}::integer)
        and c.profile_id <> 'ocsp-responder'
        and coalesce((select r.kind from revocations r where r.certificate_id = c.id order by r.id desc limit 1), 'release') = 'release'
        and not exists (
          select from certificates n where n.profile_id = c.profile_id and n.names = c.names and n.agency_id is not distinct from c.agency_id
            and n.person_id is not distinct from c.person_id and n.not_after > c.not_after)
    )
    select e.id as "certificateId", e.serial, e.profile_id as "profileId", e.not_after as "notAfter", e.step as days, p.email as recipient, e.agency_id as "agencyId"
    from ending e left join orders o on o.id = e.order_id
      left join agencies a on a.id = e.agency_id and e.profile_id in ('gateway-sign', 'gateway-encrypt')
      join people p on p.id = e.person_id or (e.person_id is null and (p.id in (o.applicant_id, o.sponsor_id) or p.id in (
        select d->>'personId' from jsonb_array_elements(a.scope->'delegations') d
        where d->>'role' = 'sponsor' and extract(epoch from ${now}::timestamptz) between (d->>'from')::bigint and (d->>'until')::bigint - 1)))
    where e.step is not null and p.email is not null and p.left_at is null
      and not exists (select from expiry_notices n where n.certificate_id = e.id and n.recipient = p.email and n.days <= e.step)
    order by e.not_after, e.id, p.email limit ${limit}`.execute(db);
  return answer.rows;
}

/** Records that notices were asked for. Returns those that were not before. */
export async function insertNotices(tx: Tx, notices: readonly DueNotice[]): Promise<readonly DueNotice[]> {
  const answer = await sql<{ id: number }>`
    insert into expiry_notices (certificate_id, days, recipient)
    select * from unnest(${notices.map((one) => one.certificateId)}::bigint[], ${notices.map((one) => one.days)}::integer[],
      ${notices.map((one) => one.recipient)}::text[])
    on conflict do nothing returning certificate_id as id`.execute(tx);
  const fresh = new Set(answer.rows.map(({ id }) => id));
  return notices.filter(({ certificateId }) => fresh.has(certificateId));
}

/** A certificate as its notice names it. */
export type EndingRow = Pick<DueNotice, 'certificateId' | 'serial' | 'profileId' | 'notAfter'> & {
  readonly sha256: string;
};

/** Of these certificates those that are still worth a notice: neither ended nor revoked nor on hold. */
export async function readEndingCertificates(db: Database, ids: readonly number[]): Promise<EndingRow[]> {
  const answer = await sql<EndingRow>`
    select c.id as "certificateId", encode(c.sha256, 'hex') as sha256, c.serial, c.profile_id as "profileId", c.not_after as "notAfter" from certificates c
    where c.id = any(${ids}::bigint[]) and c.not_after > clock_timestamp()
      and coalesce((select r.kind from revocations r where r.certificate_id = c.id order by r.id desc limit 1), 'release') = 'release'
    order by c.not_after, c.id`.execute(db);
  return answer.rows;
}
