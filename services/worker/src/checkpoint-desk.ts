import { type Database, notify, withTransaction } from '@see/db';
import {
  type CheckpointProposal,
  hasNews,
  insertProposal,
  readLastCheckpoint,
  readLeafHashes,
  readLogSize,
  readProposals,
} from '@see/db/log';
import { CompactRange, consistencyFault, consistencyProof, type NodeSource, sameHash } from '@see/merkle';

/** Most new leaves that one proposal covers. */
const MOST_LEAVES = 131_072;
const PAGE = 8_192;

/** The log in the database does not continue what the signer signed. Nothing was proposed. */
export class LogForkedError extends Error {
  override readonly name = 'LogForkedError';
  readonly code = 'log-forked';
}

/**
 * Proposes checkpoints to the signer: of the log as it grew since the last signed one, with the proof that it only grew. Keeps
 * nothing but the compact range of the signed tree, which is read once after a start.
 */
export class CheckpointDesk {
  readonly #db: Database;
  #signed = new CompactRange();
  /** Size of the signed tree that a proposal of ours continues, which the signer has not taken yet. */
  #openFrom: number | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Proposes once when there is news and no proposal is open that the signer can take. What only says that a checkpoint was signed is
   * no news, or there would be no end. Returns the size proposed. Throws LogForkedError.
   */
  async run(): Promise<number | undefined> {
    await this.#followSigned();
    if (this.#openFrom === this.#signed.size) return undefined;
    const size = Math.min(await readLogSize(this.#db), this.#signed.size + MOST_LEAVES);
    if (size <= this.#signed.size || !(await hasNews(this.#db, this.#signed.size))) return undefined;
    const leaves = await this.#readLeaves(this.#signed.size, size);
    const open = await readProposals(this.#db, this.#signed.size);
    if (open.some(({ treeSize, rootHash }) => sameHash(rootHash, this.#grown(leaves, treeSize).root()))) {
      this.#openFrom = this.#signed.size;
      return undefined;
    }
    // A size that was proposed before with a wrong root is taken for good; the next smaller one is as good.
    for (let target = size; target > this.#signed.size && target > size - 16; target--) {
      if (!(await this.#propose(leaves, target))) continue;
      this.#openFrom = this.#signed.size;
      return target;
    }
    return undefined;
  }

  /** Brings the compact range to the last signed checkpoint and compares the roots. */
  async #followSigned(): Promise<void> {
    const last = await readLastCheckpoint(this.#db);
    if (!last || last.treeSize === this.#signed.size) return;
    if (last.treeSize < this.#signed.size) throw new LogForkedError('a signed checkpoint is gone');
    const range = this.#signed.clone();
    while (range.size < last.treeSize) {
      const page = await readLeafHashes(this.#db, range.size, Math.min(PAGE, last.treeSize - range.size));
      if (page.length === 0)
        throw new LogForkedError(`the log has ${range.size} entries, ${last.treeSize} were signed`);
      for (const leaf of page) range.append(leaf);
    }
    if (!sameHash(range.root(), last.rootHash))
      throw new LogForkedError(`the first ${last.treeSize} entries have another root than was signed`);
    this.#signed = range;
  }

  async #readLeaves(from: number, to: number): Promise<Uint8Array[]> {
    const leaves: Uint8Array[] = [];
    while (leaves.length < to - from) {
      const at = from + leaves.length;
      const page = await readLeafHashes(this.#db, at, Math.min(PAGE, to - at));
      if (page.length === 0) throw new LogForkedError(`the log has no entry ${at}`);
      leaves.push(...page);
    }
    return leaves;
  }

  /** The signed tree with new leaves up to a size. */
  #grown(leaves: readonly Uint8Array[], size: number): CompactRange {
    const range = this.#signed.clone();
    for (const leaf of leaves.slice(0, size - range.size)) range.append(leaf);
    return range;
  }

  async #propose(leaves: readonly Uint8Array[], treeSize: number): Promise<boolean> {
    const previousSize = this.#signed.size;
    const rootHash = this.#grown(leaves, treeSize).root();
    const beyond: NodeSource = (level, index) => {
      const start = index * 2 ** level - previousSize;
      const subtree = new CompactRange();
      for (const leaf of leaves.slice(start, start + 2 ** level)) subtree.append(leaf);
      return subtree.root();
    };
    const proof = consistencyProof(previousSize, treeSize, this.#signed.source(beyond));
    const claim = { oldSize: previousSize, oldRoot: this.#signed.root(), newSize: treeSize, newRoot: rootHash, proof };
    const fault = consistencyFault(claim);
    if (fault) throw new LogForkedError(`the proof from ${previousSize} to ${treeSize} does not hold (${fault})`);
    const proposal: CheckpointProposal = { treeSize, rootHash, previousSize, proof };
    return withTransaction(this.#db, async (tx) => {
      const inserted = await insertProposal(tx, proposal);
      if (inserted) await notify(tx, 'see_audit', treeSize);
      return inserted;
    });
  }
}
