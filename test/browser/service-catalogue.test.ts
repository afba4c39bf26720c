import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

describe.skipIf(!hasChromium)('the service catalogue in the console', () => {
  let scene: BrowserScene;
  const check = new PageCheck();

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  async function openPage(javaScriptEnabled: boolean): Promise<Page> {
    const page = await (await scene.browser.newContext({ javaScriptEnabled })).newPage();
    check.watch(page);
    await scene.signIn(page, 'operator1', '/console/services');
    return page;
  }
  const press = (page: Page, text: string) => page.locator('button', { hasText: text }).first().click();

  it('takes an entry, its review and its findings without scripts', async () => {
    const page = await openPage(false);
    await page.locator('a', { hasText: 'Add a service or site' }).click();
    await page.locator('#name').fill('=HYPERLINK("x")');
    await page.locator('#url').fill('https://evil.test/');
    await press(page, 'Add it');
    await page.locator('.govuk-error-summary', { hasText: 'not within a domain' }).waitFor();
    expect(await page.locator('#name').inputValue()).toBe('=HYPERLINK("x")');
    await page.locator('#url').fill('https://www.dpmc.govt.nz/');
    await press(page, 'Add it');
    await page.locator('.govuk-notification-banner', { hasText: 'in the catalogue' }).waitFor();
    await press(page, 'Record the review');
    await page.locator('.govuk-error-summary a[href="#note"]').waitFor();
    await page.locator('#note').fill('All pages read');
    await press(page, 'Record the review');
    await page.locator('.govuk-notification-banner', { hasText: 'review is recorded' }).waitFor();
    await page.locator('#text').fill('No <b>security.txt</b>');
    await page.locator('#owner').fill('Web team');
    await page.locator('#dueOn').fill('2026-01-31');
    await press(page, 'Record the finding');
    await page.locator('.govuk-notification-banner', { hasText: 'finding is recorded' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('No <b>security.txt</b>');
    const csv = await page.request.get(scene.url('/console/services.csv'));
    expect(await csv.text()).toContain(`"'=HYPERLINK(""x"")",https://www.dpmc.govt.nz/,site`);
    await page.context().close();
    const [listed] = (
      await scene.instance.seeJson<{ items: { id: string; openFindings: number }[] }>('service', 'list')
    ).items;
    expect(listed).toMatchObject({ openFindings: 1 });
    const reviewed = await scene.instance.see('service', 'review', listed?.id ?? '', '--note', 'Read again');
    expect(reviewed.stdout).toContain('recorded');
    const wish = ['--agency', 'dpmc', '--name', 'Intranet', '--url', 'https://intranet.dpmc.govt.nz/', '--high-risk'];
    const { id } = await scene.instance.seeJson<{ id: string }>('service', 'add', ...wish);
    expect((await scene.instance.see('service', 'list')).stdout).toMatch(/Intranet +dpmc +stale +high +0/);
    expect((await scene.instance.see('service', 'remove', id)).code).toBe(0);
    expect(check.problems).toEqual([]);
  });

  it('is read at every width, in both languages, with findings, and without entries', async () => {
    const page = await openPage(true);
    await check.look(page, 'console-services');
    await page.goto(scene.url('/console/services?standing=stale'));
    await check.look(page, 'console-services-none');
    await page.goto(scene.url('/console/services/new'));
    await check.look(page, 'console-service-new');
    await page.goto(scene.url('/console/services'));
    await page.locator('td a').first().click();
    await check.look(page, 'console-service');
    await page.locator('[id^=closing-]').fill('Published on Monday');
    await press(page, 'Close');
    await page.locator('.govuk-notification-banner', { hasText: 'closed' }).waitFor();
    await page.locator('summary', { hasText: 'no longer exists' }).click();
    await check.look(page, 'console-service-closed');
    await page.locator('summary', { hasText: 'no longer exists' }).click();
    await press(page, 'Take it out');
    await page.locator('.govuk-notification-banner', { hasText: 'taken out' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('No entry was found.');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });
});
