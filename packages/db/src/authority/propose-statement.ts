import type { SignedBy } from '@see/domain';
import type { ReadStatement } from '@see/statement';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** Stores a statement's bytes; the same statement twice is one row. Authority comes from signatures alone. */
export async function storeStatement(db: Tx | Database, read: ReadStatement): Promise<void> {
  await db
    .insertInto('statements')
    .values({ digest: read.digest, kind: read.statement.kind, seq: read.statement.seq ?? null, bytes: read.bytes })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
}

/** Stores one signature of a statement; a second one by the same credential is left out. */
export async function storeSignature(db: Tx | Database, digest: Uint8Array, signed: SignedBy): Promise<void> {
  await db
    .insertInto('statement_signatures')
    .values({
      statement_digest: digest,
      credential_id: signed.credentialId,
      signature: JSON.stringify(signed.signature),
    })
    .onConflict((conflict) => conflict.columns(['statement_digest', 'credential_id']).doNothing())
    .execute();
}
