import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A person to record. */
export interface PersonRow {
  readonly id: string;
  readonly agencyId: string | null;
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly verifiedAt: Date;
  readonly reviewAt: Date;
}

export async function insertPerson(db: Tx | Database, person: PersonRow): Promise<void> {
  await db
    .insertInto('people')
    .values({
      id: person.id,
      agency_id: person.agencyId,
      given_name: person.givenName,
      surname: person.surname,
      display_name: person.displayName,
      email: person.email,
      last_verified_at: person.verifiedAt,
      next_review_at: person.reviewAt,
    })
    .execute();
}

/** A CA of a new hierarchy. */
export interface NewCaRow {
  readonly id: 'root' | 'gateway' | 'individual' | 'tls' | 'operations';
  readonly subjectDer: Uint8Array;
  readonly ski: Uint8Array;
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
}

export async function insertCa(db: Tx | Database, ca: NewCaRow): Promise<void> {
  await db
    .insertInto('cas')
    .values({ id: ca.id, subject_der: ca.subjectDer, ski: ca.ski, certificate: ca.certificate, not_after: ca.notAfter })
    .execute();
}

/** Records a CA's certificate made again; it is the present one from now on. */
export async function insertCaReissue(
  db: Tx | Database,
  ca: string,
  certificate: Uint8Array,
  notAfter: Date,
): Promise<void> {
  await db
    .insertInto('ca_reissues')
    .values({ ca: ca as NewCaRow['id'], certificate, not_after: notAfter })
    .execute();
}

/** An access token; only its digest is kept. */
export interface TokenRow {
  readonly id: string;
  readonly secretSha256: Uint8Array;
  readonly name: string;
  readonly role: 'administrator' | 'operator' | 'sponsor' | 'registration-agent' | 'ca-operations' | 'auditor';
  readonly agencyId: string | null;
  readonly personId: string;
  readonly expiresAt: Date;
}

export async function insertToken(db: Tx | Database, token: TokenRow): Promise<void> {
  await db
    .insertInto('tokens')
    .values({
      id: token.id,
      secret_sha256: token.secretSha256,
      name: token.name,
      role: token.role,
      agency_id: token.agencyId,
      person_id: token.personId,
      expires_at: token.expiresAt,
    })
    .execute();
}

/** Whether the database holds an instance already, also a half-made one. */
export async function holdsInstance(db: Database): Promise<boolean> {
  const answer = await sql<{
    found: boolean;
  }>`select exists (select from statements) or exists (select from cas) as found`.execute(db);
  return answer.rows[0]?.found ?? false;
}

/** Empties a freshly migrated database of what an init that was interrupted wrote. Only for our own embedded cluster. */
export async function dropSchema(db: Database): Promise<void> {
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
}
