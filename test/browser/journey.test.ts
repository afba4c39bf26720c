import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { ThrowawayCa } from './throwaway-ca.ts';

const SHOTS = process.env['SEE_SCREENSHOTS'];
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 900 },
] as const;

/** Everything from an order to a revoked certificate, on a real instance, by people with browsers. */
describe.skipIf(!hasChromium)('the journey of a certificate', () => {
  let scene: BrowserScene;
  let openssl: ThrowawayCa;
  const problems: string[] = [];

  beforeAll(async () => {
    openssl = new ThrowawayCa();
    scene = await BrowserScene.open();
  });
  afterAll(async () => {
    await scene?.close();
    openssl?.close();
  });

  async function newPage(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const context: BrowserContext = await scene.browser.newContext({ viewport: SIZES[1], ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4(?:0[0134]|10)/.test(message.text()))
        problems.push(message.text());
    });
    return page;
  }

  /** Looks at the page at both sizes: nothing may be wider than the screen. Keeps pictures when asked to. */
  async function look(page: Page, name: string): Promise<void> {
    expect(await page.locator('main').count(), name).toBe(1);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      if (SHOTS) {
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: join(SHOTS, `${name}-${size.width}.png`), fullPage: true });
      }
      const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
      if (width > size.width) problems.push(`${name} is ${width} wide at ${size.width}`);
    }
  }

  async function signIn(page: Page, who: string, from = '/console'): Promise<void> {
    await page.goto(scene.url(from));
    expect(page.url()).toContain('/console/sign-in');
    await page.locator('#token').fill(scene.people.secret(`${who}.token`));
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL(`**${from}`);
  }

  it('shows every public page, at every width', async () => {
    const page = await newPage();
    for (const [path, name] of [
      ['/', 'start'],
      ['/enrol', 'reference'],
      ['/enrol?order=nonsense', 'reference-error'],
      ['/install', 'install'],
      ['/install/windows', 'install-windows'],
      ['/install/mac', 'install-mac'],
      ['/install/iphone', 'install-iphone'],
      ['/install/android', 'install-android'],
      ['/install/firefox', 'install-firefox'],
      ['/install/linux', 'install-linux'],
      ['/gateways', 'gateways'],
      ['/revoke', 'revoke'],
      ['/nothing', 'not-found'],
      ['/console/sign-in', 'sign-in'],
    ] as const) {
      await page.goto(scene.url(path));
      await look(page, `portal-${name}`);
    }
    await page.goto(scene.instance.urls.desk);
    await look(page, 'desk');
    await page.goto(`http://127.0.0.1:${scene.instance.ports.portal}/install`);
    expect(page.url()).toBe(scene.url('/install'));
    expect(problems).toEqual([]);
  });

  it('goes from the order over the approval and the code to files, and ends with the revocation', async () => {
    const orderId = await scene.people.order('grace.liu@treasury.govt.nz', ['user-auth', 'user-sign', 'user-encrypt']);
    const console = await newPage();
    await signIn(console, 'operator1', '/console/orders');
    await waitUntil(
      'the order in the queue',
      async () => {
        await console.reload();
        return (await console.locator('text=Grace Liu').count()) > 0;
      },
      20_000,
    );
    await look(console, 'console-orders');
    await console.locator('text=Grace Liu').first().click();
    await console.locator('text=This is what is signed').waitFor();
    const body = (await console.locator('main').textContent()) ?? '';
    for (const fact of [
      'CN=Grace Liu',
      'mail: grace.liu@treasury.govt.nz',
      'Susan Grant',
      'The Treasury',
      orderId,
      'Personal e-mail encryption',
    ]) {
      expect(body).toContain(fact);
    }
    await look(console, 'console-order');

    await scene.people.approveAs('operator1', orderId);
    const code = await scene.people.code(orderId);

    const person = await newPage();
    await person.goto(scene.url(`/enrol/${orderId}`));
    await person.locator('#code').waitFor({ state: 'visible' });
    await look(person, 'enrol-1-code');
    await person.locator('#code').fill('AAAA AAAA AAAA AAAA');
    await person.locator('#code-continue').click();
    await person.locator('#code-error-text', { hasText: '4 tries left' }).waitFor({ timeout: 20_000 });
    await look(person, 'enrol-1-wrong');
    await person.locator('#code').fill(code.toLowerCase());
    await person.locator('#code-continue').click();
    await person.locator('#details-name', { hasText: 'Grace Liu' }).waitFor({ timeout: 20_000 });
    await look(person, 'enrol-2-details');
    await person.locator('#details-continue').click();
    await look(person, 'enrol-3-device');
    await person.locator('#device-continue').click();
    await person.locator('#passphrase').waitFor({ state: 'visible', timeout: 60_000 });
    await look(person, 'enrol-4-save');
    const passphrase = (await person.locator('#passphrase').textContent()) ?? '';
    const root = await (await fetch(`${scene.instance.urls.va}/ca/root.cer`)).arrayBuffer();
    writeFileSync(join(openssl.folder, 'root.cer'), new Uint8Array(root));
    openssl.openssl('x509', '-inform', 'DER', '-in', 'root.cer', '-out', 'root.pem');
    await expect.poll(() => person.locator('.see-file__main').count()).toBe(3);
    for (const index of [0, 1, 2]) {
      const [file] = await Promise.all([
        person.waitForEvent('download'),
        person.locator('.see-file__main').nth(index).click(),
      ]);
      const opened = openssl.open(new Uint8Array(readFileSync(await file.path())), passphrase);
      writeFileSync(join(openssl.folder, 'leaf.pem'), opened.certificates);
      expect(
        openssl.openssl('verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'leaf.pem', 'leaf.pem'),
      ).toContain('OK');
      expect(opened.key).toContain('PRIVATE KEY');
    }
    await person.locator('#saved').check();
    await person.locator('#save-continue').click();
    await person.waitForURL(/\/install\/linux\?certificate=/);
    await look(person, 'enrol-5-install');
    await person.getByRole('button', { name: 'Continue: test it' }).click();
    await look(person, 'enrol-6-test');
    await person.getByRole('link', { name: 'Continue without the test' }).click();
    await person.locator('text=All done').waitFor({ state: 'visible' });
    await look(person, 'enrol-7-done');
    await person.goto(scene.url(`/enrol/${orderId}`));
    await person.locator('#code').fill(code);
    await person.locator('#code-continue').click();
    await person.locator('#dead-end-title', { hasText: 'can no longer be used' }).waitFor({ timeout: 20_000 });
    await look(person, 'enrol-8-used');

    await console.goto(scene.url(`/console/orders/${orderId}`));
    await look(console, 'console-order-issued');
    await console.locator('main a', { hasText: 'Personal authentication' }).click();
    await console.locator('text=What it says').waitFor();
    await look(console, 'console-certificate');
    await console.locator('a', { hasText: 'Choose why' }).click();
    await console.locator('button', { hasText: 'Show what it means' }).click();
    await console.locator('.govuk-error-summary', { hasText: 'Choose why' }).waitFor();
    await look(console, 'console-certificate-error');
    await console.locator('input[value=keyCompromise]').check();
    await console.locator('button', { hasText: 'Show what it means' }).click();
    await console.locator('li', { hasText: 'can no longer sign in with it anywhere' }).waitFor();
    await look(console, 'console-certificate-revoke');
    await console.locator('button', { hasText: 'Revoke for good' }).click();
    await console.locator('.govuk-notification-banner', { hasText: 'revoked' }).waitFor();
    await look(console, 'console-certificate-revoked');
    for (const [path, name] of [
      ['/console', 'home'],
      ['/console/certificates', 'certificates'],
      ['/console/certificates?q=grace', 'certificates-found'],
      ['/console/certificates?q=nobody', 'certificates-none'],
      ['/console/agencies', 'agencies'],
      ['/console/agencies/treasury', 'agency'],
    ] as const) {
      await console.goto(scene.url(path));
      await look(console, `console-${name}`);
    }
    expect(await console.locator('nav >> text=Audit').count()).toBe(0);
    const auditor = await newPage();
    await signIn(auditor, 'administrator1', '/console/audit');
    await look(auditor, 'console-audit');
    expect(await auditor.locator('main').textContent()).toContain('revocation.revoke');
    expect(problems).toEqual([]);
  });

  it('works without scripts in the console, and ends sessions', async () => {
    const orderId = await scene.people.order('grace.liu@treasury.govt.nz', ['user-auth']);
    const page = await newPage({ javaScriptEnabled: false });
    await signIn(page, 'operator2', `/console/orders/${orderId}`);
    await waitUntil(
      'the content of the order',
      async () => {
        await page.reload();
        return (await page.locator('text=This is what is signed').count()) > 0;
      },
      20_000,
    );
    await page.locator('button', { hasText: 'Reject the order' }).click();
    await page.locator('.govuk-error-summary').waitFor();
    await page.locator('#reason').fill('Ordered twice, see the other order.');
    await page.locator('button', { hasText: 'Reject the order' }).click();
    await page.locator('.govuk-notification-banner', { hasText: 'rejected' }).waitFor();
    await look(page, 'console-order-rejected');

    const cookies = await page.context().cookies();
    expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
      { httpOnly: true, sameSite: 'Strict' },
    ]);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const forged = async (headers: Record<string, string>, body: string): Promise<number> => {
      const url = scene.url('/console/sign-out');
      const type = { 'content-type': 'application/x-www-form-urlencoded', cookie };
      return (await fetch(url, { method: 'POST', body, headers: { ...type, ...headers }, redirect: 'manual' })).status;
    };
    expect(await forged({ origin: 'https://evil.test' }, 'formToken=x')).toBe(403);
    expect(await forged({ 'sec-fetch-site': 'cross-site' }, 'formToken=x')).toBe(403);
    expect(await forged({}, 'formToken=x')).toBe(403);
    await page.locator('button', { hasText: 'Sign out' }).click();
    await page.waitForURL('**/console/sign-in');
    expect(await forged({}, 'formToken=x')).toBe(401);
    await page.goto(scene.url('/console'));
    expect(page.url()).toContain('/console/sign-in');
  });
});
