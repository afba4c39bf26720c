import type { Authority } from '@see/domain';
import { sameHash } from '@see/merkle';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import type { AuditBreak } from './audit-report.ts';
import { type CheckpointRow, readCheckpointsAfter } from './checkpoints.ts';
import { readSignedCheckpoint } from './signed-checkpoint.ts';

const PAGE = 500;

/** The checkpoints of the database by size, read page by page. */
export class CheckpointWalk {
  readonly #db: Database | Tx;
  #page: CheckpointRow[] = [];
  #after = 0;
  #ended = false;

  constructor(db: Database | Tx) {
    this.#db = db;
  }

  /** The next checkpoint, without taking it. */
  async peek(): Promise<CheckpointRow | undefined> {
    if (this.#page.length === 0 && !this.#ended) {
      this.#page = await readCheckpointsAfter(this.#db, this.#after, PAGE);
      this.#ended = this.#page.length < PAGE;
      this.#after = this.#page.at(-1)?.treeSize ?? this.#after;
    }
    return this.#page[0];
  }

  /** Goes on to the one after. */
  take(): void {
    this.#page.shift();
  }
}

/** What is wrong with a checkpoint of a tree that has this root; undefined when it holds. `covered` is the size of the last good one. */
export function checkpointBreak(
  row: CheckpointRow,
  root: Uint8Array,
  covered: number,
  authority: Authority,
): AuditBreak | undefined {
  const at = { seq: covered, checkpoint: row.treeSize };
  let signed: ReturnType<typeof readSignedCheckpoint>;
  try {
    signed = readSignedCheckpoint(row.note, authority);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      code: 'checkpoint-forged',
      message: `the checkpoint of ${row.treeSize} entries does not hold: ${reason}`,
      ...at,
    };
  }
  if (signed.size !== row.treeSize || !sameHash(signed.root, row.rootHash)) {
    const message = `the row of the checkpoint of ${row.treeSize} entries says something else than its signed note`;
    return { code: 'checkpoint-forged', message, ...at };
  }
  return sameHash(signed.root, root) ? undefined : rootBreak(row.treeSize, covered, 'the signed checkpoint');
}

/** The entries between two sizes are not those that were signed. */
export function rootBreak(size: number, covered: number, what: string): AuditBreak {
  return {
    code: 'root-differs',
    message: `entries ${covered} to ${size - 1} are not those of ${what} of ${size} entries: one was changed, added, removed or moved, and its hash with it`,
    seq: covered,
    checkpoint: size,
  };
}
