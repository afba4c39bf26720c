import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Remembered } from './effective-status.ts';
import { readJournalLine, writeJournalLine } from './journal-line.ts';
import { StatusJournal } from './status-journal.ts';
import { StatusMemory } from './status-memory.ts';
import { StatusTable } from './status-table.ts';

const at = new Date('2026-11-22T01:00:00Z');
const revoked = { kind: 'revoked', reason: 1, revokedAt: at } as const;
const held = { kind: 'held', reason: 6, revokedAt: at } as const;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-va-'));
  path = join(folder, 'status.journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A memory as a start of va makes it, with names for what it is asked about. */
async function withMemory<T>(work: (memory: Named) => T | Promise<T>): Promise<T> {
  const journal = await StatusJournal.open(path);
  const named = new Named(journal);
  try {
    return await work(named);
  } finally {
    await journal.close();
  }
}

class Named {
  readonly journal: StatusJournal;
  readonly table = new StatusTable({ onAdded: () => undefined, onChanged: () => undefined });
  readonly memory: StatusMemory;

  constructor(journal: StatusJournal) {
    this.journal = journal;
    this.memory = new StatusMemory(this.table, journal);
    this.memory.replay();
  }

  get(serial: string): Remembered | undefined {
    return this.memory.get(this.table.addUnrecorded('gateway', serial));
  }

  keep(serial: string, status: Parameters<StatusMemory['keep']>[1], holdId?: number): void {
    this.memory.keep(this.table.addUnrecorded('gateway', serial), status, holdId);
  }
}

describe('status memory', () => {
  it('keeps what it was told over a restart', async () => {
    await withMemory((one) => {
      one.keep('4a01', revoked);
      one.keep('4a02', { ...held, invalidityDate: at }, 7);
      one.memory.rememberCrl('gateway', 12n);
      one.memory.rememberCrl('gateway/delta', 14n);
      one.memory.rememberCrl('gateway/128-5', 13n);
    });
    await withMemory((one) => {
      expect(one.get('4a01')).toEqual(revoked);
      expect(one.get('4a02')).toEqual({ ...held, holdId: 7, invalidityDate: at });
      expect(one.get('4a03')).toBeUndefined();
      expect(['gateway', 'gateway/delta', 'gateway/128-5', 'tls'].map((list) => one.memory.crlNumber(list))).toEqual([
        12n,
        14n,
        13n,
        0n,
      ]);
      expect([...one.memory.standings()].flat().map(({ serial }) => serial)).toEqual(['4a01', '4a02']);
    });
  });

  it('is durable once settled, without an orderly end', async () => {
    await withMemory(async (one) => {
      one.keep('4a01', revoked);
      await one.memory.settle();
      expect(readFileSync(path, 'utf8')).toBe(`revoked gateway 4a01 1 ${at.getTime() / 1000} - -\n`);
    });
  });

  it('never replaces revoked by held or good, never lowers a CRL number', async () => {
    await withMemory((one) => {
      one.keep('4a01', revoked);
      one.keep('4a01', held, 7);
      one.keep('4a01', { kind: 'good' });
      one.memory.rememberCrl('gateway', 12n);
      one.memory.rememberCrl('gateway', 3n);
      expect(one.get('4a01')).toEqual(revoked);
      expect(one.memory.crlNumber('gateway')).toBe(12n);
    });
  });

  it('replaces a hold by a later one only, and keeps its time', async () => {
    await withMemory((one) => {
      one.keep('4a01', held, 7);
      one.keep('4a01', { ...held, revokedAt: new Date(0) }, 3);
      expect(one.get('4a01')).toEqual({ ...held, holdId: 7 });
      one.keep('4a01', held, 9);
      expect(one.get('4a01')?.holdId).toBe(9);
    });
  });

  it('forgets a hold that was released', async () => {
    await withMemory((one) => {
      one.keep('4a01', held, 7);
      one.keep('4a01', { kind: 'good' });
    });
    await withMemory((one) => expect(one.get('4a01')).toBeUndefined());
  });
});

describe('status journal', () => {
  it('drops a line that a crash cut off and goes on behind it', async () => {
    await withMemory((one) => one.keep('4a01', revoked));
    appendFileSync(path, 'revoked gateway 4a02 1 17');
    await withMemory((one) => {
      expect(one.journal.condition).toEqual({ damaged: 0, torn: true });
      one.keep('4a03', revoked);
    });
    await withMemory((one) => {
      expect(one.journal.condition).toEqual({ damaged: 0, torn: false });
      expect([one.get('4a01'), one.get('4a02'), one.get('4a03')]).toEqual([revoked, undefined, revoked]);
    });
  });

  it('uses every line that can be read and leaves the others where they are', async () => {
    await withMemory((one) => one.keep('4a01', revoked));
    const damaged = `revoked gateway zz\n${readFileSync(path, 'utf8')}`;
    writeFileSync(path, damaged);
    await withMemory((one) => {
      expect(one.journal.condition.damaged).toBe(1);
      expect(one.get('4a01')).toEqual(revoked);
    });
    expect(readFileSync(path, 'utf8')).toBe(damaged);
  });

  it('holds what came after the beginning of a snapshot, and nothing else', async () => {
    await withMemory(async (one) => {
      one.keep('4a01', revoked);
      await one.memory.settle();
      one.keep('4a02', revoked);
      one.journal.begin();
      one.keep('4a03', revoked);
      await one.memory.settle();
      one.keep('4a04', revoked);
      await one.journal.finish();
      one.keep('4a05', revoked);
    });
    const serials = readFileSync(path, 'utf8').match(/4a0\d/g);
    expect(serials).toEqual(['4a03', '4a04', '4a05']);
  });

  it('holds everything where there was no snapshot after all', async () => {
    await withMemory((one) => {
      one.keep('4a01', revoked);
      one.journal.begin();
      one.keep('4a02', revoked);
      one.journal.giveUp();
    });
    expect(readFileSync(path, 'utf8').match(/4a0\d/g)).toEqual(['4a01', '4a02']);
  });

  it('puts lines that could not be read aside before a snapshot takes their place', async () => {
    writeFileSync(path, 'revoked gateway zz\n');
    await withMemory(async (one) => {
      one.journal.begin();
      await one.journal.finish();
    });
    expect(readFileSync(path, 'utf8')).toBe('');
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe('revoked gateway zz\n');
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});

describe('journal line', () => {
  const refused = [
    '',
    'good gateway 4a01',
    'revoked gateway 4A01 1 0 - -',
    'revoked gateway 4a01 1 0 -',
    'revoked ../x 4a01 1 0 - -',
    'crl gateway -1',
    'crl gateway/other 1',
    'crl gateway/../x 1',
    'released gateway 4a01 extra',
  ];
  it.each(refused)('refuses %j', (line) => expect(readJournalLine(line)).toBeUndefined());

  it('reads what it writes', () => {
    for (const standing of [revoked, { ...held, holdId: 7 }, { ...held, invalidityDate: at }]) {
      const entry = { kind: 'standing', ca: 'tls', serial: '0a', standing } as const;
      expect(readJournalLine(writeJournalLine(entry).trimEnd())).toEqual(entry);
    }
  });
});
