import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { haveTool } from '../interop/tool.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { type Enrolled, enrol } from './enrolment-steps.ts';
import { Keyboard } from './keyboard.ts';
import { type CheckOptions, PageCheck } from './page-check.ts';
import { READERS, type Reader } from './readers.ts';

/** Where Chromium reads policies on this machine. Only so does it choose a certificate without a person. */
const POLICIES = '/etc/chromium/policies/managed';

const available = hasChromium && haveTool('pk12util', 'apt-get install libnss3-tools') && mayWritePolicies();

function mayWritePolicies(): boolean {
  try {
    mkdirSync(POLICIES, { recursive: true });
    accessSync(POLICIES, constants.W_OK);
    return true;
  } catch {
    console.warn(`SKIPPED: the holder's journey is not tested, ${POLICIES} cannot be written (run as root)`);
    return false;
  }
}

describe.skipIf(!available)('a public servant', () => {
  let scene: BrowserScene;
  const policy = join(POLICIES, `see-holder-${process.pid}.json`);

  beforeAll(async () => {
    scene = await BrowserScene.open();
    const choice = JSON.stringify({ pattern: scene.instance.urls.mtls, filter: {} });
    writeFileSync(policy, JSON.stringify({ AutoSelectCertificateForUrls: [choice] }));
  });
  afterAll(async () => {
    rmSync(policy, { force: true });
    await scene?.close();
  });

  /** A browser of somebody who has imported a file and trusts our root. */
  async function ownBrowser(file: string, passphrase: string): Promise<Browser> {
    const home = await scene.people.home(mkdtempSync(join(scene.folder, 'home-')));
    scene.people.importFile(home, file, passphrase);
    return chromium.launch({
      executablePath: '/usr/bin/chromium',
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: home },
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    });
  }

  /**
   * From a code to a certificate that works in a browser, and everything that its holder can do with it there. Nothing is
   * found by its words. The first reader's pages are looked at closely.
   */
  describe.each(READERS)('who is $name ($locale, $device)', (reader: Reader) => {
    const check = new PageCheck();
    const name = `${reader.name} Holder`;
    let order: { readonly orderId: string; readonly code: string };
    let certificates: readonly string[];
    let enrolled: Enrolled;
    let own: Browser;
    let mine: Page;

    const at = (page: Page, place: string, options?: CheckOptions): Promise<void> =>
      reader === READERS[0]
        ? check.look(page, `portal-${place}`, options)
        : check.glance(page, `portal-${place}`, reader.locale);
    const my = (path: string): Promise<unknown> => mine.goto(`${scene.instance.urls.mtls}${path}`);

    beforeAll(async () => {
      const email = await scene.people.newPerson(reader.name, 'Holder');
      order = await scene.people.codeFor(email, ['user-auth', 'user-encrypt']);
    });
    afterAll(() => own?.close());

    it('gets certificates with the code, in the form that the device opens', async () => {
      const page = await scene.page({ check, ...reader.browser });
      enrolled = await enrol(scene, page, order, (step, options) => at(page, `enrol-${step}`, options));
      expect(enrolled.device).toBe(reader.device);
      expect(enrolled.file.includes('older-devices')).toBe(reader.device !== 'linux');
      certificates = await scene.people.certificatesOf(order.orderId);
      expect(certificates).toHaveLength(2);
      expect(certificates).toContain(enrolled.sha256);
      await at(page, 'enrol-6-install');
      expect(page.url()).toContain(`/install/${reader.device}?`);
      await page.locator('main a[role=button][href^="/test?"]').click();
      await page.waitForURL('**/test?**');
      await at(page, 'enrol-7-test');
      await page.locator(`main a[href^="/done/"]`).click();
      await page.locator('.see-reference').waitFor();
      await page.goto(scene.url(`/enrol/${order.orderId}`));
      await page.locator('#code').fill(order.code);
      await page.locator('#code-continue').click();
      await page.locator('#dead-end-title').waitFor({ timeout: 20_000 });
      await at(page, 'dead-end-used', { makesKeys: true, inPlace: true });
      await page.locator('#dead-end-lost a').click();
      await page.waitForURL('**/lost');
      await page.context().close();
      expect(check.problems).toEqual([]);
    });

    it('installs one, and is greeted by name over mutual TLS', async () => {
      own = await ownBrowser(enrolled.file, enrolled.passphrase);
      mine = await (await own.newContext(reader.browser)).newPage();
      check.watch(mine);
      await mine.goto(scene.url(`/test?certificate=${enrolled.sha256}`));
      await mine.locator(`main a[role=button][href^="${scene.instance.urls.mtls}"]`).click();
      await mine.locator('.govuk-panel__title', { hasText: name }).waitFor();
      await at(mine, 'enrol-7-greeting');
      await mine.locator('main a[role=button][href*="/done/"]').click();
      await mine.waitForURL(`**/done/${certificates[0]}`);
      await at(mine, 'enrol-8-done');
      const href = await mine.locator('main a[href$="/renewal.ics"]').getAttribute('href');
      const calendar = await fetch(scene.url(href ?? ''));
      expect(await calendar.text()).toContain('BEGIN:VEVENT');
      expect(check.problems).toEqual([]);
    });

    it('sees what there is, and what we hold about them as a file that can be proved', async () => {
      await mine.locator('main a[href="/my"]').click();
      await mine.locator(`main a[href="${scene.instance.urls.mtls}/my"]`).click();
      await mine.waitForURL(`${scene.instance.urls.mtls}/my`);
      await expect.poll(() => mine.locator('.see-card .govuk-tag--green').count()).toBe(2);
      await at(mine, 'my');
      await mine.locator('main a[href="/my/record"]').click();
      await mine.locator('main a[href="/my/record/file"]').waitFor();
      await at(mine, 'my-record');
      const file = join(scene.folder, `${reader.name}.json`);
      await waitUntil('the file that the log has sealed', () => takeRecord(file), 30_000);
      const verified = await scene.instance.see('audit', 'verify-bundle', file);
      expect([verified.code, verified.stderr]).toEqual([0, '']);
      expect(check.problems).toEqual([]);
    });

    async function takeRecord(file: string): Promise<boolean> {
      const [download] = await Promise.all([
        mine.waitForEvent('download', { timeout: 2_000 }).catch(() => undefined),
        mine.locator('main a[href="/my/record/file"]').click(),
      ]);
      await download?.saveAs(file);
      return download !== undefined;
    }

    it('revokes one without asking anybody, having said why and that they mean it', async () => {
      const path = `/my/certificates/${certificates[1]}`;
      await my('/my');
      await mine.locator(`main a[href="${path}"]`).click();
      await at(mine, 'my-encrypt');
      const button = mine.locator(`form[action="${path}/revoke"] button`);
      await button.click();
      await mine.locator('.govuk-error-summary').waitFor();
      expect(
        await mine.locator('.govuk-error-summary a[href="#reason"], .govuk-error-summary a[href="#sure"]').count(),
      ).toBe(2);
      await at(mine, 'my-revoke-error', { inPlace: true });
      await mine.locator('input[name=reason][value=superseded]').check();
      await mine.locator('#sure').check();
      await button.click();
      await mine.waitForURL('**/my?done=revoked');
      await expect.poll(() => mine.locator('.govuk-notification-banner').count()).toBe(1);
      await at(mine, 'my-revoked');
      await mine.locator(`main a[href="${path}"]`).click();
      await expect.poll(() => mine.locator('.see-history__item').count()).toBe(2);
      await at(mine, 'my-history');
      const { status } = await scene.people.api<{ status: { kind: string } }>(
        'operator1',
        'GET',
        `/api/v1/certificates/${certificates[1]}`,
      );
      expect(status.kind).toBe('revoked');
      expect(check.problems).toEqual([]);
    });

    it('suspends the one that opens these pages, which closes them', async () => {
      const path = `/my/certificates/${certificates[0]}`;
      await my('/my');
      await mine.locator(`main a[href="${path}"]`).click();
      await mine.locator(`form[action="${path}/hold"] button`).click();
      await mine.locator('main [data-reason=held]').waitFor();
      await at(mine, 'my-suspended');
      expect((await mine.goto(`${scene.instance.urls.mtls}/my/record`))?.status()).toBe(401);
      expect(check.problems).toEqual([]);
    });
  });

  it('does it by keyboard alone', async () => {
    const check = new PageCheck();
    const { orderId, code } = await scene.people.codeFor('grace.liu@treasury.govt.nz', ['user-auth']);
    const page = await scene.at(`/enrol/${orderId}`, { check });
    await page.locator('#code').waitFor();
    const keyboard = new Keyboard(page);
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('#details-continue').waitFor({ timeout: 20_000 });
    await keyboard.to('#details-continue');
    await page.keyboard.press('Enter');
    await keyboard.to('#device-linux');
    await page.keyboard.press('ArrowUp');
    await keyboard.to('#device-continue');
    await page.keyboard.press('Enter');
    await page.locator('#passphrase').waitFor({ timeout: 60_000 });
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await keyboard.to('#saved');
    await page.keyboard.press('Space');
    await keyboard.to('#save-continue');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/install\/firefox\?certificate=/);
    await page.locator('.govuk-skip-link').waitFor({ state: 'attached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#main-content$/);
    expect(check.problems).toEqual([]);
  }, 120_000);
});
