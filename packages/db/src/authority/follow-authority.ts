import {
  type Authority,
  acceptStatement,
  type FormerOperators,
  genesisAuthority,
  noteOperators,
  refused,
  withFormerOperators,
} from '@see/domain';
import { readStatement } from '@see/statement';
import type { Database } from '../connect.ts';
import { readChain } from './read-chain.ts';

/**
 * The authority as the accepted chain says it, verified by this process itself from the instance's anchor on: a row
 * without good signatures is not followed. Call `refresh` on a hint of `see_chain` and at sweeps.
 */
export class AuthorityFollower {
  readonly #db: Database;
  readonly #anchor: Uint8Array;
  #authority: Authority | undefined;
  #operators: FormerOperators = new Map();
  #running: Promise<Authority> | undefined;

  /** `anchor` is the digest of the genesis statement, taken from the instance's facts, never from the database. */
  constructor(db: Database, anchor: Uint8Array) {
    this.#db = db;
    this.#anchor = anchor;
  }

  /** The authority as of the last refresh; throws before the first one. */
  get current(): Authority {
    if (!this.#authority) throw refused('authority-unknown', 'the authority chain has not been read yet');
    return this.#authority;
  }

  /** The same with every key that ever had the operator's right; see `withFormerOperators` for what it does not say. */
  get withFormer(): Authority {
    return withFormerOperators(this.current, this.#operators);
  }

  /** Reads and verifies what was added to the chain. Throws RefusedError when an addition does not hold. */
  refresh(): Promise<Authority> {
    this.#running ??= this.#read().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #read(): Promise<Authority> {
    const rows = await readChain(this.#db, (this.#authority?.headSeq ?? -1) + 1);
    for (const row of rows) {
      const read = readStatement(row.bytes);
      const before = this.#authority;
      const after = before
        ? acceptStatement(before, read, row.signatures, undefined)
        : genesisAuthority(read, this.#anchor);
      if (after.credentials !== before?.credentials || after.roles !== before.roles)
        this.#operators = noteOperators(this.#operators, after);
      this.#authority = after;
    }
    return this.current;
  }
}
