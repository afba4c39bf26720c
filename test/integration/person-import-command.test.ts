import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportBody, manyPeople, type Preview } from '../support/import-calls.ts';
import { startInstance, type TestInstance } from '../support/instance.ts';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.remove());

/** A file beside the instance's data. */
function file(name: string, text: string): string {
  const path = join(instance.dataDir, '..', name);
  writeFileSync(path, text);
  return path;
}

async function people(start: string): Promise<number> {
  const { items } = await instance.seeJson<{ items: { email: string }[] }>('person', 'list', '--agency', 'treasury');
  return items.filter(({ email }) => email.startsWith(start)).length;
}

describe('see person import', () => {
  it('prints a sample whose columns it knows', async () => {
    const sample = await instance.see('person', 'import', '--sample');
    expect([sample.code, sample.stderr]).toEqual([0, '']);
    const shown = await instance.see(
      'person',
      'import',
      file('sample.csv', sample.stdout),
      '--agency',
      'treasury',
      '--dry-run',
      '--json',
    );
    expect(shown.code).toBe(1);
    const preview = JSON.parse(shown.stdout) as Preview;
    expect(preview.columns.map(({ field }) => field)).toEqual([
      'givenName',
      'surname',
      'displayName',
      'email',
      'externalId',
    ]);
    expect(new Set(preview.problems.map(({ code }) => code))).toEqual(new Set(['domain-not-in-scope']));
  });

  it('shows a preview and does nothing with --dry-run, nor without --yes where nobody can be asked', async () => {
    const csv = file('few.csv', 'Nachname,Vorname,Mail\nMahuta,Tāne,few.1@treasury.govt.nz\n');
    const args = [
      'person',
      'import',
      csv,
      '--agency',
      'treasury',
      '--map',
      'Nachname=surname',
      '--map',
      'Vorname=given-name',
    ];
    const dry = await instance.see(...args, '--dry-run');
    expect([dry.code, dry.stderr]).toEqual([0, '']);
    expect(dry.stdout).toMatch(/Vorname +givenName/);
    expect(dry.stdout).toContain('Tāne Mahuta');
    expect(dry.stdout).toContain('1 rows: 1 to enter, 0 to skip, 0 with problems.');
    const unasked = await instance.see(...args);
    expect(unasked.code).toBe(1);
    expect(unasked.stderr).toContain('not-confirmed');
    expect(await people('few.')).toBe(0);
    const result = join(instance.dataDir, '..', 'few-result.csv');
    const done = await instance.seeJson<ImportBody>(...args, '--yes', '--result', result);
    expect(done).toMatchObject({ state: 'done', done: 1 });
    expect(await people('few.')).toBe(1);
    expect(readFileSync(result, 'utf8')).toMatch(
      /\r\n2,done,[0-9A-Z]{16},Tāne,Mahuta,Tāne Mahuta,few\.1@treasury\.govt\.nz,,,,,,\r\n/,
    );
    const again = await instance.see(...args, '--yes');
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('already-registered');
    expect(again.stderr).toContain('nobody new');
  });

  it('tells problems by row and column with exit code 1, and wrong usage with 2', async () => {
    const csv = file('bad.csv', 'surname,email\n\u001b[2J=1,bad.1@treasury.govt.nz\n=2,bad.2@treasury.govt.nz\n');
    const bad = await instance.see('person', 'import', csv, '--agency', 'treasury', '--yes');
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/2 +1 +control-character/);
    expect(bad.stdout).toMatch(/3 +1 +formula-cell/);
    expect(bad.stdout).not.toContain('\u001b');
    expect(bad.stderr).toContain('2 problems, nothing was done');
    for (const args of [
      [],
      [csv],
      [csv, '--agency', 'treasury', '--map', 'surname'],
      [csv, '--agency', 'treasury', '--same-name', 'x'],
    ]) {
      expect([args, (await instance.see('person', 'import', ...args)).code]).toEqual([args, 2]);
    }
    const none = await instance.see('person', 'import', `${csv}.none`, '--agency', 'treasury');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('bad-file')]);
  });

  it('brings in 3,000 people in seconds, and lists its imports', async () => {
    const csv = file('many.csv', manyPeople('Many', 3_000));
    const start = performance.now();
    const done = await instance.seeJson<ImportBody>('person', 'import', csv, '--agency', 'treasury', '--yes');
    console.log(`see person import of 3,000 rows: ${Math.round(performance.now() - start)} ms`);
    expect(done).toMatchObject({ state: 'done', rows: 3_000, done: 3_000 });
    expect(performance.now() - start).toBeLessThan(30_000);
    const listed = await instance.seeJson<{ items: ImportBody[] }>('person', 'imports', 'list');
    expect(listed.items[0]).toMatchObject({ id: done.id, state: 'done' });
    expect((await instance.see('person', 'imports', 'show', done.id)).stdout).toContain('is done: 3000 entered');
    const late = await instance.see('person', 'imports', 'pause', done.id);
    expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('wrong-state')]);
  });
});
