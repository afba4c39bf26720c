import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** A good certificate of an agency that may be issued again under another name of the agency. */
export interface ReissuableCertificate {
  readonly id: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly sha256: Uint8Array;
  readonly profileId: string;
  readonly personId: string | null;
  readonly displayName: string | null;
  readonly names: readonly string[];
  readonly der: Uint8Array;
  /** Type of the order that it came from. */
  readonly typeId: string | null;
  /** The order that replaces it: one that is under way, or one whose certificate is good. */
  readonly replacedBy: string | null;
}

/** States of orders that lead nowhere any more. */
const ENDED = ['rejected', 'refused', 'withdrawn', 'lapsed', 'locked'];

const columns = sql`
  c.id, c.ca, c.serial, c.sha256, c.profile_id as "profileId", c.person_id as "personId", p.display_name as "displayName", c.names, b.der,
  (select o.draft->'items'->0->>'typeId' from orders o where o.id = c.order_id) as "typeId",
  (select n.id from orders n where n.agency_id = c.agency_id and n.draft->'replaces' ? encode(c.sha256, 'hex') and not n.state = any(${ENDED}::text[])
    order by n.created_at desc limit 1) as "replacedBy"`;

const good = sql`
  coalesce((select r.kind from revocations r where r.certificate_id = c.id order by r.id desc limit 1), 'release') = 'release'`;

/**
 * The good certificates of people of an agency, those of `people` persons at a time, by person id; `after` is the last one seen.
 * Who has left is left out. `next` is the person to go on after; null at the end.
 */
export async function listPeoplesCertificates(
  db: Database,
  agencyId: string,
  after: string,
  people: number,
  now: Date,
): Promise<{ readonly certificates: readonly ReissuableCertificate[]; readonly next: string | null }> {
  const page = await sql<{ id: string }>`
    select p.id from people p where p.agency_id = ${agencyId} and p.left_at is null and p.id > ${after}
      and exists (select from certificates c where c.person_id = p.id and c.agency_id = ${agencyId} and c.profile_id like 'user-%' and c.not_after > ${now})
    order by p.id limit ${people}`.execute(db);
  const ids = page.rows.map(({ id }) => id);
  const found = await sql<ReissuableCertificate>`
    select ${columns} from certificates c join certificate_bytes b on b.certificate_id = c.id left join people p on p.id = c.person_id
    where c.person_id = any(${ids}::text[]) and c.agency_id = ${agencyId} and c.profile_id like 'user-%' and c.not_after > ${now} and ${good}
    order by c.person_id, c.id desc`.execute(db);
  return { certificates: found.rows, next: ids.length < people ? null : (ids.at(-1) ?? null) };
}

/** All good certificates of an agency, those of its people and gateways, by id; at most `limit` after `after`. */
export async function listGoodCertificates(
  db: Database,
  agencyId: string,
  after: number,
  limit: number,
  now: Date,
): Promise<readonly ReissuableCertificate[]> {
  const found = await sql<ReissuableCertificate>`
    select ${columns} from certificates c join certificate_bytes b on b.certificate_id = c.id left join people p on p.id = c.person_id
    where c.agency_id = ${agencyId} and c.not_after > ${now} and c.id > ${after} and ${good}
    order by c.id limit ${limit}`.execute(db);
  return found.rows;
}
