import { sqlState } from './connect.ts';

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets everyone who asks the same kind of thing of one context share a question: what comes while one is being answered
 * makes up the next. Each item is worked on after it was given, so an answer is never older than the question. `work`
 * returns one result an item, in their order. When the database refuses what a batch holds, its items are tried one by
 * one, so that an error reaches only whose it is; `work` must therefore be all or nothing. Any other error reaches all of
 * them: after it nobody knows whether the batch took effect.
 */
export function inBatches<C extends object, T, R>(
  work: (context: C, items: readonly T[]) => Promise<readonly R[]>,
  most = 256,
): (context: C, item: T) => Promise<R> {
  const queues = new WeakMap<C, Waiting<T, R>[]>();

  const settle = async (context: C, batch: readonly Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await work(
        context,
        batch.map(({ item }) => item),
      );
      for (const [index, one] of batch.entries()) one.resolve(results[index] as R);
    } catch (error) {
      if (batch.length === 1 || !isRefusal(error)) for (const one of batch) one.reject(error);
      else for (const one of batch) await settle(context, [one]);
    }
  };

  const drain = async (context: C, queue: Waiting<T, R>[]): Promise<void> => {
    while (queue.length > 0) await settle(context, queue.splice(0, most));
    queues.delete(context);
  };

  return (context, item) =>
    new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject };
      const queue = queues.get(context);
      if (queue) {
        queue.push(waiting);
        return;
      }
      const begun = [waiting];
      queues.set(context, begun);
      // What comes in the same turn goes along.
      setImmediate(() => void drain(context, begun));
    });
}

/** Whether the database refused what it was given: bad values, broken constraints, rules of our schema (SE). */
function isRefusal(error: unknown): boolean {
  return /^(?:22|23|SE)/.test(sqlState(error) ?? '');
}

/** The same for look-ups by a key: undefined where `read` has nothing. It gets each key once. */
export function byKey<C extends object, V>(
  read: (context: C, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (context: C, key: string) => Promise<V | undefined> {
  return inBatches(async (context: C, keys: readonly string[]) => {
    const found = await read(context, [...new Set(keys)]);
    return keys.map((key) => found.get(key));
  });
}
