import type { SignedBy } from '@see/domain';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A stored statement with the signatures that were handed in for it. Nothing is verified. */
export interface StoredSignedStatement {
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  readonly signatures: readonly SignedBy[];
}

/** The accepted chain from a sequence number on, in order. */
export async function readChain(
  db: Database | Tx,
  fromSeq: number,
): Promise<(StoredSignedStatement & { readonly seq: number })[]> {
  const rows = await db
    .selectFrom('authority_chain as c')
    .innerJoin('statements as s', 's.digest', 'c.statement_digest')
    .select(['c.seq', 's.digest', 's.bytes'])
    .where('c.seq', '>=', fromSeq)
    .orderBy('c.seq')
    .execute();
  const signatures = await readSignatures(
    db,
    rows.map((row) => row.digest),
  );
  return rows.map((row) => ({ ...row, signatures: signatures.get(row.digest.toHex()) ?? [] }));
}

/** Candidates for the next place in the chain that were not refused, oldest first. */
export async function readCandidates(db: Database | Tx, seq: number): Promise<StoredSignedStatement[]> {
  const rows = await db
    .selectFrom('statements as s')
    .leftJoin('statement_refusals as r', 'r.statement_digest', 's.digest')
    .select(['s.digest', 's.bytes'])
    .where('s.seq', '=', seq)
    .where('r.statement_digest', 'is', null)
    .orderBy('s.created_at')
    .limit(100)
    .execute();
  const signatures = await readSignatures(
    db,
    rows.map((row) => row.digest),
  );
  return rows.map((row) => ({ ...row, signatures: signatures.get(row.digest.toHex()) ?? [] }));
}

/** Statements by digest (hex), with their signatures. */
export async function readStatements(
  db: Database | Tx,
  digests: readonly Uint8Array[],
): Promise<Map<string, StoredSignedStatement>> {
  if (digests.length === 0) return new Map();
  const rows = await db
    .selectFrom('statements')
    .select(['digest', 'bytes'])
    .where('digest', 'in', [...digests])
    .execute();
  const signatures = await readSignatures(db, digests);
  return new Map(
    rows.map((row) => [row.digest.toHex(), { ...row, signatures: signatures.get(row.digest.toHex()) ?? [] }]),
  );
}

async function readSignatures(db: Database | Tx, digests: readonly Uint8Array[]): Promise<Map<string, SignedBy[]>> {
  const found = new Map<string, SignedBy[]>();
  if (digests.length === 0) return found;
  const rows = await db
    .selectFrom('statement_signatures')
    .select(['statement_digest', 'credential_id', 'signature'])
    .where('statement_digest', 'in', [...digests])
    .execute();
  for (const row of rows) {
    const key = row.statement_digest.toHex();
    const list = found.get(key) ?? [];
    list.push({ credentialId: row.credential_id, signature: row.signature });
    found.set(key, list);
  }
  return found;
}
