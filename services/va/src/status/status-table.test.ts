import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { StatusTable } from './status-table.ts';

const NOT_AFTER = new Date('2027-11-22T00:00:00Z');
const silent = { onAdded: () => undefined, onChanged: () => undefined };

const serialOf = (number: number, octets = 16): Uint8Array =>
  new Uint8Array(createHash('sha384').update(String(number)).digest().subarray(0, octets));

const facts = (id: number, serial = serialOf(id), ca = 'individual') => ({
  id,
  ca,
  serial,
  profileId: 'user-auth',
  agencyId: id % 3 === 0 ? null : `agency${id % 300}`,
  notAfter: NOT_AFTER,
});

describe('status table', () => {
  it('finds each of 100,000 certificates by CA and serial number, and none besides', () => {
    const table = new StatusTable(silent);
    for (let id = 1; id <= 100_000; id += 1) table.add(facts(id));
    expect(table.size).toBe(100_000);
    for (let id = 1; id <= 100_000; id += 7) {
      const found = table.find('individual', serialOf(id).toHex());
      expect(found?.id).toBe(id);
      expect(found?.agencyId).toBe(facts(id).agencyId);
    }
    expect(table.find('gateway', serialOf(1).toHex())).toBeUndefined();
    for (let id = 100_001; id < 101_000; id += 1)
      expect(table.find('individual', serialOf(id).toHex())).toBeUndefined();
    // The last chunk of rows may be nearly empty.
    expect(table.bytes / table.size).toBeLessThan(55);
  });

  it('takes serial numbers of other lengths, which differ where only their ends do', () => {
    const table = new StatusTable(silent);
    const long = serialOf(1, 20);
    const other = Uint8Array.from(long, (octet, at) => (at === 19 ? octet ^ 1 : octet));
    const serials = [long, other, long.subarray(0, 16), long.subarray(0, 8), Uint8Array.of(5)];
    for (const [at, serial] of serials.entries()) table.add(facts(at + 1, serial));
    for (const [at, serial] of serials.entries()) {
      const found = table.find('individual', serial.toHex());
      expect([found?.id, found?.serial]).toEqual([at + 1, serial.toHex()]);
    }
    expect(table.find('individual', long.subarray(0, 17).toHex())).toBeUndefined();
  });

  it('says by octets whether a status is settled, of recorded certificates alone', () => {
    const table = new StatusTable(silent);
    const statuses = ['good', 'held', 'revoked'] as const;
    for (const [at, kind] of statuses.entries()) {
      const entry = table.add(facts(at + 1));
      if (kind !== 'good') table.setStatus(entry, { kind, reason: 6, revokedAt: NOT_AFTER });
    }
    const unrecorded = table.addUnrecorded('individual', serialOf(4).toHex());
    table.setStatus(unrecorded, { kind: 'revoked', reason: 1, revokedAt: NOT_AFTER });
    const settled = (id: number, kind: 'held' | 'revoked', ca = 'individual') =>
      table.isSettled(ca, Uint8Array.of(9, 9, ...serialOf(id), 9), 2, 16, kind);
    expect([1, 2, 3, 4, 5].map((id) => [settled(id, 'held'), settled(id, 'revoked')])).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [false, false],
      [false, false],
    ]);
    expect([settled(3, 'held', 'gateway'), table.isSettled('individual', serialOf(3, 20), 0, 20, 'held')]).toEqual([
      false,
      false,
    ]);
  });

  it('tells CAs apart that gave the same serial number', () => {
    const table = new StatusTable(silent);
    table.add(facts(1));
    table.add(facts(2, serialOf(1), 'tls'));
    expect(table.find('individual', serialOf(1).toHex())?.id).toBe(1);
    expect(table.find('tls', serialOf(1).toHex())?.id).toBe(2);
  });

  it('keeps the first row of a serial number, and the status of one that was not recorded', () => {
    const table = new StatusTable(silent);
    const revokedAt = new Date('2026-11-22T01:02:03Z');
    const unrecorded = table.addUnrecorded('individual', serialOf(1).toHex());
    expect([unrecorded.id, unrecorded.notAfter]).toEqual([undefined, undefined]);
    table.setStatus(unrecorded, { kind: 'revoked', reason: 1, revokedAt });
    const entry = table.add(facts(7, serialOf(1)));
    expect(entry.status).toEqual({ kind: 'revoked', reason: 1, revokedAt });
    expect([entry.id, entry.notAfter, table.add(facts(8, serialOf(1))).id]).toEqual([7, NOT_AFTER.getTime(), 7]);
    expect([table.size, table.highestId]).toEqual([1, 7]);
  });

  it('says when something changes, and not when it does not', () => {
    const changed: string[] = [];
    const table = new StatusTable({ ...silent, onChanged: (entry) => changed.push(entry.status.kind) });
    const entry = table.add(facts(1));
    const revokedAt = new Date('2026-11-22T01:02:03.900Z');
    const invalidityDate = new Date('2026-11-01T00:00:00.250Z');
    const held = { kind: 'held', reason: 6, revokedAt, invalidityDate } as const;
    expect([table.setStatus(entry, held), table.setStatus(entry, held)]).toEqual([true, false]);
    expect(entry.status).toEqual({
      ...held,
      revokedAt: new Date('2026-11-22T01:02:03Z'),
      invalidityDate: new Date('2026-11-01T00:00:00Z'),
    });
    expect(table.setStatus(entry, { kind: 'good' })).toBe(true);
    expect([entry.genuine, table.unexamined]).toEqual([undefined, 1]);
    expect([table.nextUnexamined(0, 1, false), table.nextUnexamined(0, 1, true)]).toEqual([0, -1]);
    table.setGenuine(entry, true);
    table.setGenuine(entry, true);
    expect([entry.genuine, table.unexamined, table.nextUnexamined(0, 1, true)]).toEqual([true, 0, -1]);
    expect(changed).toEqual(['held', 'good', 'good']);
  });

  it('refuses ids that it has no room for', () => {
    const table = new StatusTable(silent);
    expect(() => table.add(facts(2 ** 32))).toThrow(RangeError);
  });
});
