import type { Database } from '../connect.ts';
import type { DB } from '../schema.gen.ts';

/** A certification authority of ours, root included. */
export interface CaRow {
  readonly id: DB['cas']['id'];
  /** subjectKeyIdentifier. */
  readonly ski: Uint8Array;
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
}

/** All CAs; a handful that change at ceremonies only. */
export async function readCas(db: Database): Promise<readonly CaRow[]> {
  const rows = await db.selectFrom('cas').select(['id', 'ski', 'certificate', 'not_after']).orderBy('id').execute();
  return rows.map((row) => ({ id: row.id, ski: row.ski, certificate: row.certificate, notAfter: row.not_after }));
}
