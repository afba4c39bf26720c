import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { byKey, inBatches } from './in-batches.ts';

/** An error as PostgreSQL says it. */
function databaseError(code: string): Error {
  return Object.assign(new pg.DatabaseError('refused', 7, 'error'), { code });
}

describe('batches', () => {
  it('take what comes while one is worked on, each item once, after it was given', async () => {
    const batches: number[][] = [];
    const double = inBatches(async (_context: object, items: readonly number[]) => {
      batches.push([...items]);
      await sleep(5);
      return items.map((item) => item * 2);
    });
    const context = {};
    const early = [double(context, 1), double(context, 2)];
    await sleep(1);
    const late = [double(context, 3), double(context, 4)];
    expect(await Promise.all([...early, ...late])).toEqual([2, 4, 6, 8]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await double(context, 5)).toBe(10);
  });

  it('are apart for every context, and no longer than they may be', async () => {
    const batches: string[] = [];
    const ask = inBatches(async (context: { name: string }, items: readonly number[]) => {
      batches.push(`${context.name} ${items.join()}`);
      return items;
    }, 2);
    const [one, other] = [{ name: 'one' }, { name: 'other' }];
    await Promise.all([ask(one, 1), ask(other, 2), ask(one, 3), ask(one, 4)]);
    expect(batches.toSorted()).toEqual(['one 1,3', 'one 4', 'other 2']);
  });

  it('that the database refuses are tried one by one, so that only the faulty item fails', async () => {
    const done: number[] = [];
    const store = inBatches(async (_context: object, items: readonly number[]) => {
      if (items.includes(2)) throw databaseError('23505');
      done.push(...items);
      return items;
    });
    const context = {};
    const outcomes = await Promise.allSettled([store(context, 1), store(context, 2), store(context, 3)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(done).toEqual([1, 3]);
  });

  it.each([
    ['a lost connection', new Error('Connection terminated')],
    ['a server that is shut down', databaseError('57P01')],
  ])(
    'that fail by %s fail for all, and are not tried again: it is not known what took effect',
    async (_name, fault) => {
      let runs = 0;
      const store = inBatches(async () => {
        runs += 1;
        throw fault;
      });
      const context = {};
      const outcomes = await Promise.allSettled([store(context, 1), store(context, 2)]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(runs).toBe(1);
    },
  );
});

describe('look-ups by key', () => {
  it('ask for a key once and answer undefined for what is not there', async () => {
    const asked: string[][] = [];
    const find = byKey(async (_context: object, keys) => {
      asked.push([...keys]);
      return new Map([['a', 1]]);
    });
    const context = {};
    expect(await Promise.all([find(context, 'a'), find(context, 'b'), find(context, 'a')])).toEqual([1, undefined, 1]);
    expect(asked).toEqual([['a', 'b']]);
  });
});
