import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { haveTool } from '../interop/tool.ts';
import { EvaluationPeople } from '../support/evaluation-people.ts';
import { newInstance, type TestInstance } from '../support/instance.ts';
import { waitUntil } from '../support/wait-until.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { Keyboard } from './keyboard.ts';
import { PageCheck } from './page-check.ts';

/** Where Chromium reads policies on this machine. Only so does it choose a certificate without a person. */
const POLICIES = '/etc/chromium/policies/managed';
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36',
};

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

/** From a code to a certificate that works in a browser, and everything that its holder can do with it there. */
describe.skipIf(!available)('a public servant', () => {
  let instance: TestInstance;
  let people: EvaluationPeople;
  let browser: Browser;
  let folder: string;
  const policy = join(POLICIES, `see-holder-${process.pid}.json`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'see-holder-'));
    instance = await newInstance();
    await instance.start('start');
    people = new EvaluationPeople(instance);
    browser = await launchChromium();
    const choice = JSON.stringify({ pattern: instance.urls.mtls, filter: {} });
    writeFileSync(policy, JSON.stringify({ AutoSelectCertificateForUrls: [choice] }));
  });
  afterAll(async () => {
    rmSync(policy, { force: true });
    await browser?.close();
    await instance?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(check: PageCheck, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
    check.watch(page);
    page.on('dialog', (dialog) => void dialog.accept());
    return page;
  }

  /** A browser of somebody who has imported a file and trusts our root. */
  async function ownBrowser(file: string, passphrase: string): Promise<Browser> {
    const home = await people.home(mkdtempSync(join(folder, 'home-')));
    people.importFile(home, file, passphrase);
    return chromium.launch({
      executablePath: '/usr/bin/chromium',
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: home },
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    });
  }

  /** Saves what the page offers at a place. */
  async function save(page: Page, selector: string): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(selector).click()]);
    const path = join(folder, `${Date.now()}-${download.suggestedFilename()}`);
    await download.saveAs(path);
    return path;
  }

  /** From the code to the saved file, on the way looking at each step. */
  async function enrol(page: Page, check: PageCheck, orderId: string, code: string, name: string) {
    await page.goto(`${instance.urls.portal}/enrol/${orderId}`);
    await page.locator('#code').waitFor();
    await check.look(page, `${name}-1-code`, { makesKeys: true });
    await page.locator('#code').fill(code);
    await page.locator('#code-continue').click();
    await page.locator('#details-continue').waitFor({ timeout: 20_000 });
    await check.look(page, `${name}-2-details`, { makesKeys: true, inPlace: true });
    await page.locator('#details-continue').click();
    await check.look(page, `${name}-3-device`, { makesKeys: true, inPlace: true });
    const device = await page.locator('input[name=device]:checked').getAttribute('value');
    await page.locator('#device-continue').click();
    await page.locator('#passphrase').waitFor({ timeout: 60_000 });
    await check.look(page, `${name}-5-save`, { makesKeys: true, inPlace: true });
    const passphrase = (await page.locator('#passphrase').textContent()) ?? '';
    const file = await save(page, '.see-file__main >> nth=0');
    await page.locator('#save-continue').click();
    await page.locator('#saved-error').waitFor();
    await page.locator('#saved').check();
    await page.locator('#save-continue').click();
    await page.waitForURL(new RegExp(`/install/${device}\\?certificate=`));
    return { passphrase, file, device };
  }

  it('gets a certificate, installs it, is greeted by name, and ends it without asking anybody', async () => {
    const check = new PageCheck();
    const { orderId, code } = await people.codeFor('grace.liu@treasury.govt.nz', ['user-auth', 'user-encrypt']);
    const page = await open(check);
    const { passphrase, file } = await enrol(page, check, orderId, code, 'portal-enrol');
    await check.look(page, 'portal-enrol-6-install');
    await page.getByRole('button', { name: 'Continue: test it' }).click();
    await check.look(page, 'portal-enrol-7-test');
    const test = page.url();
    await page.goto(`${instance.urls.portal}/enrol/${orderId}`);
    await page.locator('#code').fill(code);
    await page.locator('#code-continue').click();
    await page.locator('#dead-end-title', { hasText: 'can no longer be used' }).waitFor({ timeout: 20_000 });
    await check.look(page, 'portal-dead-end-used', { makesKeys: true, inPlace: true });
    await page.locator('#dead-end-lost a').click();
    await page.waitForURL('**/lost');

    const own = await ownBrowser(file, passphrase);
    const mine = await own.newPage();
    check.watch(mine);
    await mine.goto(test);
    await mine.getByRole('button', { name: 'Test it now' }).click();
    await mine.getByText('Kia ora, Grace Liu').waitFor();
    await check.look(mine, 'portal-enrol-7-greeting');
    await mine.getByRole('button', { name: 'Continue' }).click();
    await mine.getByText('All done').first().waitFor();
    await check.look(mine, 'portal-enrol-8-done');
    const href = await mine.getByRole('button', { name: 'calendar' }).getAttribute('href');
    const calendar = await fetch(`${instance.urls.portal}${href}`);
    expect(await calendar.text()).toContain('BEGIN:VEVENT');
    await mine.getByRole('link', { name: 'My certificates' }).first().click();
    await mine.getByRole('button', { name: 'Open my certificates' }).click();
    await mine.waitForURL(`${instance.urls.mtls}/my`);
    expect(await mine.locator('.see-card').count()).toBe(2);
    await check.look(mine, 'portal-my');
    await mine.getByRole('link', { name: 'What we hold about you' }).click();
    await check.look(mine, 'portal-my-record');
    await waitUntil(
      'the file that the log has sealed',
      async () => {
        const [download] = await Promise.all([
          mine.waitForEvent('download', { timeout: 2_000 }).catch(() => undefined),
          mine.getByRole('button', { name: 'Download all of it' }).click(),
        ]);
        await download?.saveAs(join(folder, 'record.json'));
        return download !== undefined;
      },
      30_000,
    );
    const verified = await instance.see('audit', 'verify-bundle', join(folder, 'record.json'));
    expect([verified.code, verified.stderr]).toEqual([0, '']);

    await mine.goto(`${instance.urls.mtls}/my`);
    await mine.getByRole('link', { name: 'Receiving encrypted mail' }).click();
    await check.look(mine, 'portal-my-encrypt');
    await mine.getByRole('button', { name: 'Revoke it now' }).click();
    await mine.locator('.govuk-error-summary').waitFor();
    await check.look(mine, 'portal-my-revoke-error', { inPlace: true });
    await mine.getByLabel('I have a new one').check();
    await mine.locator('#sure').check();
    await mine.getByRole('button', { name: 'Revoke it now' }).click();
    await mine.getByText('The certificate is revoked.').waitFor();
    await check.look(mine, 'portal-my-revoked');
    await mine.getByRole('link', { name: 'Receiving encrypted mail' }).click();
    expect(await mine.locator('.see-history').textContent()).toContain('Revoked by you');
    await check.look(mine, 'portal-my-history');

    await mine.goto(`${instance.urls.mtls}/my`);
    await mine.getByRole('link', { name: 'Signing in' }).click();
    await mine.getByRole('button', { name: 'Suspend it now' }).click();
    await mine.getByRole('heading', { name: 'Your certificate is suspended' }).waitFor();
    await check.look(mine, 'portal-my-suspended');
    expect((await mine.goto(`${instance.urls.mtls}/my/record`))?.status()).toBe(401);
    await own.close();
    expect(check.problems).toEqual([]);
  }, 240_000);

  it('does it on a phone, in te reo Māori', async () => {
    const check = new PageCheck();
    const { orderId, code } = await people.codeFor('hemi.walker@treasury.govt.nz', ['user-auth']);
    const page = await open(check, { ...PHONE, locale: 'mi-NZ' });
    const { device, file } = await enrol(page, check, orderId, code, 'portal-phone');
    expect(device).toBe('android');
    expect(file).toContain('older-devices');
    await page.getByRole('button', { name: 'Haere tonu' }).click();
    await page.getByRole('link', { name: 'Haere tonu me te kore e whakamātau' }).click();
    await page.getByText('Kua oti katoa').first().waitFor();
    await check.look(page, 'portal-phone-8-done');
    expect(check.problems).toEqual([]);
  }, 180_000);

  it('who lost the files asks for new ones by a link, without scripts', async () => {
    const check = new PageCheck();
    const page = await open(check);
    await page.goto(`${instance.urls.portal}/lost`);
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await page.locator('.govuk-error-summary').waitFor();
    await check.look(page, 'portal-lost-error', { inPlace: true });
    await page.getByLabel('Your mail address at work').fill('hemi.walker@treasury.govt.nz');
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await page.getByText('a mail with a link is on its way').waitFor();
    await check.look(page, 'portal-lost-asked');
    const link = await people.linkFrom('reissue', '/reissue');
    await page.goto(`${instance.urls.portal}${link}`);
    await check.look(page, 'portal-reissue');
    const plain = await open(new PageCheck(), { javaScriptEnabled: false });
    await plain.goto(`${instance.urls.portal}${link}`);
    await plain.getByRole('button', { name: 'Order new certificates' }).click();
    await plain.locator('.govuk-error-summary').waitFor();
    await plain.getByLabel('No, it is only lost').check();
    await plain.getByRole('button', { name: 'Order new certificates' }).click();
    await plain.getByRole('heading', { name: 'New certificates are ordered' }).waitFor();
    await waitUntil(
      'the order',
      async () => {
        const orders = await people.api('operator1', 'GET', '/api/v1/orders?state=pending');
        return JSON.stringify(orders).includes('hemi.walker@treasury.govt.nz');
      },
      20_000,
    );
    await page.goto(`${instance.urls.portal}${link}`);
    await check.look(page, 'portal-reissue-over');
    expect(check.problems).toEqual([]);
  }, 90_000);

  it('does it by keyboard alone', async () => {
    const check = new PageCheck();
    const { orderId, code } = await people.codeFor('grace.liu@treasury.govt.nz', ['user-auth']);
    const page = await open(check);
    await page.goto(`${instance.urls.portal}/enrol/${orderId}`);
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
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('#main-content');
    expect(check.problems).toEqual([]);
  }, 120_000);
});
