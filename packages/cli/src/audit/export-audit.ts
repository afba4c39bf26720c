import { type Database, type Tx, withTransaction } from '@see/db';
import {
  auditLeafData,
  type CheckpointRow,
  type LogRow,
  readLastCheckpoint,
  readLeafHashes,
  readLogRows,
  readSignedCheckpoint,
} from '@see/db/log';
import { type Authority, refused } from '@see/domain';
import { inclusionProof, leafHash, sameHash, TILE_LEAVES, TiledTree } from '@see/merkle';

/** What was exported. */
export interface AuditExport {
  readonly entries: number;
  /** Entries with a proof: those under the last checkpoint. */
  readonly proven: number;
}

const PAGE = 32 * TILE_LEAVES;

/**
 * Writes the log as lines of JSON that prove themselves. The first line is { format: "see-audit-export/v1", instance, checkpoint }
 * with the note of the last checkpoint (or null); each further line is an entry { seq, event, proof } in order. `event` stands there
 * in canonical form: the leaf hash is SHA-256(0x00 || its octets), and `proof` is the RFC 9162 inclusion proof in base64 against the
 * checkpoint, null for entries after it.
 *
 * `write` is awaited for each line (without line end). Throws RefusedError `audit-broken` at the first entry that does not hold:
 * `verifyAudit` says more about it. One snapshot; memory grows by a quarter of an octet an entry.
 */
export async function exportAudit(
  db: Database,
  authority: Authority,
  write: (line: string) => Promise<void> | void,
): Promise<AuditExport> {
  return withTransaction(
    db,
    async (tx) => {
      const checkpoint = await readLastCheckpoint(tx);
      const tree = checkpoint && (await readSignedTree(tx, checkpoint, authority));
      const head = {
        format: 'see-audit-export/v1',
        instance: authority.instance,
        checkpoint: checkpoint?.note ?? null,
      };
      await write(JSON.stringify(head));
      return { entries: await writeEntries(tx, tree, write), proven: tree?.size ?? 0 };
    },
    { isolation: 'repeatable read' },
  );
}

/** The tree under a checkpoint, from the leaf hashes; its root is the signed one. */
async function readSignedTree(tx: Tx, checkpoint: CheckpointRow, authority: Authority): Promise<TiledTree> {
  const { size, root } = readSignedCheckpoint(checkpoint.note, authority);
  const tree = new TiledTree();
  while (tree.size < size) {
    const page = await readLeafHashes(tx, tree.size, Math.min(PAGE, size - tree.size));
    if (page.length === 0) throw refused('audit-broken', `the log ends after ${tree.size} of ${size} signed entries`);
    for (const leaf of page) tree.append(leaf);
  }
  if (!sameHash(tree.root(), root))
    throw refused('audit-broken', `the first ${size} entries have another root than was signed`);
  return tree;
}

async function writeEntries(
  tx: Tx,
  tree: TiledTree | undefined,
  write: (line: string) => Promise<void> | void,
): Promise<number> {
  const proven = tree?.size ?? 0;
  for (let seq = 0; ; ) {
    const rows = await readLogRows(tx, seq, PAGE);
    const leaves = rows.map((row, at) => readLeaf(row, seq + at));
    // A page starts with a tile, so it holds the whole of each tile or the end of the log.
    for (let at = 0; at < leaves.length; at += TILE_LEAVES) {
      const first = seq + at;
      const inTile = leaves.slice(at, at + Math.max(0, Math.min(TILE_LEAVES, proven - first)));
      const source = tree?.source(
        first / TILE_LEAVES,
        inTile.map(({ hash }) => hash),
      );
      for (const [offset, leaf] of leaves.slice(at, at + TILE_LEAVES).entries()) {
        const index = first + offset;
        const proof =
          source && index < proven ? inclusionProof(index, proven, source).map((hash) => hash.toBase64()) : null;
        await write(`{"seq":${index},"event":${leaf.text},"proof":${JSON.stringify(proof)}}`);
      }
    }
    seq += rows.length;
    if (rows.length < PAGE) return seq;
  }
}

const decoder = new TextDecoder();

function readLeaf(row: LogRow, seq: number): { readonly text: string; readonly hash: Uint8Array } {
  const data = row.event && row.seq === seq ? auditLeafData(row.event) : undefined;
  const hash = data && leafHash(data);
  if (!data || !hash || !sameHash(hash, row.leafHash))
    throw refused('audit-broken', `entry ${seq} is missing or is not what was put into the log`, {
      remedy: 'see audit verify',
    });
  return { text: decoder.decode(data), hash };
}
