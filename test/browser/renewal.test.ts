import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPfx } from '@see/pfx';
import { loadAssets } from '@see/ui';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { type Held, RenewalScene } from '../support/renewal-scene.ts';
import { makeWorld, type World } from '../support/world.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { READERS } from './readers.ts';
import { ThrowawayCa } from './throwaway-ca.ts';

const PASSPHRASE = 'kahu-rere-2abc';

/** Renewing in a browser with the file of today, against the real registration authority and signer. */
describe.skipIf(!hasChromium)('the renewal page', () => {
  let world: World;
  let calls: Calls;
  let scene: RenewalScene;
  let url: string;
  let browser: Browser;
  let openssl: ThrowawayCa;
  const sent: string[] = [];

  beforeAll(async () => {
    openssl = new ThrowawayCa();
    world = await makeWorld();
    calls = await openCalls(world, loadAssets());
    scene = new RenewalScene(world, calls);
    await calls.registration.app.listen({ host: '127.0.0.1', port: world.instance.ports.portal });
    url = world.instance.urls.portal;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    scene?.remove();
    await calls?.registration.app.close();
    await world?.close();
    openssl?.close();
  });

  /** The .p12 file of a certificate, as the portal makes them. */
  async function fileOf({ der, key }: Held, flavour: 'modern' | 'compatible' = 'modern'): Promise<string> {
    const pfx = await buildPfx({
      privateKeyPkcs8: new Uint8Array(key.privateKey.export({ format: 'der', type: 'pkcs8' })),
      certificates: [der],
      friendlyName: 'Grace Liu',
      password: PASSPHRASE,
      flavour,
      iterations: 2048,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      subtle: crypto.subtle,
    });
    const path = join(scene.folder, `${crypto.randomUUID()}.p12`);
    writeFileSync(path, pfx);
    return path;
  }

  async function open(check: PageCheck, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    check.watch(page);
    page.on('dialog', (dialog) => void dialog.accept());
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await page.goto(`${url}/renew`);
    await page.locator('#old-file').waitFor();
    return page;
  }

  async function choose(page: Page, form: 'old' | 'signer', file: string, passphrase = PASSPHRASE): Promise<void> {
    await page.locator(`#${form}-file`).setInputFiles(file);
    await page.locator(`#${form}-passphrase`).fill(passphrase);
    await page.locator(`#${form}-continue`).click();
  }

  async function save(page: Page, selector: string): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(selector).first().click()]);
    const path = join(scene.folder, `${crypto.randomUUID()}-${download.suggestedFilename()}`);
    await download.saveAs(path);
    return path;
  }

  /** The order that replaces a certificate. */
  async function orderOf(held: Held): Promise<string> {
    const row = await world.owner
      .selectFrom('renewal_requests')
      .select('order_id')
      .where('certificate_id', '=', held.id)
      .executeTakeFirstOrThrow();
    return row.order_id;
  }

  /** What the saved file holds: a key that is its certificate's, for another certificate than before. */
  async function assertRenewed(page: Page, held: Held): Promise<void> {
    await page.locator('#passphrase').waitFor({ timeout: 40_000 });
    const passphrase = (await page.locator('#passphrase').textContent()) ?? '';
    expect(passphrase).not.toBe(PASSPHRASE);
    for (const selector of ['.see-file__main', '.see-file__other']) {
      if (selector === '.see-file__other') await page.locator('.see-file summary').click();
      const opened = openssl.open(new Uint8Array(readFileSync(await save(page, selector))), passphrase);
      const leaf = new X509Certificate(opened.certificates);
      expect(leaf.checkPrivateKey(createPrivateKey(opened.key))).toBe(true);
      expect(leaf.serialNumber.toLowerCase()).not.toBe(held.serial);
      expect(leaf.subject).toBe(new X509Certificate(held.der).subject);
    }
  }

  /** What each reader renews. */
  const OWN: Readonly<Record<string, readonly [string, string]>> = {
    Wai: ['grace.liu@treasury.govt.nz', 'user-auth'],
    Kiri: ['hemi.walker@treasury.govt.nz', 'user-auth'],
    Hana: ['grace.liu@treasury.govt.nz', 'user-sign'],
    Tui: ['hemi.walker@treasury.govt.nz', 'user-sign'],
  };

  it.each(READERS)(
    '$name ($locale, $device) renews with the file of today, goes on after the page was closed, and sends no secret',
    async (reader) => {
      const check = new PageCheck();
      const at = (page: Page, place: string, inPlace = true): Promise<void> =>
        reader === READERS[0]
          ? check.look(page, `portal-renew-${place}`, { makesKeys: true, inPlace })
          : check.glance(page, `portal-renew-${place}`, reader.locale);
      const [email, profile] = OWN[reader.name] ?? ['', ''];
      const held = await scene.person(email, profile);
      const file = await fileOf(held, reader.device === 'linux' ? 'modern' : 'compatible');
      const page = await open(check, reader.browser);
      await at(page, '1-file', false);
      await page.locator('#old-continue').click();
      await page.locator('#old-error').waitFor();
      await choose(page, 'old', file, 'not-it');
      await page.locator('#old-error').waitFor();
      await at(page, '1-wrong');
      await choose(page, 'old', file);
      await page.locator('[data-step=check]').waitFor();
      expect(await page.locator('#check-serial').textContent()).toBe(held.serial);
      await at(page, '2-check');
      await page.locator('#check-continue').click();
      await page.locator('[data-step=waiting]').waitFor({ timeout: 20_000 });
      expect(await page.locator('#waiting-state').textContent()).toMatch(/0.*1/);
      expect(await page.locator('#waiting-reference').textContent()).toBe(
        (await orderOf(held)).slice(0, 8).toUpperCase(),
      );
      await at(page, '4-waiting');
      const waiting = await save(page, '#waiting-file');
      await page.context().close();
      await scene.approve(await orderOf(held));

      const later = await open(check, reader.browser);
      await choose(later, 'old', waiting, 'not-it');
      await later.locator('#old-error').waitFor();
      await choose(later, 'old', waiting);
      await assertRenewed(later, held);
      await at(later, '5-save');
      const passphrase = (await later.locator('#passphrase').textContent()) ?? '';
      await later.locator('#save-continue').click();
      await later.locator('#saved-error').waitFor();
      await later.locator('#saved').check();
      await later.locator('#save-continue').click();
      await later.waitForURL(/\/install\?certificate=[0-9a-f]{64}$/);
      await at(later, '6-install', false);
      await later.context().close();
      const secrets = [PASSPHRASE, passphrase, readFileSync(waiting, 'utf8').split('\n')[2] ?? ''];
      expect(sent.some((body) => body.includes('"request"'))).toBe(true);
      for (const secret of secrets) {
        expect(secret.length).toBeGreaterThan(10);
        expect(sent.filter((body) => body.includes(secret))).toEqual([]);
      }
      expect(check.problems).toEqual([]);
    },
  );

  it('renews a certificate for encrypted mail with another one, waits, and says that the new key works', async () => {
    const check = new PageCheck();
    const held = await scene.person('hemi.walker@treasury.govt.nz', 'user-encrypt');
    const signer = await scene.person('hemi.walker@treasury.govt.nz', 'user-sign', 200);
    const page = await open(check);
    await choose(page, 'old', await fileOf(held, 'compatible'));
    await page.locator('#check-signer').waitFor();
    await page.locator('#check-continue').click();
    await page.locator('#signer-file').waitFor();
    await check.look(page, 'portal-renew-3-signer', { makesKeys: true, inPlace: true });
    await choose(page, 'signer', await fileOf(held));
    await page.getByText('This certificate cannot sign either.').waitFor();
    await choose(page, 'signer', await fileOf(signer));
    await page.locator('#waiting-file').waitFor({ timeout: 20_000 });
    await scene.approve(await orderOf(held));
    // The page asks by itself.
    await assertRenewed(page, held);
    await page.locator('#saved').check();
    await page.locator('#save-continue').click();
    await page.waitForURL(/\/install\?certificate=/);
    const confirmed = await world.owner.selectFrom('certificate_confirmations').selectAll().execute();
    expect(confirmed).toHaveLength(1);
    expect(check.problems).toEqual([]);
  }, 120_000);

  it.each([
    ['too early', 200, 'It is too early to renew'],
    ['over', -3, 'The certificate is not good any more'],
  ])('says when it is %s', async (_name, daysLeft, words) => {
    const check = new PageCheck();
    const held = await scene.person('grace.liu@treasury.govt.nz', 'user-sign', daysLeft);
    const page = await open(check);
    await choose(page, 'old', await fileOf(held));
    await page.locator('#check-continue').click();
    await page.getByRole('heading', { name: words }).waitFor({ timeout: 20_000 });
    expect(await page.locator('#try-again').isVisible()).toBe(false);
    await check.look(page, `portal-renew-refused-${daysLeft}`, { makesKeys: true, inPlace: true });
    expect(check.problems).toEqual([]);
  });

  it.each(READERS)(
    'shows $name ($locale, $device) the overlap of a gateway’s certificate and its successor',
    async (reader) => {
      const check = new PageCheck();
      const held = await scene.gateway('gateway-sign');
      const page = await (await browser.newContext(reader.browser)).newPage();
      check.watch(page);
      const at = (place: string): Promise<void> =>
        reader === READERS[0] ? check.look(page, place) : check.glance(page, place, reader.locale);
      const bars = (): Promise<string[]> =>
        page
          .locator('.see-timeline__bar')
          .evaluateAll((all) => all.map((bar) => /--(\w+)/.exec(bar.getAttribute('class') ?? '')?.[1] ?? ''));
      await page.goto(`${url}/gateways/certificates/${held.sha256}`);
      expect(await bars()).toEqual(['now', 'window']);
      await at('gateway-renewal-open');
      const { renewal } = await scene.renew(held);
      await page.goto(`${url}/gateways/orders/${renewal.orderId}`);
      await at('gateway-renewal-order');
      await scene.agreeAndApprove(renewal.orderId);
      await page.reload();
      const successor = (await page.locator('main li a').first().getAttribute('href')) ?? '';
      expect(successor).toMatch(/^\/gateways\/certificates\/[0-9a-f]{64}$/);
      expect(successor).not.toContain(held.sha256);
      await page.goto(`${url}/gateways/certificates/${held.sha256}`);
      expect(await bars()).toEqual(['now', 'next', 'overlap']);
      await expect.poll(() => page.locator(`main a[href="${successor}"]`).count()).toBe(1);
      await at('gateway-renewal-overlap');
      await page.locator(`main a[href="${successor}"]`).click();
      await page.waitForURL(`**${successor}`);
      expect(await bars()).toEqual(['now', 'window']);
      await page.context().close();
      expect(check.problems).toEqual([]);
    },
  );

  it('takes no other file', async () => {
    const check = new PageCheck();
    const page = await open(check);
    const path = join(scene.folder, 'letter.p12');
    writeFileSync(path, 'Dear reader');
    await choose(page, 'old', path);
    await page.getByText('This is not a file from this portal.').waitFor();
    expect(check.problems).toEqual([]);
  });
});
