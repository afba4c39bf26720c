import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A statement on its way: proposed, perhaps signed, neither in the chain nor refused unless it says so. */
export interface StatementRow {
  readonly digest: Uint8Array;
  readonly kind: string;
  readonly seq: number | null;
  readonly bytes: Uint8Array;
  readonly createdAt: Date;
  readonly state: 'proposed' | 'accepted' | 'refused';
  readonly refusal: { readonly code: string; readonly detail: string } | undefined;
  readonly signedBy: readonly string[];
}

export async function findStatement(db: Database | Tx, digest: Uint8Array): Promise<StatementRow | undefined> {
  const row = await statements(db).where('s.digest', '=', digest).executeTakeFirst();
  return row && (await withSignatures(db, [row]))[0];
}

/** Statements that wait for signatures or for the signer: of the chain's next places, and those outside of the chain. */
export async function listProposals(db: Database, headSeq: number, size: number): Promise<readonly StatementRow[]> {
  const rows = await statements(db)
    .where('c.seq', 'is', null)
    .where('r.code', 'is', null)
    .where((or) => or.or([or('s.seq', '>', headSeq), or('s.seq', 'is', null)]))
    .orderBy('s.created_at', 'desc')
    .limit(size)
    .execute();
  return withSignatures(db, rows);
}

function statements(db: Database | Tx) {
  return db
    .selectFrom('statements as s')
    .leftJoin('authority_chain as c', 'c.statement_digest', 's.digest')
    .leftJoin('statement_refusals as r', 'r.statement_digest', 's.digest')
    .select(['s.digest', 's.kind', 's.seq', 's.bytes', 's.created_at', 'c.seq as accepted_seq', 'r.code', 'r.detail']);
}

type Row = Awaited<ReturnType<ReturnType<typeof statements>['executeTakeFirstOrThrow']>>;

async function withSignatures(db: Database | Tx, rows: readonly Row[]): Promise<StatementRow[]> {
  if (rows.length === 0) return [];
  const signatures = await db
    .selectFrom('statement_signatures')
    .select(['statement_digest', 'credential_id'])
    .where(
      'statement_digest',
      'in',
      rows.map((row) => row.digest),
    )
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    digest: row.digest,
    kind: row.kind,
    seq: row.seq,
    bytes: row.bytes,
    createdAt: row.created_at,
    state: row.accepted_seq !== null ? 'accepted' : row.code !== null ? 'refused' : 'proposed',
    refusal: row.code === null ? undefined : { code: row.code, detail: row.detail ?? '' },
    signedBy: signatures
      .filter((signature) => signature.statement_digest.toHex() === row.digest.toHex())
      .map((signature) => signature.credential_id),
  }));
}
