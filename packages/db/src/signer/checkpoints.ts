import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

export interface CheckpointProposal {
  readonly treeSize: number;
  readonly rootHash: Uint8Array;
  readonly previousSize: number;
  readonly proof: readonly Uint8Array[];
}

/** The largest proposal beyond a size. */
export async function readNextProposal(db: Database, signedSize: number): Promise<CheckpointProposal | undefined> {
  const row = await db
    .selectFrom('checkpoint_proposals')
    .select(['tree_size', 'root_hash', 'previous_size', 'proof'])
    .where('tree_size', '>', signedSize)
    .where('previous_size', '=', signedSize)
    .orderBy('tree_size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { treeSize: row.tree_size, rootHash: row.root_hash, previousSize: row.previous_size, proof: row.proof };
}

export async function insertCheckpoint(
  tx: Tx,
  treeSize: number,
  rootHash: Uint8Array,
  note: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('checkpoints')
    .values({ tree_size: treeSize, root_hash: rootHash, note, signed_at: at })
    .onConflict((conflict) => conflict.column('tree_size').doNothing())
    .execute();
}

/** Whether a checkpoint of this size is published. */
export async function hasCheckpoint(db: Database, treeSize: number): Promise<boolean> {
  const row = await db
    .selectFrom('checkpoints')
    .select('tree_size')
    .where('tree_size', '=', treeSize)
    .executeTakeFirst();
  return row !== undefined;
}
