import {
  type Database,
  notify,
  readCandidates,
  readChain,
  recordAcceptance,
  recordStatementRefusal,
  withTransaction,
  writeAudit,
} from '@see/db';
import {
  type Authority,
  acceptStatement,
  type Configuration,
  genesisAuthority,
  RefusedError,
  refused,
} from '@see/domain';
import { assertMeaning } from '@see/policy';
import { type ReadStatement, readStatement } from '@see/statement';
import type { SealedState } from './sealed-state.ts';
import type { TrustedClock } from './trusted-clock.ts';

/** The signer's authority: read from the database, believed only as far as it continues what is sealed. */
export class ChainKeeper {
  readonly #db: Database;
  readonly #state: SealedState;
  readonly #clock: TrustedClock;
  readonly #anchor: Uint8Array;
  #authority: Authority | undefined;
  #configurations: readonly Configuration[] = [];

  constructor(db: Database, state: SealedState, clock: TrustedClock, anchor: Uint8Array) {
    this.#db = db;
    this.#state = state;
    this.#clock = clock;
    this.#anchor = anchor;
  }

  /** The authority at the head. Throws RefusedError `authority-rolled-back` as long as the database does not hold it. */
  get authority(): Authority {
    if (!this.#authority)
      throw refused('authority-rolled-back', 'the authority chain in the database is not the one that was sealed');
    return this.#authority;
  }

  /** Every configuration that the chain as it was read has had, the present one first. */
  get configurations(): readonly Configuration[] {
    return this.#configurations;
  }

  /**
   * Reads the whole chain and verifies it from the anchor on. A chain that is shorter than the sealed head or another
   * at that place is refused; statements beyond it count only if they could be accepted now, with all that they mean.
   */
  async load(): Promise<Authority> {
    this.#authority = undefined;
    let configurations: readonly Configuration[] = [];
    const { headSeq, headDigest } = this.#state.memory;
    let authority: Authority | undefined;
    for (const row of await readChain(this.#db, 0)) {
      const read = readStatement(row.bytes);
      const at = row.seq > headSeq ? this.#seconds() : undefined;
      authority = authority
        ? acceptStatement(authority, read, row.signatures, at)
        : genesisAuthority(read, this.#anchor);
      if (at !== undefined) assertMeaning(read.statement, authority);
      if (authority.headSeq === headSeq && authority.headDigest !== headDigest) throw rolledBack('is forked');
      configurations = withConfiguration(configurations, authority);
    }
    if (!authority || authority.headSeq < headSeq) throw rolledBack('is shorter than it was');
    if (authority.headSeq > headSeq) this.#seal(authority);
    this.#configurations = configurations;
    this.#authority = authority;
    return authority;
  }

  /** Accepts what has its signatures, one statement after the other. Returns how many were accepted. */
  async acceptPending(): Promise<number> {
    let accepted = 0;
    while (await this.#acceptNext()) accepted += 1;
    return accepted;
  }

  async #acceptNext(): Promise<boolean> {
    const before = this.authority;
    for (const candidate of await readCandidates(this.#db, before.headSeq + 1)) {
      try {
        const read = readStatement(candidate.bytes);
        const after = acceptStatement(before, read, candidate.signatures, this.#seconds());
        assertMeaning(read.statement, after);
        await this.#accept(before, after, read);
        return true;
      } catch (error) {
        if (
          !(error instanceof RefusedError) &&
          !(error instanceof TypeError) &&
          (error as Error).name !== 'CanonicalError'
        )
          throw error;
        // More signatures may come; everything else will not get better.
        const code = error instanceof RefusedError ? error.code : 'malformed';
        if (code !== 'not-enough-signatures') await this.#refuse(candidate.digest, code, (error as Error).message);
      }
    }
    return false;
  }

  async #accept(before: Authority, after: Authority, read: ReadStatement): Promise<void> {
    const at = this.#clock.now();
    await withTransaction(this.#db, async (tx) => {
      await recordAcceptance(tx, before, after, read.digest, at);
      await writeAudit(tx, [
        {
          kind: 'statement.accepted',
          outcome: 'success',
          actor: { process: 'signer' },
          objectType: 'statement',
          objectId: after.headDigest,
          detail: { kind: read.statement.kind, seq: after.headSeq },
        },
      ]);
      await notify(tx, 'see_chain', after.headSeq);
    });
    this.#seal(after);
    this.#authority = after;
    this.#configurations = withConfiguration(this.#configurations, after);
  }

  async #refuse(digest: Uint8Array, code: string, detail: string): Promise<void> {
    await withTransaction(this.#db, async (tx) => {
      await recordStatementRefusal(tx, digest, code, detail, this.#clock.now());
      await writeAudit(tx, [
        {
          kind: 'statement.refused',
          outcome: 'failure',
          actor: { process: 'signer' },
          objectType: 'statement',
          objectId: digest.toHex(),
          detail: { code, detail: detail.slice(0, 400) },
        },
      ]);
      await notify(tx, 'see_chain', 0);
    });
  }

  #seal(authority: Authority): void {
    this.#state.update({ headSeq: authority.headSeq, headDigest: authority.headDigest });
  }

  #seconds(): number {
    return Math.floor(this.#clock.now().getTime() / 1000);
  }
}

function withConfiguration(known: readonly Configuration[], { configuration }: Authority): readonly Configuration[] {
  return configuration === known[0] ? known : [configuration, ...known];
}

function rolledBack(how: string): RefusedError {
  return refused('authority-rolled-back', `the authority chain in the database ${how}; nothing is signed`, {
    remedy: 'restore the database, or have the recovery quorum decide',
    source: 'design 3',
  });
}
