import type { Database } from '../connect.ts';

/** The newest CRL of the root as it is stored. Nothing of it is verified. */
export async function readRootCrl(db: Database): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('crls')
    .select('der')
    .where('ca', '=', 'root')
    .where('scope', '=', 'full')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.der;
}
