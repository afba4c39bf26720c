import type { Database } from '../connect.ts';

/** CA certificates as stored, the root's too. Nothing of them is verified. */
export async function readCaCertificates(db: Database): Promise<{ id: string; certificate: Uint8Array }[]> {
  return db.selectFrom('cas').select(['id', 'certificate']).orderBy('id').execute();
}
