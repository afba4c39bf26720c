import { encodePem } from '@see/x509';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csrOf, newKey } from '../support/world.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { enrol } from './enrolment-steps.ts';
import { PageCheck } from './page-check.ts';
import { READERS } from './readers.ts';

let scene: BrowserScene;

beforeAll(async () => {
  if (!hasChromium) return;
  scene = await BrowserScene.open();
});
afterAll(() => scene?.close());

const orderOf = async (email: string): Promise<string> =>
  (await scene.query<{ id: string }>('select id from orders where $1 = any(names)', [email]))[0]?.id ?? '';

/**
 * What people come for, from the first page to the last, on a desktop and on a phone, in English and te reo Māori: a person comes in by a
 * spreadsheet, gets a certificate, and leaves. Nothing is found by its words, so that each language takes the same way.
 */
describe.skipIf(!hasChromium).each(READERS)('by $name ($locale, $device)', ({ name, locale, browser }) => {
  const check = new PageCheck();
  const email = `${name.toLowerCase()}.journey@treasury.govt.nz`;
  let console_: Page;

  beforeAll(async () => {
    console_ = await scene.signedIn('operator2', '/console', { check, ...browser });
  });
  afterAll(() => console_.context().close());

  const go = (page: Page, path: string) => page.goto(scene.url(path));
  const spoken = (page: Page) => page.locator('html').getAttribute('lang');

  it('a person is imported and ordered for', async () => {
    await go(console_, '/console/imports/new');
    expect(await spoken(console_)).toBe(locale);
    await console_.locator('#agencyId').selectOption('treasury');
    await console_.locator('#text').fill(`given name,surname,work email\n${name},Journey,${email}`);
    await console_.locator('input[name=profiles][value=user-auth]').check();
    await console_.locator('#sponsorId').selectOption({ label: 'Susan Grant (The Treasury)' });
    await console_.locator('form[action="/console/imports/preview"] button[type=submit]').first().click();
    await console_.locator('form[action="/console/imports"] > button:not([formaction])').click();
    await console_.waitForURL('**?done=start');
    await console_.locator('progress[data-state=done]').waitFor({ timeout: 60_000 });
    expect(await console_.locator('#count-done').textContent()).toBe('1');
    expect(check.problems).toEqual([]);
  });

  it('an operator finds the order, and the person makes a key with the code', async () => {
    const orderId = await orderOf(email);
    await go(console_, `/console/search?q=${encodeURIComponent(email)}`);
    await console_.locator(`main a[href="/console/orders/${orderId}"]`).first().click();
    await console_.waitForURL(`**/console/orders/${orderId}`);
    await scene.people.approve(orderId);
    const code = await scene.people.code(orderId);
    const page = await scene.page({ check, ...browser });
    const { file } = await enrol(scene, page, { orderId, code });
    expect(file).toMatch(/\.p12$/);
    expect(await spoken(page)).toBe(locale);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('an operator revokes the certificate in two steps', async () => {
    const [{ sha256 } = { sha256: '' }] = await scene.query<{ sha256: string }>(
      `select encode(sha256, 'hex') as sha256 from certificates where $1 = any(names) order by id desc limit 1`,
      [email],
    );
    await go(console_, `/console/search?q=${sha256}`);
    await console_.waitForURL(`**/console/certificates/${sha256}`);
    await console_.locator(`main a[href^="/console/certificates/${sha256}/revoke"]`).first().click();
    await console_.locator('input[name=reason][value=keyCompromise]').check();
    await console_.locator('main form button').first().click();
    await console_.waitForURL(`**/revoke/confirm?**`);
    await console_.locator(`form[action="/console/certificates/${sha256}/revoke"] button`).click();
    await console_.waitForURL('**?done=revoked');
    expect(await spoken(console_)).toBe(locale);
    expect(check.problems).toEqual([]);
  });

  it('a sponsor says that the person leaves, having seen what that does', async () => {
    const page = await scene.signedIn('treasury-sponsor', '/console/people', { check, ...browser });
    await page.locator('#q').last().fill(email);
    await page.locator('form[action="/console/people"] button').click();
    await page.locator('tbody a').first().click();
    await page.locator('main a[href$="/declare"]').click();
    await page.locator('input[name=kind][value=leaver]').check();
    await page.locator('main form button').first().click();
    await page.waitForURL('**/declare?kind=leaver');
    await page.locator('main form button').first().click();
    await page.locator('button[name=step][value=declare]').click();
    await page.waitForURL('**?done=declared*');
    expect(await spoken(page)).toBe(locale);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('a gateway administrator has a good and a bad request read', async () => {
    const page = await scene.page({ check, ...browser });
    for (const [text, good] of [
      [encodePem('CERTIFICATE REQUEST', csrOf(newKey())), true],
      ['-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----', false],
    ] as const) {
      await go(page, '/gateways/check');
      await page.locator('#text').fill(text);
      await page.locator('form[action="/gateways/check"] button').click();
      await expect.poll(() => page.locator('#read-out .govuk-tag--green').count()).toBe(good ? 1 : 0);
      expect(await page.locator('.govuk-error-summary, #read-out').count()).toBeGreaterThan(0);
    }
    expect(await spoken(page)).toBe(locale);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('an auditor has the log proved', async () => {
    const page = await scene.signedIn('administrator1', '/console/audit', { check, ...browser });
    await page.locator('form[action="/console/audit/verifications"] button').click();
    await page.waitForURL('**/console/audit/verifications/*');
    await page.locator('main .govuk-inset-text strong').waitFor({ timeout: 60_000 });
    expect(await spoken(page)).toBe(locale);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('an operator rejects an order with a reason, and is led to the next', async () => {
    const orderId = await scene.people.order('grace.liu@treasury.govt.nz', ['user-sign']);
    await go(console_, '/console/orders?state=preparing');
    await expect
      .poll(
        async () => {
          await go(console_, `/console/orders/${orderId}`);
          return console_.locator('input[name=cause]').count();
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0);
    await console_.locator('input[name=cause]').first().check();
    await console_.locator(`form[action="/console/orders/${orderId}/reject"] button`).click();
    await console_.waitForURL('**?done=rejected');
    expect(await spoken(console_)).toBe(locale);
    expect(check.problems).toEqual([]);
  });
});
