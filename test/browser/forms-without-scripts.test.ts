import type { BrowserContext, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeScene } from '../support/page-scene.ts';
import { type Reader, TOUR } from '../support/page-tour.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';

/** Forms of pages that make keys, use passkeys or PKCS#12 files: those need a script, and say so. */
const BY_SCRIPT = ['portal-enrol', 'portal-renew', 'desk-order', 'desk-register', 'console-passkey'];

/** The answer that a browser shows, after what led to it. */
function isPage(response: Response): boolean {
  return response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400);
}

/**
 * Every form of every page, sent as it stands, by a browser without scripts: it is answered by a page that says what is wrong
 * or what was done, never by a fault, by JSON or by an empty page.
 */
describe.skipIf(!hasChromium)('forms without scripts', () => {
  let scene: BrowserScene;
  let made: Readonly<Record<string, string>>;
  const contexts = new Map<Reader, BrowserContext>();
  let sent = 0;

  beforeAll(async () => {
    scene = await BrowserScene.open();
    made = await makeScene(scene.instance);
  }, 180_000);
  afterAll(() => scene?.close());

  async function contextFor(reader: Reader): Promise<BrowserContext> {
    const known = contexts.get(reader);
    if (known) return known;
    const context = await scene.browser.newContext({ javaScriptEnabled: false });
    contexts.set(reader, context);
    if (reader === 'anybody') return context;
    const page = await context.newPage();
    await scene.signIn(page, reader, '/console');
    await page.close();
    return context;
  }

  /** Sends one form as it stands, with its details opened. Returns what is wrong with the answer. */
  async function send(page: Page, address: string, index: number): Promise<string | undefined> {
    await page.goto(address);
    const form = page.locator('main form').nth(index);
    if ((await form.count()) === 0) return undefined;
    for (const summary of await page.locator('details:has(form) > summary').all())
      if (await summary.isVisible()) await summary.click();
    const button = form.locator('button[type=submit], button:not([type])').first();
    if (!(await button.isVisible())) return undefined;
    const said = `${await form.getAttribute('method')} ${await form.getAttribute('action')}`;
    const [response] = await Promise.all([page.waitForResponse(isPage), button.click()]);
    await page.waitForLoadState();
    sent += 1;
    const status = response.status();
    if (status >= 500) return `${said}: ${status}`;
    const type = response.headers()['content-type'] ?? '';
    if (!type.includes('text/html')) return `${said}: ${type}`;
    if ((await page.locator('main h1:visible').count()) === 0) return `${said}: a page without a heading`;
    return undefined;
  }

  it.each(TOUR.filter(({ name }) => !BY_SCRIPT.includes(name)))('of $name', async ({ path, reader, at }) => {
    const page = await (await contextFor(reader)).newPage();
    const place = path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => made[key] ?? '');
    const address = `${scene.instance.urls[at ?? 'portal']}${place}`;
    await page.goto(address);
    const forms = await page.locator('main form').count();
    const faults: string[] = [];
    for (let index = 0; index < forms; index += 1) {
      const fault = await send(page, address, index);
      if (fault) faults.push(fault);
    }
    // Who ended the own session signs in again for the next page.
    if (page.url().includes('/console/sign-in') && reader !== 'anybody') contexts.delete(reader);
    await page.close();
    expect(faults).toEqual([]);
  });

  it('were found', () => {
    expect(sent).toBeGreaterThan(35);
  });
});
