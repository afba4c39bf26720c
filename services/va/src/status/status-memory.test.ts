import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Remembered } from './effective-status.ts';
import { readJournalLine, writeJournalLine } from './journal-line.ts';
import { StatusMemory } from './status-memory.ts';

const at = new Date('2026-11-22T01:00:00Z');
const revoked: Remembered = { kind: 'revoked', reason: 1, revokedAt: at };
const held: Remembered = { kind: 'held', reason: 6, revokedAt: at, holdId: 7 };
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-va-'));
  path = join(folder, 'status.journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function withMemory<T>(work: (memory: StatusMemory) => T | Promise<T>): Promise<T> {
  const memory = await StatusMemory.open(path);
  try {
    return await work(memory);
  } finally {
    await memory.close();
  }
}

describe('status memory', () => {
  it('keeps what it was told over a restart', async () => {
    await withMemory((memory) => {
      memory.remember('gateway', '4a01', revoked);
      memory.remember('individual', '4a02', { ...held, invalidityDate: at });
      memory.rememberCrl('gateway', 12n);
    });
    await withMemory((memory) => {
      expect(memory.get('gateway', '4a01')).toEqual(revoked);
      expect(memory.get('individual', '4a02')).toEqual({ ...held, invalidityDate: at });
      expect(memory.get('individual', '4a01')).toBeUndefined();
      expect(memory.crlNumber('gateway')).toBe(12n);
      expect([...memory.standings()]).toHaveLength(2);
    });
  });

  it('is durable once settled, without an orderly end', async () => {
    const memory = await StatusMemory.open(path);
    memory.remember('gateway', '4a01', revoked);
    await memory.settle();
    expect(readFileSync(path, 'utf8')).toBe(`revoked gateway 4a01 1 ${at.getTime() / 1000} - -\n`);
    await memory.close();
  });

  it('never replaces revoked by held, never releases it, never lowers a CRL number', async () => {
    await withMemory((memory) => {
      memory.remember('gateway', '4a01', revoked);
      memory.remember('gateway', '4a01', held);
      memory.release('gateway', '4a01');
      memory.rememberCrl('gateway', 12n);
      memory.rememberCrl('gateway', 3n);
      expect(memory.get('gateway', '4a01')).toEqual(revoked);
      expect(memory.crlNumber('gateway')).toBe(12n);
    });
  });

  it('replaces a hold by a later one only', async () => {
    await withMemory((memory) => {
      memory.remember('gateway', '4a01', held);
      memory.remember('gateway', '4a01', { ...held, holdId: 3 });
      expect(memory.get('gateway', '4a01')?.holdId).toBe(7);
      memory.remember('gateway', '4a01', { ...held, holdId: 9 });
      expect(memory.get('gateway', '4a01')?.holdId).toBe(9);
    });
  });

  it('forgets a hold that was released', async () => {
    await withMemory((memory) => {
      memory.remember('gateway', '4a01', held);
      memory.release('gateway', '4a01');
    });
    await withMemory((memory) => expect(memory.get('gateway', '4a01')).toBeUndefined());
  });

  it('drops a line that a crash cut off and goes on behind it', async () => {
    await withMemory((memory) => memory.remember('gateway', '4a01', revoked));
    appendFileSync(path, 'revoked gateway 4a02 1 17');
    await withMemory((memory) => {
      expect(memory.condition).toEqual({ damaged: 0, torn: true });
      memory.remember('gateway', '4a03', revoked);
    });
    await withMemory((memory) => {
      expect(memory.condition).toEqual({ damaged: 0, torn: false });
      expect(memory.get('gateway', '4a01')).toEqual(revoked);
      expect(memory.get('gateway', '4a02')).toBeUndefined();
      expect(memory.get('gateway', '4a03')).toEqual(revoked);
    });
  });

  it('uses every line that can be read and leaves the others where they are', async () => {
    await withMemory((memory) => memory.remember('gateway', '4a01', revoked));
    const damaged = `revoked gateway zz\n${readFileSync(path, 'utf8')}`;
    writeFileSync(path, damaged);
    await withMemory((memory) => {
      expect(memory.condition.damaged).toBe(1);
      expect(memory.get('gateway', '4a01')).toEqual(revoked);
    });
    expect(readFileSync(path, 'utf8')).toBe(damaged);
  });

  it('is written anew when most of it is dead', async () => {
    await withMemory((memory) => {
      memory.remember('gateway', '4a01', revoked);
      for (let number = 1n; number <= 1500n; number++) memory.rememberCrl('gateway', number);
    });
    await withMemory((memory) => {
      expect(memory.get('gateway', '4a01')).toEqual(revoked);
      expect(memory.crlNumber('gateway')).toBe(1500n);
      memory.remember('gateway', '4a02', revoked);
    });
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
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
    'released gateway 4a01 extra',
  ];
  it.each(refused)('refuses %j', (line) => expect(readJournalLine(line)).toBeUndefined());

  it('reads what it writes', () => {
    for (const standing of [revoked, held, { ...held, invalidityDate: at }]) {
      const entry = { kind: 'standing', ca: 'tls', serial: '0a', standing } as const;
      expect(readJournalLine(writeJournalLine(entry).trimEnd())).toEqual(entry);
    }
  });
});
