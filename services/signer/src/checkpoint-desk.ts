import type { KeyObject } from 'node:crypto';
import { type Database, notify, withTransaction } from '@see/db';
import { hasCheckpoint, insertCheckpoint, readNextProposal } from '@see/db/signer';
import { serviceKeysOf } from '@see/domain';
import { auditLogOrigin, checkpointText, consistencyFault, writeCheckpointNote } from '@see/merkle';
import { signDigest, statementDigest } from '@see/statement';
import type { ChainKeeper } from './chain-keeper.ts';
import type { SealedState } from './sealed-state.ts';
import type { TrustedClock } from './trusted-clock.ts';

export interface CheckpointDeps {
  readonly db: Database;
  readonly state: SealedState;
  readonly clock: TrustedClock;
  readonly chain: ChainKeeper;
  /** The log's private key; its public part is a service key of the chain. */
  readonly key: KeyObject;
  readonly alarm: (message: string, fields: Record<string, unknown>) => void;
}

/** Signs a checkpoint of the audit log when it extends the last one that was signed here (promise 9). */
export class CheckpointDesk {
  readonly #deps: CheckpointDeps;
  #refused = 0;

  constructor(deps: CheckpointDeps) {
    this.#deps = deps;
  }

  async run(): Promise<void> {
    const last = this.#deps.state.memory.checkpoint;
    // Sealed but not published: a crash came between. It is signed again, for the same size and root.
    if (last.size > 0 && !(await hasCheckpoint(this.#deps.db, last.size))) {
      await this.#sign(last.size, Uint8Array.fromHex(last.root));
      return;
    }
    const proposal = await readNextProposal(this.#deps.db, last.size);
    if (!proposal || proposal.treeSize === this.#refused) return;
    const fault =
      last.size === 0
        ? undefined
        : consistencyFault({
            oldSize: last.size,
            oldRoot: Uint8Array.fromHex(last.root),
            newSize: proposal.treeSize,
            newRoot: proposal.rootHash,
            proof: [...proposal.proof],
          });
    if (fault !== undefined) {
      this.#refused = proposal.treeSize;
      this.#deps.alarm('the audit log does not extend the last checkpoint', {
        size: proposal.treeSize,
        signed: last.size,
        fault,
      });
      return;
    }
    await this.#sign(proposal.treeSize, proposal.rootHash);
  }

  async #sign(size: number, root: Uint8Array): Promise<void> {
    const at = this.#deps.clock.now();
    const { authority } = this.#deps.chain;
    const key = serviceKeysOf(authority, 'log').at(-1);
    if (!key) return;
    const checkpoint = { origin: auditLogOrigin(authority.instance), size, root };
    const digest = statementDigest('checkpoint', Buffer.from(checkpointText(checkpoint)));
    const { jws } = signDigest(digest, key.keyId, this.#deps.key);
    const note = writeCheckpointNote(checkpoint, [{ name: key.keyId, value: Buffer.from(jws) }]);
    this.#deps.state.update({ checkpoint: { size, root: root.toHex() } });
    await withTransaction(this.#deps.db, async (tx) => {
      await insertCheckpoint(tx, size, root, note, at);
      await notify(tx, 'see_audit', size);
    });
  }
}
