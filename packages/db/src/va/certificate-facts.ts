import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** What the validation authority keeps of a certificate. A row proves nothing: the octets are verified before a `good`. */
export interface CertificateFacts {
  readonly id: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly profileId: string;
  readonly agencyId: string | null;
  readonly notAfter: Date;
}

const COLUMNS = sql`id, ca, serial, profile_id as "profileId", agency_id as "agencyId", not_after as "notAfter"`;

/** Certificates in the order of their ids, from the one after `afterId` on, at most `limit`. */
export async function readCertificateFactsAfter(
  db: Database,
  afterId: number,
  limit: number,
): Promise<CertificateFacts[]> {
  const answer = await sql<CertificateFacts>`
    select ${COLUMNS} from certificates where id > ${afterId} order by id limit ${limit}`.execute(db);
  return answer.rows;
}

/** Certificates by id; ids that are not there are left out. */
export async function readCertificateFacts(db: Database, ids: readonly number[]): Promise<CertificateFacts[]> {
  if (ids.length === 0) return [];
  const answer = await sql<CertificateFacts>`
    select ${COLUMNS} from certificates where id = any(${ids as number[]}::bigint[]) order by id`.execute(db);
  return answer.rows;
}

/** What the database knows of a serial number: a certificate, an intent that has none yet, or nothing. */
export type SerialFacts =
  | { readonly kind: 'issued'; readonly facts: CertificateFacts }
  | { readonly kind: 'intended' }
  | { readonly kind: 'unknown' };

/** Looks a serial number up in one statement, so that an issuance cannot pass between two looks. */
export async function findSerial(db: Database, ca: string, serial: Uint8Array): Promise<SerialFacts> {
  const answer = await sql<Omit<CertificateFacts, 'id'> & { id: number | null }>`
    select c.id, i.ca, i.serial, c.profile_id as "profileId", c.agency_id as "agencyId", c.not_after as "notAfter"
    from intents i left join certificates c on c.id = i.id
    where i.ca = ${ca} and i.serial = ${serial}`.execute(db);
  const row = answer.rows[0];
  if (!row) return { kind: 'unknown' };
  return row.id === null ? { kind: 'intended' } : { kind: 'issued', facts: { ...row, id: row.id } };
}

/** The octets of certificates, by id; what is not there is left out. */
export async function readCertificateOctets(db: Database, ids: readonly number[]): Promise<Map<number, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const answer = await sql<{ id: number; der: Uint8Array }>`
    select certificate_id as id, der from certificate_bytes where certificate_id = any(${ids as number[]}::bigint[])`.execute(
    db,
  );
  return new Map(answer.rows.map((row) => [row.id, row.der]));
}
