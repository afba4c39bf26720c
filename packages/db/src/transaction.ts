import type { KyselyPlugin, RootOperationNode, Transaction } from 'kysely';
import { type Database, sqlState } from './connect.ts';
import type { DB } from './schema.gen.ts';

/** A running transaction. Only {@link withTransaction} makes one; writers ask for it, so they cannot be called outside of one. */
export type Tx = Transaction<DB>;

/** Options of {@link withTransaction}. */
export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** How often the whole function is run again after a serialization failure or a deadlock; default 0. Its effects must all be in the database. */
  readonly retries?: number;
}

const afterCommit = new WeakMap<Tx, (() => void)[]>();

/**
 * Runs the function in one transaction and commits; any error rolls back and is thrown on. Effects outside the database belong into {@link onCommit}.
 * A query made with the transaction after its end throws, instead of running on a connection that by then belongs to someone else.
 */
export async function withTransaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const guard = new EndGuard();
    const effects: (() => void)[] = [];
    try {
      const result = await db
        .transaction()
        .setIsolationLevel(options.isolation ?? 'read committed')
        .execute(async (transaction) => {
          const tx = transaction.withPlugin(guard);
          afterCommit.set(tx, effects);
          try {
            return await work(tx);
          } finally {
            guard.ended = true;
          }
        });
      for (const effect of effects) effect();
      return result;
    } catch (error) {
      const state = sqlState(error);
      const mayRepeat = state === SERIALIZATION_FAILURE || state === DEADLOCK;
      if (!mayRepeat || attempt >= (options.retries ?? 0)) throw error;
    }
  }
}

/** Registers what is done after the commit and only then; it must not throw. Throws when the transaction is not of {@link withTransaction}. */
export function onCommit(tx: Tx, effect: () => void): void {
  const effects = afterCommit.get(tx);
  if (!effects) throw new Error('onCommit needs a transaction of withTransaction');
  effects.push(effect);
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

class EndGuard implements KyselyPlugin {
  ended = false;

  transformQuery(args: { node: RootOperationNode }): RootOperationNode {
    if (this.ended) throw new Error('this transaction has ended');
    return args.node;
  }

  async transformResult<R>(args: { result: R }): Promise<R> {
    return args.result;
  }
}
