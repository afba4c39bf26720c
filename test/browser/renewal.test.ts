import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { App } from '@see/http';
import { buildPfx } from '@see/pfx';
import { loadAssets } from '@see/ui';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../services/ra/src/app.ts';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { type Held, RenewalScene } from '../support/renewal-scene.ts';
import { makeWorld, type World } from '../support/world.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { ThrowawayCa } from './throwaway-ca.ts';

const PASSPHRASE = 'kahu-rere-2abc';

/** Renewing in a browser with the file of today, against the real registration authority and signer. */
describe.skipIf(!hasChromium)('the renewal page', () => {
  let world: World;
  let calls: Calls;
  let scene: RenewalScene;
  let app: App;
  let url: string;
  let browser: Browser;
  let openssl: ThrowawayCa;
  const sent: string[] = [];

  beforeAll(async () => {
    openssl = new ThrowawayCa();
    world = await makeWorld();
    calls = await openCalls(world);
    scene = new RenewalScene(world, calls);
    const assets = loadAssets();
    const { ra } = calls.registration;
    app = await buildApp({ ...ra, site: { ...ra.site, assets: assets.references } }, assets);
    await app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://localhost:${(app.server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
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

  async function open(check: PageCheck, locale = 'en-NZ'): Promise<Page> {
    const page = await (await browser.newContext({ locale, viewport: { width: 1280, height: 900 } })).newPage();
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

  it('renews with the file of today, goes on after it was closed, and sends no secret', async () => {
    const check = new PageCheck();
    const held = await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    const page = await open(check);
    await check.look(page, 'portal-renew-1-file', { makesKeys: true });
    await page.locator('#old-continue').click();
    await page.getByText('Choose the file.').waitFor();
    await choose(page, 'old', await fileOf(held), 'not-it');
    await page.getByText('The passphrase does not open the file.').waitFor();
    await check.look(page, 'portal-renew-1-wrong', { makesKeys: true, inPlace: true });
    await choose(page, 'old', await fileOf(held));
    await page.locator('#check-name', { hasText: 'Grace Liu' }).waitFor();
    expect(await page.locator('#check-serial').textContent()).toBe(held.serial);
    await check.look(page, 'portal-renew-2-check', { makesKeys: true, inPlace: true });
    await page.locator('#check-continue').click();
    await page.getByText('0 of 1 operators have approved.').waitFor({ timeout: 20_000 });
    await check.look(page, 'portal-renew-4-waiting', { makesKeys: true, inPlace: true });
    const waiting = await save(page, '#waiting-file');
    await page.close();
    await scene.approve(await orderOf(held));

    const later = await open(check, 'mi-NZ');
    await choose(later, 'old', waiting, 'not-it');
    await later.getByText('Kāore te kīanga huna e whakatuwhera').waitFor();
    await choose(later, 'old', waiting);
    await assertRenewed(later, held);
    await check.look(later, 'portal-renew-5-save', { makesKeys: true, inPlace: true });
    const passphrase = (await later.locator('#passphrase').textContent()) ?? '';
    await later.locator('#saved').check();
    await later.locator('#save-continue').click();
    await later.waitForURL(/\/install\?certificate=[0-9a-f]{64}$/);
    const secrets = [PASSPHRASE, passphrase, readFileSync(waiting, 'utf8').split('\n')[2] ?? ''];
    expect(sent.some((body) => body.includes('"request"'))).toBe(true);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      expect(sent.filter((body) => body.includes(secret))).toEqual([]);
    }
    expect(check.problems).toEqual([]);
  }, 180_000);

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
