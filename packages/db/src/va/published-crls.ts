import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** A CRL as stored. Nothing of it is verified. */
export interface StoredCrl {
  readonly number: number;
  readonly der: Uint8Array;
}

/** CRLs of one scope of a CA with at least this number, the highest first. */
export async function readNewestCrls(
  db: Database,
  ca: string,
  scope: string,
  fromNumber: number,
  limit: number,
): Promise<StoredCrl[]> {
  const answer = await sql<StoredCrl>`
    select number, der from crls where ca = ${ca} and scope = ${scope} and number >= ${fromNumber} order by number desc limit ${limit}`.execute(
    db,
  );
  return answer.rows;
}
