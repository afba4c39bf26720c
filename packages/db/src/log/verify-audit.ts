import { type Authority, refused } from '@see/domain';
import { CompactRange, leafHash, sameHash } from '@see/merkle';
import type { Database } from '../connect.ts';
import { type Tx, withTransaction } from '../transaction.ts';
import type { AuditBreak, AuditReport, KnownCheckpoint } from './audit-report.ts';
import { CheckpointWalk, checkpointBreak, rootBreak } from './checkpoint-walk.ts';
import { auditLeafData } from './leaf.ts';
import { countUnsequenced, type LogRow, readLogRows } from './read-log.ts';

/** Options of {@link verifyAudit}. */
export interface VerifyAuditOptions {
  /**
   * The signer's own last checkpoint. Without it, a log that was cut back together with its checkpoints looks like a younger log;
   * with it, this is found.
   */
  readonly known?: KnownCheckpoint;
  /** Told how many entries were verified, every few thousand. */
  readonly progress?: (entries: number) => void;
}

const PAGE = 2_000;

/**
 * Proves the audit log from the events up: recomputes each leaf from its event, the tree from the leaves, and compares the roots with
 * every checkpoint, whose signatures are verified by the log keys of the authority chain. Stops at the first break and names it.
 * `authority` must have been verified from the instance's anchor; the login must be able to read everything (owner). One snapshot of
 * the database, a page at a time: memory does not grow with the log. Throws RefusedError `other-instance`.
 */
export async function verifyAudit(
  db: Database,
  authority: Authority,
  instance: string,
  options: VerifyAuditOptions = {},
): Promise<AuditReport> {
  if (authority.instance !== instance) throw refused('other-instance', 'the authority belongs to another instance');
  return withTransaction(db, (tx) => new Verification(tx, authority, options).run(), { isolation: 'repeatable read' });
}

class Verification {
  readonly #tx: Tx;
  readonly #authority: Authority;
  readonly #options: VerifyAuditOptions;
  readonly #range = new CompactRange();
  readonly #walk: CheckpointWalk;
  #checkpoints = 0;
  #covered = 0;

  constructor(tx: Tx, authority: Authority, options: VerifyAuditOptions) {
    this.#tx = tx;
    this.#authority = authority;
    this.#options = options;
    this.#walk = new CheckpointWalk(tx);
  }

  async run(): Promise<AuditReport> {
    const found = (await this.#entries()) ?? (await this.#ends());
    return {
      ok: found === undefined,
      entries: this.#range.size,
      checkpoints: this.#checkpoints,
      covered: this.#covered,
      uncovered: this.#range.size - this.#covered,
      unsequenced: await countUnsequenced(this.#tx),
      root: this.#range.root().toHex(),
      ...(found && { break: found }),
    };
  }

  async #entries(): Promise<AuditBreak | undefined> {
    for (;;) {
      const rows = await readLogRows(this.#tx, this.#range.size, PAGE);
      for (const row of rows) {
        const found = entryBreak(row, this.#range.size);
        if (found) return found;
        this.#range.append(row.leafHash);
        const differs = await this.#checkpointsHere();
        if (differs) return differs;
      }
      if (rows.length < PAGE) return undefined;
      this.#options.progress?.(this.#range.size);
    }
  }

  async #checkpointsHere(): Promise<AuditBreak | undefined> {
    const { size } = this.#range;
    const next = await this.#walk.peek();
    if (next?.treeSize === size) {
      const found = checkpointBreak(next, this.#range.root(), this.#covered, this.#authority);
      if (found) return found;
      this.#walk.take();
      this.#checkpoints++;
      this.#covered = size;
    }
    const { known } = this.#options;
    if (known?.size !== size) return undefined;
    return sameHash(known.root, this.#range.root())
      ? undefined
      : rootBreak(size, Math.min(this.#covered, size - 1), "the signer's own last checkpoint");
  }

  /** What was signed and is not there. */
  async #ends(): Promise<AuditBreak | undefined> {
    const { size } = this.#range;
    const next = await this.#walk.peek();
    const signed = Math.max(next?.treeSize ?? 0, this.#options.known?.size ?? 0);
    if (signed <= size) return undefined;
    const by = next ? 'a checkpoint in the database' : "the signer's own last checkpoint";
    return {
      code: 'log-truncated',
      message: `the log ends after ${size} entries, but ${by} was signed over ${signed}: entries from ${size} on were removed`,
      seq: size,
      checkpoint: signed,
    };
  }
}

function entryBreak(row: LogRow, seq: number): AuditBreak | undefined {
  if (row.seq !== seq) return { code: 'entry-missing', message: `entry ${seq} is missing from the log`, seq };
  const { event, eventId } = row;
  if (!event) return { code: 'event-missing', message: `event ${eventId} of entry ${seq} was removed`, seq, eventId };
  if (sameHash(row.leafHash, recomputed(event))) return undefined;
  const what = `${event.kind} of ${event.objectType} ${event.objectId}`;
  return {
    code: 'event-changed',
    message: `event ${eventId} (now ${what}) is not the one that was put into the log as entry ${seq}`,
    seq,
    eventId,
  };
}

/** The leaf hash of an event; no hash at all for what only someone past the triggers could have written (a time without end). */
function recomputed(event: NonNullable<LogRow['event']>): Uint8Array {
  return Number.isFinite(Number(event.at)) ? leafHash(auditLeafData(event)) : new Uint8Array(0);
}
