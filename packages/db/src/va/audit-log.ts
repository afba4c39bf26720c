import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** The checkpoint with the most leaves, as stored; its signature is not verified. */
export async function readNewestCheckpoint(db: Database): Promise<{ size: number; note: string } | undefined> {
  const row = await db
    .selectFrom('checkpoints')
    .select(['tree_size', 'note'])
    .orderBy('tree_size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { size: row.tree_size, note: row.note };
}

/** Leaf hashes from a sequence number on, in order, at most `limit`. */
export async function readLeafHashes(
  db: Database,
  fromSeq: number,
  limit: number,
): Promise<{ seq: number; hash: Uint8Array }[]> {
  const answer = await sql<{ seq: number; hash: Uint8Array }>`
    select seq, leaf_hash as hash from log_entries where seq >= ${fromSeq} order by seq limit ${limit}`.execute(db);
  return answer.rows;
}
