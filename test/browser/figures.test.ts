import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

describe.skipIf(!hasChromium)('figures and reports', () => {
  let scene: BrowserScene;
  let page: Page;
  const check = new PageCheck();
  const month = new Date(Date.now() + 13 * 3_600_000).toISOString().slice(0, 7);

  beforeAll(async () => {
    scene = await BrowserScene.open();
    const demo = await scene.instance.see('demo', '--out', join(scene.instance.dataDir, 'demo'));
    expect(demo.code, demo.stderr).toBe(0);
    page = await scene.browser.newPage();
    check.watch(page);
    await scene.signIn(page, 'operator1', '/console/figures');
  });
  afterAll(() => scene?.close());

  it('draws what happened, in both languages and at every width', async () => {
    await check.look(page, 'console-figures');
    const main = page.locator('main');
    expect(await main.locator('.see-chart__picture').count()).toBeGreaterThanOrEqual(5);
    expect(await main.textContent()).toMatch(/certificates were issued and 1 was revoked/);
    await page.locator('#algorithms-title ~ details summary').click();
    expect(await main.locator('#algorithms-title ~ details').textContent()).toContain('P-384');
    expect(check.problems).toEqual([]);
  });

  it('has a report of the month', async () => {
    await page.goto(scene.url(`/console/reports/${month}`));
    await check.look(page, 'console-report');
    expect(await page.locator('main').textContent()).toContain('The month is not over yet');
    const missing = await page.goto(scene.url('/console/reports/2019-01'));
    expect(missing?.status()).toBe(404);
    expect(check.problems).toEqual([]);
  });

  it('writes it as one page and as PDF, in te reo Māori too', async () => {
    const out = (name: string): string => join(scene.instance.dataDir, name);
    const html = await scene.instance.see('report', month, '--language', 'mi', '--out', out('report.html'));
    expect(html.stderr + html.stdout).toContain('Written');
    const text = readFileSync(out('report.html'), 'utf8');
    expect(text).toContain('lang="mi-NZ"');
    expect(text).not.toContain('<script');
    expect(text).not.toContain('rel="stylesheet"');
    const pdf = await scene.instance.see('report', month, '--out', out('report.pdf'));
    expect(pdf.stderr + pdf.stdout).toContain('Written');
    const octets = readFileSync(out('report.pdf'));
    expect(octets.subarray(0, 5).toString()).toBe('%PDF-');
    if (process.env['SEE_SCREENSHOTS']) writeFileSync(join(process.env['SEE_SCREENSHOTS'], 'report.pdf'), octets);
    const refused = await scene.instance.see('report', month, '--out', out('report.doc'));
    expect(refused.code).not.toBe(0);
    const nothing = await scene.instance.see('report', month, '--out', out('x.pdf'), '--browser', '/nowhere/chromium');
    expect(nothing.stderr).toContain('--browser');
  });
});
