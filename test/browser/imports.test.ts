import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

/** A spreadsheet of people, from the file with mistakes to the last row. */
describe.skipIf(!hasChromium)('imports in the console', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';
  const csv = (rows: readonly string[]): Buffer => Buffer.from(['given name,surname,work email', ...rows].join('\n'));
  const people = (prefix: string, count: number): string[] =>
    Array.from(
      { length: count },
      (_, index) => `${prefix},Tester${word(index)},${prefix.toLowerCase()}${index}@treasury.govt.nz`,
    );

  async function choose(page: Page, rows: readonly string[]): Promise<void> {
    await page.locator('#agencyId').selectOption('treasury');
    await page.locator('#file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: csv(rows) });
    await page.locator('form[action="/console/imports/preview"] button[type=submit]').first().click();
  }

  it('go from mistakes over a mended file to people and orders', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/imports', { check });
    await check.look(page, 'imports-none');
    await page.locator('main a[role=button]').click();
    await check.look(page, 'import-new');
    await page.locator('form[action="/console/imports/preview"] button[type=submit]').click();
    await page.locator('.govuk-error-summary').waitFor();
    await check.look(page, 'import-new-empty', { inPlace: true });
    const mistakes = [
      'Ana,,ana@treasury.govt.nz',
      'Ben,=1+1,ben@treasury.govt.nz',
      'Cara,Kauri,cara@elsewhere.example',
    ];
    await choose(page, [...mistakes, ...people('Dan', 3), 'Grace,Liu,grace.liu@treasury.govt.nz']);
    const text = await main(page);
    expect(text).toContain('3 rows have mistakes');
    expect(text).toContain('one row is skipped');
    expect(await page.locator('form[action="/console/imports"] > button:not([formaction])').count()).toBe(0);
    await check.look(page, 'import-preview-mistakes', { inPlace: true });
    await page.locator('button[name=leaveOut]').click();
    expect(await page.locator('form[action="/console/imports"] > button').textContent()).toBe('Enter 3 people');
    await page.goto(scene.url('/console/imports/new'));
    await page.locator('input[name=profiles][value=user-auth]').check();
    await page.locator('#sponsorId').selectOption({ label: 'Susan Grant (The Treasury)' });
    await choose(page, people('Dan', 3));
    expect(await main(page)).toContain('3 people are entered');
    await check.look(page, 'import-preview', { inPlace: true });
    await page.locator('form[action="/console/imports"] > button').click();
    await page.waitForURL('**/console/imports/*-*?done=start');
    await page.locator('.govuk-tag--green').waitFor({ timeout: 30_000 });
    expect(await page.locator('#count-done').textContent()).toBe('3');
    await check.look(page, 'import-done');
    const entered = await scene.query(`select from people where given_name = 'Dan'`);
    expect(entered).toHaveLength(3);
    const orders = await scene.query(`select from orders where created_by <> 'x' and profiles = '{user-auth}'`);
    expect(orders).toHaveLength(3);
    const session = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const address = page.url().split('?')[0];
    const result = await (await fetch(`${address}/result.csv`, { headers: { cookie: session } })).text();
    expect(result.trim().split('\n')).toHaveLength(4);
    await page.goto(scene.url('/console/imports'));
    await check.look(page, 'imports');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it.each(['en-NZ', 'mi-NZ'])('run, pause, go on and are cancelled without scripts (%s)', async (locale) => {
    const prefix = locale === 'en-NZ' ? 'Eve' : 'Fay';
    const page = await scene.signedIn('operator1', '/console/imports/new', { javaScriptEnabled: false, locale });
    await choose(page, people(prefix, 2_500));
    await page.locator('form[action="/console/imports"] > button').click();
    await page.waitForURL('**?done=start');
    await expect.poll(() => page.locator('meta[http-equiv=refresh]').count()).toBe(1);
    const id = /imports\/([0-9a-f-]{36})/.exec(page.url())?.[1];
    await page.locator('form[action$="/pause"] button').click();
    await page.waitForURL('**?done=pause');
    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0);
    const waiting = Number(await page.locator('#count-waiting').textContent());
    expect(waiting).toBeGreaterThan(0);
    await page.locator('form[action$="/resume"] button').click();
    await page.waitForURL('**?done=resume');
    await page.locator('form[action$="/cancel"] button').click();
    await page.waitForURL('**?done=cancel');
    const rows = await scene.query<{ state: string; code: string }>(
      `select state, code from import_rows where import_id = '${id}'`,
    );
    expect(rows.filter(({ state }) => state === 'waiting')).toHaveLength(0);
    expect(rows.filter(({ code }) => code === 'cancelled').length).toBeGreaterThan(0);
    await page.context().close();
  });

  it('show how far they are while they run, by themselves', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/imports/new', { check });
    await choose(page, people('Hal', 15_000));
    await page.locator('form[action="/console/imports"] > button').click();
    await page.waitForURL('**?done=start');
    await page.locator('form[action$="/pause"] button').click();
    await page.waitForURL('**?done=pause');
    await check.look(page, 'import-paused');
    const before = Number(await page.locator('#count-done').textContent());
    await page.locator('form[action$="/resume"] button').click();
    await page.waitForURL('**?done=resume');
    await page.evaluate('window.stays = true');
    await waitUntil(
      'progress without loading',
      async () => {
        const now = Number(await page.locator('#count-done').textContent());
        const stays = await page.evaluate('window.stays === true');
        return stays && now > before && now < 15_000;
      },
      10_000,
    );
    await page.locator('.govuk-tag--green').waitFor({ timeout: 60_000 });
    expect(await page.locator('#count-done').textContent()).toBe('15000');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('are nothing to other agencies, and start nothing that was not previewed', async () => {
    const rows = await scene.query<{ id: string }>('select id from imports limit 1');
    const sponsor = await scene.signedIn('treasury-sponsor', `/console/imports/${rows[0]?.id}`);
    await expect.poll(() => sponsor.locator('progress').count()).toBe(1);
    await sponsor.goto(scene.url('/console/imports/new'));
    await expect.poll(() => sponsor.locator('#agencyId option').count()).toBe(1);
    await choose(sponsor, people('Ivy', 2));
    await sponsor.locator('input[name=confirm]').evaluate((input) => input.setAttribute('value', 'ab'.repeat(32)));
    await sponsor.locator('form[action="/console/imports"] > button').click();
    expect(await main(sponsor)).toContain('changed since the preview');
    const ivy = await scene.query(`select from people where given_name = 'Ivy'`);
    expect(ivy).toHaveLength(0);
    await sponsor.context().close();
  });
});

/** A number as letters, since names have no digits. */
function word(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
