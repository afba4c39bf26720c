import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** That a holder says the key of a certificate works. */
export interface NewConfirmation {
  readonly certificateId: number;
  readonly method: 'signature' | 'statement';
  readonly confirmedBy: string;
  /** The certificate whose key signed, with what it signed; null for a statement. */
  readonly signed: { readonly by: number; readonly request: Uint8Array } | null;
}

/** Records a confirmation; false when there is one. */
export async function insertConfirmation(tx: Tx, confirmation: NewConfirmation): Promise<boolean> {
  const { certificateId, method, confirmedBy, signed } = confirmation;
  const inserted = await tx
    .insertInto('certificate_confirmations')
    .values({
      certificate_id: certificateId,
      method,
      confirmed_by: confirmedBy,
      signed_by: signed?.by ?? null,
      request: signed?.request ?? null,
    })
    .onConflict((conflict) => conflict.column('certificate_id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** How an encryption certificate stands with the directory; undefined for certificates that are not for encryption. */
export interface DirectoryStanding {
  /** Whether the directory waits for the holder's confirmation. */
  readonly waits: boolean;
  readonly confirmedAt: Date | null;
}

export async function findDirectoryStanding(db: Database | Tx, id: number): Promise<DirectoryStanding | undefined> {
  const row = await db
    .selectFrom('directory_rules as d')
    .leftJoin('certificate_confirmations as f', 'f.certificate_id', 'd.certificate_id')
    .select(['d.waits', 'f.confirmed_at'])
    .where('d.certificate_id', '=', id)
    .executeTakeFirst();
  return row && { waits: row.waits, confirmedAt: row.confirmed_at };
}
