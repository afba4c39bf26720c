import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

/** The pages that anybody may read, at both widths and in both languages. */
describe.skipIf(!hasChromium)('public pages', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const PORTAL = [
    ['start', '/'],
    ['reference', '/enrol'],
    ['reference-error', '/enrol?order=nonsense'],
    ['install', '/install'],
    ['install-windows', '/install/windows'],
    ['install-mac', '/install/mac'],
    ['install-iphone', '/install/iphone'],
    ['install-android', '/install/android'],
    ['install-firefox', '/install/firefox'],
    ['install-linux', '/install/linux'],
    ['gateways', '/gateways'],
    ['revoke', '/revoke'],
    ['lost', '/lost'],
    ['recover', '/recover'],
    ['test', '/test'],
    ['my', '/my'],
    ['enrol', '/enrol/3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10'],
    ['not-found', '/nothing'],
    ['sign-in', '/console/sign-in'],
    ['choose-passkey', '/console/passkey'],
  ] as const;

  it.each(PORTAL)('the portal’s %s', async (name, path) => {
    const check = new PageCheck();
    const page = await scene.browser.newPage();
    check.watch(page);
    await page.goto(scene.url(path));
    await check.look(page, name);
    await page.close();
    expect(check.problems).toEqual([]);
  });

  it.each([
    ['desk', 'start', '/'],
    ['desk', 'register', '/register'],
    ['va', 'policies', '/cp'],
  ] as const)('the %s’s %s', async (at, name, path) => {
    const check = new PageCheck();
    const page = await scene.browser.newPage();
    check.watch(page);
    await page.goto(`${scene.instance.urls[at]}${path}`);
    await check.look(page, `${at}-${name}`);
    await page.close();
    expect(check.problems).toEqual([]);
  });

  it('are read in the language of the browser, and in the chosen one from then on', async () => {
    const context = await scene.browser.newContext({ locale: 'mi-NZ' });
    const page = await context.newPage();
    await page.goto(scene.instance.urls.portal);
    expect(await page.locator('html').getAttribute('lang')).toBe('mi-NZ');
    await page.locator('.see-languages__link', { hasText: 'English' }).click();
    await page.goto(scene.url('/install/windows'));
    expect(await page.locator('html').getAttribute('lang')).toBe('en-NZ');
    await context.close();
  });

  it('are compressed where nothing in them is secret', async () => {
    const encodingOf = async (path: string): Promise<string | null> =>
      (await fetch(scene.url(path), { headers: { 'accept-encoding': 'gzip' } })).headers.get('content-encoding');
    expect(await encodingOf('/install/windows')).toBe('gzip');
    expect(await encodingOf('/console/sign-in')).toBeNull();
  });

  it('lead nowhere else when a language is chosen', async () => {
    for (const back of ['//evil.test/', '/\\evil.test/', 'https://evil.test/', 'javascript:alert(1)']) {
      const address = scene.url(`/language/mi?back=${encodeURIComponent(back)}`);
      const answer = await fetch(address, { redirect: 'manual' });
      expect({ back, to: answer.headers.get('location') }).toEqual({ back, to: '/' });
    }
    expect((await fetch(scene.url('/language/fr'), { redirect: 'manual' })).status).toBe(400);
  });
});
