import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, likePrefix, type Page } from './page.ts';

export interface CertificateRow {
  readonly id: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly orderId: string | null;
  readonly agencyId: string | null;
  readonly personId: string | null;
  readonly profileId: string;
  readonly subject: string;
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spkiSha256: Uint8Array;
  readonly sha256: Uint8Array;
  readonly issuedAt: Date;
}

/** What to look for. All that are given must hold. */
export interface CertificateFilter {
  readonly agencyId?: string;
  readonly personId?: string;
  readonly profileId?: string;
  /** Leaves out the short-lived certificates that our own OCSP responders get every few days. */
  readonly withoutResponders?: boolean;
  /** Those of gateways and servers only. */
  readonly withoutPeople?: boolean;
  readonly orderId?: string;
  /** A whole mail address or host name, lower case. */
  readonly name?: string;
  readonly serial?: Uint8Array;
  /** SHA-256 of the certificate or of its public key. */
  readonly hash?: Uint8Array;
  /** The start of the name of the person or agency that it stands for; of people, the first thousand by name. */
  readonly holder?: string;
  /** How it stands at a time. */
  readonly standing?: { readonly kind: 'good' | 'held' | 'revoked' | 'expired'; readonly at: Date };
  readonly expiresBefore?: Date;
  readonly expiresAfter?: Date;
}

/** Certificates, the newest first. `after` is the id of the last one seen. */
export async function listCertificates(
  db: Database,
  filter: CertificateFilter,
  size: number,
  after: number | undefined,
): Promise<Page<CertificateRow, number>> {
  const holders = filter.holder === undefined ? undefined : await holdersOf(db, filter.holder);
  if (holders && holders.people.length + holders.agencies.length === 0) return { rows: [], next: undefined };
  // What a few rows only can have is looked up by itself and then sorted, instead of looking for it in all by number.
  const few = filter.name !== undefined || (holders && holders.agencies.length === 0 && holders.people.length < 100);
  let query = certificates(db)
    .orderBy(few ? sql`certificates.id + 0` : 'id', 'desc')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('agency_id', '=', filter.agencyId);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.profileId !== undefined) query = query.where('profile_id', '=', filter.profileId);
  if (filter.withoutResponders) query = query.where('profile_id', '<>', 'ocsp-responder');
  if (filter.withoutPeople) query = query.where('person_id', 'is', null).where('profile_id', '<>', 'ocsp-responder');
  if (filter.orderId !== undefined) query = query.where('order_id', '=', filter.orderId);
  if (filter.name !== undefined) query = query.where('names', '@>', sql<string[]>`array[${filter.name}]::text[]`);
  if (filter.serial !== undefined) query = query.where('serial', '=', filter.serial);
  const { hash } = filter;
  if (hash !== undefined) query = query.where((or) => or.or([or('sha256', '=', hash), or('spki_sha256', '=', hash)]));
  if (holders)
    query = query.where(
      sql<boolean>`(person_id = any(${holders.people}::text[]) or agency_id = any(${holders.agencies}::text[]))`,
    );
  if (filter.standing) query = query.where(standingOf(filter.standing));
  if (filter.expiresBefore !== undefined) query = query.where('not_after', '<', filter.expiresBefore);
  if (filter.expiresAfter !== undefined) query = query.where('not_after', '>=', filter.expiresAfter);
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = (await query.execute()).map(certificateOf);
  return cutPage(rows, size, (certificate) => certificate.id);
}

/** The people and agencies whose names start so; of people the first thousand by name. */
async function holdersOf(
  db: Database,
  start: string,
): Promise<{ readonly people: string[]; readonly agencies: string[] }> {
  const prefix = likePrefix(start.toLowerCase());
  const [people, agencies] = await Promise.all([
    db
      .selectFrom('people')
      .select('id')
      .where(sql`lower(display_name)`, 'like', prefix)
      .orderBy(sql`lower(display_name)`)
      .limit(1_000)
      .execute(),
    db.selectFrom('agencies').select('id').where(sql`lower(name)`, 'like', prefix).execute(),
  ]);
  return { people: people.map(({ id }) => id), agencies: agencies.map(({ id }) => id) };
}

/** Whether a certificate stands so: by its last event, or by time alone. */
function standingOf({ kind, at }: NonNullable<CertificateFilter['standing']>) {
  const last = sql`(select r.kind from revocations r where r.certificate_id = certificates.id order by r.id desc limit 1)`;
  if (kind === 'held' || kind === 'revoked')
    return sql<boolean>`certificates.id in (select r.certificate_id from revocations r
      where r.kind = ${kind === 'held' ? 'hold' : 'revoke'}) and ${last} = ${kind === 'held' ? 'hold' : 'revoke'}`;
  return kind === 'good'
    ? sql<boolean>`not_after > ${at} and coalesce(${last}, 'release') = 'release'`
    : sql<boolean>`not_after <= ${at} and coalesce(${last}, 'release') <> 'revoke'`;
}

export async function findCertificate(db: Database | Tx, id: number): Promise<CertificateRow | undefined> {
  const row = await certificates(db).where('id', '=', id).executeTakeFirst();
  return row && certificateOf(row);
}

/** A certificate by SHA-256 of its DER. */
export async function findCertificateByHash(
  db: Database | Tx,
  sha256: Uint8Array,
): Promise<CertificateRow | undefined> {
  const row = await certificates(db).where('sha256', '=', sha256).executeTakeFirst();
  return row && certificateOf(row);
}

/** The certificates of a person that have not expired, the newest first. */
export async function listPersonCertificates(
  db: Database | Tx,
  personId: string,
  now: Date,
): Promise<readonly CertificateRow[]> {
  const rows = await certificates(db)
    .where('person_id', '=', personId)
    .where('not_after', '>', now)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(certificateOf);
}

/** The certificates of an agency that have not expired, its gateways' and its people's, by id. */
export async function listAgencyCertificates(
  db: Database | Tx,
  agencyId: string,
  now: Date,
): Promise<readonly CertificateRow[]> {
  const rows = await certificates(db)
    .where('agency_id', '=', agencyId)
    .where('not_after', '>', now)
    .orderBy('id')
    .execute();
  return rows.map(certificateOf);
}

/** The DER of a certificate. */
export async function findCertificateDer(db: Database | Tx, id: number): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('certificate_bytes')
    .select('der')
    .where('certificate_id', '=', id)
    .executeTakeFirst();
  return row?.der;
}

/** The certificates of an order with their DER, in the order of its items. */
export async function listOrderCertificates(
  db: Database,
  orderId: string,
): Promise<readonly { readonly certificate: CertificateRow; readonly der: Uint8Array }[]> {
  return (await certificatesOfOrder(db, orderId)) ?? [];
}

const certificatesOfOrder = byKey(async (db: Database, orderIds) => {
  const rows = await certificates(db)
    .innerJoin('certificate_bytes as b', 'b.certificate_id', 'certificates.id')
    .innerJoin('intents as i', 'i.id', 'certificates.id')
    .select('b.der')
    .where('certificates.order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .orderBy('i.item')
    .execute();
  return Map.groupBy(
    rows.map((row) => ({ certificate: certificateOf(row), der: row.der })),
    ({ certificate }) => certificate.orderId ?? '',
  );
});

function certificates(db: Database | Tx) {
  return db
    .selectFrom('certificates')
    .select([
      'certificates.id',
      'certificates.ca',
      'certificates.serial',
      'certificates.order_id',
      'certificates.agency_id',
      'certificates.person_id',
      'certificates.profile_id',
      'certificates.subject',
      'certificates.names',
      'certificates.not_before',
      'certificates.not_after',
      'certificates.spki_sha256',
      'certificates.sha256',
      'certificates.issued_at',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof certificates>['executeTakeFirstOrThrow']>>;

function certificateOf(row: Row): CertificateRow {
  return {
    id: row.id,
    ca: row.ca,
    serial: row.serial,
    orderId: row.order_id,
    agencyId: row.agency_id,
    personId: row.person_id,
    profileId: row.profile_id,
    subject: row.subject,
    names: row.names,
    notBefore: row.not_before,
    notAfter: row.not_after,
    spkiSha256: row.spki_sha256,
    sha256: row.sha256,
    issuedAt: row.issued_at,
  };
}
