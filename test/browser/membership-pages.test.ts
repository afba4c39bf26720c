import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { sendForm } from './send-form.ts';

const TESTS = 10;

/** An agency from its letter to the report that certifies its site, by pages but for what two operators sign. */
describe.skipIf(!hasChromium)('an agency that becomes a member', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const apply = (page: Page): Promise<void> =>
    sendForm(page.locator('form[action="/console/agencies/applications"] > button'));
  const report = (page: Page): Promise<void> => sendForm(page.locator('form[action$="/site-reports/new"] > button'));

  async function fillApplication(page: Page, id: string): Promise<void> {
    await page.locator('#name').fill('Te Mana Ārai o Aotearoa');
    await page.locator('#agencyId').fill(id);
    await page.locator('#organizationIdentifier').fill('GOVNZ');
    await page.locator('#reference').fill('L-1');
    await page.locator('#signedBy').fill('C. Executive');
    await page.locator('#signedOn').fill('2026-10-01');
  }
  async function fillReport(page: Page, version: string): Promise<void> {
    await page.locator('#product').fill('SEPPmail');
    await page.locator('#version').fill(version);
    await page.locator('#accredited').check();
    await page.locator('#testedOn').fill('2026-11-01');
    await page.locator('#testedBy').fill('The accreditor');
    for (let index = 0; index < TESTS; index += 1)
      await page.locator(`input[name=result-${index}][value=passed]`).check();
  }

  it.each([
    ['en-NZ', 1280],
    ['mi-NZ', 1280],
    ['en-NZ', 375],
    ['mi-NZ', 375],
  ])('is entered, and its site certified (%s, %i wide), without scripts', async (locale, width) => {
    const options = { locale, viewport: { width, height: 800 }, javaScriptEnabled: false };
    const page = await scene.signedIn('operator1', '/console/agencies', options);
    await page.locator('main a[href="/console/agencies/applications/new"]').click();
    const id = `customs-${locale.slice(0, 2)}-${width}`;
    await fillApplication(page, id);
    await apply(page);
    await page.waitForURL('**/console/agencies?done=applied');
    const [made] = await scene.query('select name, letter, state from agency_applications where agency_id = $1', [id]);
    expect(made).toEqual({
      name: 'Te Mana Ārai o Aotearoa',
      letter: { reference: 'L-1', signedBy: 'C. Executive', signedOn: '2026-10-01' },
      state: 'proposed',
    });
    await page.goto(scene.url('/console/agencies/treasury'));
    await page.locator('main a[href="/console/agencies/treasury/site-reports/new"]').click();
    await fillReport(page, `${locale} ${width}`);
    await page.locator('#note-0').fill('with a mailbox elsewhere');
    await report(page);
    await page.waitForURL('**/console/agencies/treasury?done=certified&report=*');
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    await expect.poll(() => page.locator('#reports tbody tr', { hasText: `${locale} ${width}` }).count()).toBe(1);
    await page.context().close();
  });

  it('is seen at every width, in both languages, with everything that can be wrong', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/agencies/applications/new');
    check.watch(page);
    await check.look(page, 'application-new');
    await apply(page);
    await expect.poll(() => page.locator('.govuk-error-message').count()).toBe(6);
    await check.look(page, 'application-new-empty', { inPlace: true });
    await fillApplication(page, 'treasury');
    await apply(page);
    expect(await page.locator('#agencyId-error').textContent()).toContain('is or was a member');
    await page.locator('#agencyId').fill('border');
    await page.locator('#organizationIdentifier').fill('GOVAU');
    await apply(page);
    await expect.poll(() => page.locator('#organizationIdentifier-error').count()).toBe(1);
    await page.locator('#organizationIdentifier').fill('GOVNZ');
    await page.locator('#signedOn').fill('2099-01-01');
    await apply(page);
    await expect.poll(() => page.locator('#signedOn-error').count()).toBe(1);
    await check.look(page, 'application-new-refused', { inPlace: true });
    await page.goto(scene.url('/console/agencies/treasury/site-reports/new'));
    await check.look(page, 'site-report-new');
    await report(page);
    await expect.poll(() => page.locator('.govuk-error-message').count()).toBe(5 + TESTS);
    await check.look(page, 'site-report-new-empty', { inPlace: true });
    await fillReport(page, '14.1');
    await page.locator('input[name=result-3][value=failed]').check();
    await page.locator('#testedOn').fill('2020-01-01');
    await report(page);
    expect(await page.locator('#result-3-error').textContent()).toContain('IN-1-D');
    expect(await page.locator('#testedOn-error').textContent()).toContain('more than a year old');
    expect(await page.locator('#product').inputValue()).toBe('SEPPmail');
    await check.look(page, 'site-report-new-refused', { inPlace: true });
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('gets the command for the activation beside its report, while it waits for it', async () => {
    const check = new PageCheck();
    const scope = {
      agencyId: 'culture',
      name: 'Culture and Heritage',
      organizationNames: ['Culture and Heritage'],
      organizationIdentifier: 'GOVNZ',
      locality: 'Wellington',
      domains: ['culture.govt.nz'],
      profiles: ['gateway-sign'],
      delegations: [],
      lastVerifiedAt: Math.floor(Date.now() / 1000) - 60,
      nextReviewAt: Math.floor(Date.now() / 1000) + 86_400 * 100,
    };
    const first = await scene.signedIn('operator2', '/console/agencies/applications/new');
    await fillApplication(first, scope.agencyId);
    await first.locator('#name').fill(scope.name);
    await apply(first);
    await first.waitForURL('**?done=applied');
    await check.look(first, 'application-entered');
    await first.context().close();
    const second = await scene.signedIn('operator1', '/console/agencies', { javaScriptEnabled: false });
    const row = second.locator('tr', { hasText: scope.name });
    await row.locator('summary').first().click();
    await row.locator('input[name=name]').fill('gazette');
    await row.locator('input[name=entry]').fill('2026-go1');
    await row.locator('input[name=extractOf]').fill('2026-10-02');
    await sendForm(row.locator('form[action$="/verify"] button'));
    await second.waitForURL('**?done=verified');
    await second.context().close();
    const file = join(scene.instance.dataDir, '..', 'scope.json');
    writeFileSync(file, JSON.stringify(scope));
    const evaluation = (name: string): string => join(scene.instance.dataDir, 'evaluation', name);
    const { digest } = await scene.instance.seeJson<{ digest: string }>('statement', 'propose', 'agency-scope', file);
    for (const name of ['operator1', 'operator2'])
      await scene.instance.seeJson('statement', 'sign', digest, '--key', evaluation(`${name}.key.json`), '--yes');
    const page = await scene.signedIn('operator1', '/console/agencies');
    check.watch(page);
    await waitUntil(
      'the scope is in force',
      async () => (await page.goto(scene.url('/console/agencies/culture/site-reports/new')))?.status() === 200,
      20_000,
    );
    await fillReport(page, '14.1');
    await report(page);
    await page.waitForURL('**?done=certified&report=*');
    const recorded = /report=([0-9a-f]{64})/.exec(page.url())?.[1];
    expect(await page.locator('.govuk-inset-text code').textContent()).toContain(
      `see agency activate culture --phase 1 --report ${recorded}`,
    );
    await check.look(page, 'agency-certified');
    await page.goto(scene.url(`/console/agencies/culture?done=certified&report=${'0'.repeat(64)}`));
    expect(await page.locator('.govuk-inset-text code').count()).toBe(0);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('is the work of operators alone', async () => {
    for (const who of ['treasury-sponsor', 'administrator1']) {
      const page = await scene.signedIn(who, '/console/agencies/treasury');
      expect(await page.locator('a[href$="/site-reports/new"]').count()).toBe(0);
      expect((await page.goto(scene.url('/console/agencies/treasury/site-reports/new')))?.status()).toBe(403);
      expect((await page.goto(scene.url('/console/agencies/applications/new')))?.status()).toBe(403);
      await page.goto(scene.url('/console/agencies'));
      expect(await page.locator('a[href$="/applications/new"]').count()).toBe(0);
      await page.context().close();
    }
  });
});
