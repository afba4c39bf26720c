import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** The present CA certificates as stored, the root's too. Nothing of them is verified. */
export async function readCaCertificates(db: Database): Promise<{ id: string; certificate: Uint8Array }[]> {
  const answer = await sql<{ id: string; certificate: Uint8Array }>`
    select id, certificate from current_cas order by id`.execute(db);
  return answer.rows;
}
