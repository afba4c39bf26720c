import { readLastCheckpoint, readLeafHashes, readSignedCheckpoint } from '@see/db/log';
import type { Database } from '@see/db/service';
import type { Authority } from '@see/domain';
import { HashTree } from '@see/merkle';

/** A checkpoint whose signature by the registered log key was verified. */
export interface VerifiedCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

const PAGE = 10_000;

/** The audit log's tree in memory, and the last checkpoint that verifies. */
export class LogTree {
  readonly tree = new HashTree();
  #checkpoint: VerifiedCheckpoint | undefined;

  get checkpoint(): VerifiedCheckpoint | undefined {
    return this.#checkpoint;
  }

  /** Takes what was added. Throws when a checkpoint does not verify or the leaves do not add up to it: an alarm. */
  async refresh(db: Database, authority: Authority): Promise<void> {
    for (;;) {
      const leaves = await readLeafHashes(db, this.tree.size, PAGE);
      for (const leaf of leaves) this.tree.append(leaf);
      if (leaves.length < PAGE) break;
    }
    const row = await readLastCheckpoint(db);
    if (!row || row.note === this.#checkpoint?.note) return;
    const { size, root } = readSignedCheckpoint(row.note, authority);
    if (this.#checkpoint && size < this.#checkpoint.size)
      throw new Error(`the checkpoint of ${size} leaves is older than the one of ${this.#checkpoint.size}`);
    if (size > this.tree.size || this.tree.root(size).toHex() !== root.toHex())
      throw new Error(`the log's first ${size} leaves do not have the signed root`);
    this.#checkpoint = { size, root, note: row.note };
  }
}
