import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, likePrefix, type Page } from './page.ts';

export interface Person {
  readonly id: string;
  readonly agencyId: string | null;
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string | null;
  /** The agency's own number for them; nothing outside of the agency means it. */
  readonly externalId: string | null;
  readonly lastVerifiedAt: Date;
  readonly nextReviewAt: Date;
  /** When their membership ended; null while it lasts. */
  readonly leftAt: Date | null;
  readonly createdAt: Date;
  /** Who last confirmed the record; null where nobody noted it. */
  readonly verifiedBy: string | null;
}

export interface PersonFilter {
  readonly agencyId?: string;
  /** Those whose record is to be reviewed after this time, and until that. */
  readonly reviewAfter?: Date;
  readonly reviewUntil?: Date;
  /** The start of the display name or the whole mail address. */
  readonly search?: string;
}

/** The place after which a page of people starts. */
export interface PersonKey {
  readonly name: string;
  readonly id: string;
}

/** Enters a person into the registry. */
export async function insertPerson(
  tx: Tx,
  person: Omit<Person, 'createdAt' | 'leftAt' | 'externalId'> & Partial<Pick<Person, 'externalId'>>,
): Promise<void> {
  await tx
    .insertInto('people')
    .values({
      id: person.id,
      agency_id: person.agencyId,
      given_name: person.givenName,
      surname: person.surname,
      display_name: person.displayName,
      email: person.email,
      external_id: person.externalId ?? null,
      last_verified_at: person.lastVerifiedAt,
      next_review_at: person.nextReviewAt,
      verified_by: person.verifiedBy,
    })
    .execute();
}

/** A person by id. */
export const findPerson = byKey(async (db: Database | Tx, ids): Promise<ReadonlyMap<string, Person>> => {
  const rows = await people(db).where('id', '=', sql<string>`any(${ids}::text[])`).execute();
  return new Map(rows.map((row) => [row.id, personOf(row)]));
});

/** Somebody of an agency by its own number: who is there now, else who left last. */
export async function findPersonByExternalId(
  db: Database | Tx,
  agencyId: string,
  externalId: string,
): Promise<Person | undefined> {
  const row = await people(db)
    .where('agency_id', '=', agencyId)
    .where('external_id', '=', externalId)
    .orderBy('left_at', (order) => order.desc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
  return row && personOf(row);
}

/** People of an agency in a fixed order, some of them, and how many there are in all. */
export async function listAgencyPeople(
  db: Database,
  agencyId: string,
  filter: { readonly by: 'id' | 'email' | 'externalId'; readonly value: string } | undefined,
  offset: number,
  size: number,
): Promise<{ readonly people: readonly Person[]; readonly total: number }> {
  let query = people(db).where('agency_id', '=', agencyId);
  if (filter?.by === 'id') query = query.where('id', '=', filter.value);
  if (filter?.by === 'externalId') query = query.where('external_id', '=', filter.value);
  if (filter?.by === 'email') query = query.where(sql`lower(email)`, '=', filter.value.toLowerCase());
  const { total } = await query
    .clearSelect()
    .select((build) => build.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = size === 0 ? [] : await query.orderBy('created_at').orderBy('id').offset(offset).limit(size).execute();
  return { people: rows.map(personOf), total: Number(total) };
}

/** People by mail address, case aside; an address that two people have is in none. */
export async function findPeopleByMail(
  db: Database | Tx,
  emails: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const rows = await people(db)
    .where(sql`lower(email)`, '=', sql<string>`any(${emails.map((email) => email.toLowerCase())}::text[])`)
    .execute();
  const byMail = Map.groupBy(rows.map(personOf), ({ email }) => (email ?? '').toLowerCase());
  return new Map(
    [...byMail].flatMap(([email, [person, ...others]]) => (person && others.length === 0 ? [[email, person]] : [])),
  );
}

/** Display names by person id, for pages that name who did something. Unknown ids are left out. */
export async function readPersonNames(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('people')
    .select(['id', 'display_name'])
    .where('id', '=', sql<string>`any(${wanted}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.display_name]));
}

/** People by display name. */
export async function listPeople(
  db: Database,
  filter: PersonFilter,
  size: number,
  after: PersonKey | undefined,
): Promise<Page<Person, PersonKey>> {
  let query = people(db)
    .orderBy(sql`lower(display_name)`)
    .orderBy('id')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('agency_id', '=', filter.agencyId);
  if (filter.reviewAfter) query = query.where('next_review_at', '>', filter.reviewAfter);
  if (filter.reviewUntil) query = query.where('next_review_at', '<=', filter.reviewUntil);
  const { search } = filter;
  if (search !== undefined) {
    query = search.includes('@')
      ? query.where(sql`lower(email)`, '=', search.toLowerCase())
      : query.where(sql`lower(display_name)`, 'like', likePrefix(search.toLowerCase()));
  }
  if (after) query = query.where(sql<boolean>`(lower(display_name), id) > (${after.name}, ${after.id})`);
  const rows = (await query.execute()).map(personOf);
  return cutPage(rows, size, (person) => ({ name: person.displayName.toLowerCase(), id: person.id }));
}

function people(db: Database | Tx) {
  return db
    .selectFrom('people')
    .select([
      'id',
      'agency_id',
      'given_name',
      'surname',
      'display_name',
      'email',
      'external_id',
      'last_verified_at',
      'next_review_at',
      'left_at',
      'created_at',
      'verified_by',
    ]);
}

function personOf(row: {
  id: string;
  agency_id: string | null;
  given_name: string | null;
  surname: string;
  display_name: string;
  email: string | null;
  external_id: string | null;
  last_verified_at: Date;
  next_review_at: Date;
  left_at: Date | null;
  created_at: Date;
  verified_by: string | null;
}): Person {
  return {
    id: row.id,
    agencyId: row.agency_id,
    givenName: row.given_name,
    surname: row.surname,
    displayName: row.display_name,
    email: row.email,
    externalId: row.external_id,
    lastVerifiedAt: row.last_verified_at,
    nextReviewAt: row.next_review_at,
    leftAt: row.left_at,
    createdAt: row.created_at,
    verifiedBy: row.verified_by,
  };
}
