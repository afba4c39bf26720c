import type { DirectoryRule } from '@see/db/va';
import { describe, expect, it } from 'vitest';
import { DirectoryListing } from './directory-listing.ts';

/** A listing over rules that a test changes, with its errors. */
function listing(rules: Map<number, Omit<DirectoryRule, 'id'>>) {
  const faults = { left: 0, told: 0 };
  const made = new DirectoryListing({
    read: async (ids) => {
      if (faults.left > 0) {
        faults.left -= 1;
        throw new Error('away');
      }
      return ids.flatMap((id) => (rules.has(id) ? [{ id, ...(rules.get(id) as Omit<DirectoryRule, 'id'>) }] : []));
    },
    onError: () => {
      faults.told += 1;
    },
  });
  return { made, faults };
}

const settle = async (made: DirectoryListing): Promise<void> => {
  for (let tries = 0; made.backlog > 0 && tries < 300; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(made.backlog).toBe(0);
};

const good = (): boolean => true;

describe('what the directory offers', () => {
  it('is nothing that was not read, then what no rule is about', async () => {
    const { made } = listing(new Map());
    made.add(1);
    expect([made.isListed(1, good), made.isListed(2, good)]).toEqual([false, false]);
    await settle(made);
    expect([made.isListed(1, good), made.isListed(2, good)]).toEqual([true, false]);
  });

  it('is the old one until the new one is confirmed, then the new one', async () => {
    const rules = new Map([[2, { waits: true, replaces: [1] }]]);
    const { made } = listing(rules);
    for (const id of [1, 2]) made.add(id);
    await settle(made);
    expect([1, 2].map((id) => made.isListed(id, good))).toEqual([true, false]);
    rules.set(2, { waits: false, replaces: [1] });
    expect([1, 2].map((id) => made.isListed(id, good))).toEqual([true, false]);
    await made.refresh();
    expect([1, 2].map((id) => made.isListed(id, good))).toEqual([false, true]);
  });

  it('is the old one again when the new one is not good any more', async () => {
    const { made } = listing(new Map([[2, { waits: false, replaces: [1] }]]));
    for (const id of [1, 2]) made.add(id);
    await settle(made);
    expect(made.isListed(1, (id) => id !== 2)).toBe(true);
  });

  it('is the last of a line of renewals, also when one between is revoked', async () => {
    const { made } = listing(
      new Map([
        [2, { waits: false, replaces: [1] }],
        [3, { waits: false, replaces: [2] }],
      ]),
    );
    for (const id of [1, 2, 3]) made.add(id);
    await settle(made);
    expect([1, 2, 3].map((id) => made.isListed(id, (one) => one !== 2))).toEqual([false, false, true]);
  });

  it('ends where rows say that two replace each other', async () => {
    const { made } = listing(
      new Map([
        [1, { waits: true, replaces: [2] }],
        [2, { waits: true, replaces: [1] }],
      ]),
    );
    for (const id of [1, 2]) made.add(id);
    await settle(made);
    expect([1, 2].map((id) => made.isListed(id, good))).toEqual([false, false]);
  });

  it('is read again after the database was away', async () => {
    const { made, faults } = listing(new Map());
    faults.left = 1;
    made.add(1);
    await settle(made);
    expect([faults.told, made.isListed(1, good)]).toEqual([1, true]);
    await made.close();
  });
});
