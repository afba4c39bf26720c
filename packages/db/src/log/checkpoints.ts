import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { CheckpointProposal } from '../signer/checkpoints.ts';
import type { Tx } from '../transaction.ts';

/** A checkpoint as the database has it. The note is what counts; nothing is verified. */
export interface CheckpointRow {
  readonly treeSize: number;
  readonly rootHash: Uint8Array;
  readonly note: string;
  readonly signedAt: Date;
}

const checkpoints = (db: Database | Tx) =>
  db
    .selectFrom('checkpoints')
    .select(['tree_size as treeSize', 'root_hash as rootHash', 'note', 'signed_at as signedAt']);

/** The checkpoint of the largest tree. */
export async function readLastCheckpoint(db: Database | Tx): Promise<CheckpointRow | undefined> {
  return checkpoints(db).orderBy('tree_size', 'desc').limit(1).executeTakeFirst();
}

/** Checkpoints of trees larger than a size, smallest first. */
export async function readCheckpointsAfter(
  db: Database | Tx,
  treeSize: number,
  limit: number,
): Promise<CheckpointRow[]> {
  return checkpoints(db).where('tree_size', '>', treeSize).orderBy('tree_size').limit(limit).execute();
}

/** Proposals that continue the tree of `signedSize`, largest first, at most ten. */
export async function readProposals(db: Database | Tx, signedSize: number): Promise<CheckpointProposal[]> {
  return db
    .selectFrom('checkpoint_proposals')
    .select(['tree_size as treeSize', 'root_hash as rootHash', 'previous_size as previousSize', 'proof'])
    .where('tree_size', '>', signedSize)
    .where('previous_size', '=', signedSize)
    .orderBy('tree_size', 'desc')
    .limit(10)
    .execute();
}

/** Proposes a checkpoint to the signer; false when one of this size was proposed before, whatever it said. */
export async function insertProposal(tx: Tx, proposal: CheckpointProposal): Promise<boolean> {
  const { treeSize, rootHash, previousSize, proof } = proposal;
  const answer = await sql`
    insert into checkpoint_proposals (tree_size, root_hash, previous_size, proof)
    values (${treeSize}, ${rootHash}, ${previousSize}, ${[...proof]}::bytea[])
    on conflict (tree_size) do nothing returning tree_size`.execute(tx);
  return answer.rows.length === 1;
}
