import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { ExaminedOctets } from './examined-octets.ts';
import { Examiner } from './examiner.ts';
import { StatusTable } from './status-table.ts';

const KEPT = 250;
const facts = (id: number) => ({
  id,
  ca: 'individual',
  serial: Uint8Array.of(0x40, ...new Array<number>(13).fill(0), id >> 8, id & 0xff),
  profileId: 'user-auth',
  agencyId: null,
  notAfter: new Date('2027-11-22'),
});
const octetsOf = (id: number) => Uint8Array.of(id >> 8, id & 0xff);

/** An examiner of a va that was started again with certificates 1 to 250 verified before. */
function startedAgain(changed: ReadonlySet<number>) {
  const before = new StatusTable({ onAdded: () => undefined, onChanged: () => undefined });
  const examined = new ExaminedOctets(new Uint8Array(48));
  for (let id = 1; id <= KEPT; id += 1) {
    const entry = before.add(facts(id));
    before.setGenuine(entry, true);
    examined.keep(entry.row, octetsOf(id), { notBefore: new Date('2026-11-22'), encrypts: false });
  }
  const table = new StatusTable({ onAdded: (entry) => examiner.enqueue(entry), onChanged: () => undefined });
  const asked: number[][] = [];
  const forged: (number | undefined)[] = [];
  const hook = { onRead: (_ids: readonly number[]): void => undefined };
  const examiner: Examiner = new Examiner({
    table,
    examined,
    caOf: () => ({}) as TrustedCa,
    octetsOf: async (ids) => {
      asked.push([...ids]);
      hook.onRead(ids);
      return new Map(ids.map((id) => [id, changed.has(id) ? Uint8Array.of(0) : octetsOf(id)]));
    },
    onGenuine: () => expect.unreachable('none of these octets is a certificate'),
    onForged: ({ id }) => forged.push(id),
    onError: (error) => expect.unreachable(String(error)),
  });
  table.restore(before.key, before.rows);
  return { table, examiner, asked, forged, hook };
}

async function finished(examiner: Examiner): Promise<void> {
  while (examiner.backlog > 0) await sleep(5);
  await examiner.close();
}

describe('the examiner after a restart', () => {
  it('compares what was verified before, and verifies only what has changed', async () => {
    const { table, examiner, asked, forged } = startedAgain(new Set([7, 249]));
    expect(examiner.backlog).toBe(KEPT);
    examiner.start();
    await finished(examiner);
    expect(asked.map((ids) => ids.length)).toEqual([100, 100, 50]);
    expect(asked.flat()).toEqual(Array.from({ length: KEPT }, (_, index) => index + 1));
    expect(forged).toEqual([7, 249]);
    expect([table.at(6).genuine, table.at(7).genuine]).toEqual([false, true]);
    expect(table.unexamined).toBe(0);
  });

  it('verifies new certificates before it goes on to compare', async () => {
    const { table, examiner, asked, hook } = startedAgain(new Set());
    table.add(facts(1001));
    hook.onRead = (ids) => {
      if (ids[0] === 1) table.add(facts(1002));
    };
    examiner.start();
    await finished(examiner);
    expect(asked.map(([first]) => first)).toEqual([1001, 1, 1002, 101, 201]);
  });
});
