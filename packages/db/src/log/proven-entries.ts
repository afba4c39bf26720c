import { type Authority, refused } from '@see/domain';
import { inclusionProof, leafHash, sameHash, TILE_LEAVES, TiledTree } from '@see/merkle';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { type Tx, withTransaction } from '../transaction.ts';
import { readLastCheckpoint } from './checkpoints.ts';
import { type AuditEventRow, auditLeafData } from './leaf.ts';
import { readLeafHashes } from './read-log.ts';
import { readSignedCheckpoint } from './signed-checkpoint.ts';

/** An event of the log with the proof that it is in it. */
export interface ProvenEntry {
  readonly seq: number;
  /** The octets whose leaf hash is in the tree: canonical JSON. */
  readonly data: Uint8Array;
  /** RFC 9162 inclusion proof against the checkpoint. */
  readonly proof: readonly Uint8Array[];
}

/** Entries under one signed checkpoint. */
export interface ProvenEntries {
  /** The note, signed by the log key. */
  readonly note: string;
  readonly entries: readonly ProvenEntry[];
  /** Events that were asked for and that the checkpoint does not cover yet. */
  readonly missing: readonly number[];
}

const PAGE = 32 * TILE_LEAVES;

/**
 * Proves that events are in the log, against the last signed checkpoint; undefined while there is none. One snapshot. Reads all leaf
 * hashes. Throws RefusedError `audit-broken` where the log does not hold.
 */
export async function proveEntries(
  db: Database,
  authority: Authority,
  eventIds: readonly number[],
): Promise<ProvenEntries | undefined> {
  return withTransaction(
    db,
    async (tx) => {
      const checkpoint = await readLastCheckpoint(tx);
      if (!checkpoint) return undefined;
      const { size, root } = readSignedCheckpoint(checkpoint.note, authority);
      const tree = await treeOf(tx, size);
      if (!sameHash(tree.root(), root))
        throw refused('audit-broken', `the first ${size} entries have another root than was signed`);
      const rows = await readRows(tx, eventIds);
      const entries: ProvenEntry[] = [];
      for (const { seq, leaf, ...event } of rows.filter((row) => row.seq < size)) {
        const data = auditLeafData(event);
        if (!sameHash(leafHash(data), leaf))
          throw refused('audit-broken', `entry ${seq} is not what was put into the log`);
        const tile = Math.floor(seq / TILE_LEAVES);
        const first = tile * TILE_LEAVES;
        const leaves = await readLeafHashes(tx, first, Math.min(TILE_LEAVES, size - first));
        entries.push({ seq, data, proof: inclusionProof(seq, size, tree.source(tile, leaves)) });
      }
      const proven = new Set(rows.filter((row) => row.seq < size).map(({ id }) => id));
      return { note: checkpoint.note, entries, missing: eventIds.filter((id) => !proven.has(id)) };
    },
    { isolation: 'repeatable read' },
  );
}

async function treeOf(tx: Tx, size: number): Promise<TiledTree> {
  const tree = new TiledTree();
  while (tree.size < size) {
    const page = await readLeafHashes(tx, tree.size, Math.min(PAGE, size - tree.size));
    if (page.length === 0) throw refused('audit-broken', `the log ends after ${tree.size} of ${size} signed entries`);
    for (const leaf of page) tree.append(leaf);
  }
  return tree;
}

async function readRows(
  tx: Tx,
  eventIds: readonly number[],
): Promise<(AuditEventRow & { readonly seq: number; readonly leaf: Uint8Array })[]> {
  const answer = await sql<AuditEventRow & { seq: number; leaf: Uint8Array }>`
    select l.seq, l.leaf_hash as leaf, e.id, e.at, e.login, e.kind, e.outcome, e.actor::text as actor, e.object_type as "objectType",
      e.object_id as "objectId", e.detail::text as detail
    from log_entries l join audit_events e on e.id = l.event_id
    where l.event_id = any(${eventIds as number[]}::bigint[]) order by l.seq`.execute(tx);
  return answer.rows;
}
