import { generateKeyPairSync } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { sendForm } from './send-form.ts';

/** A feed of a HR system from its registration to its end, by pages alone. */
describe.skipIf(!hasChromium)('feeds of HR systems in the console', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const send = (page: Page): Promise<void> =>
    sendForm(page.locator('form[action="/console/hr-feeds/new"] > button[type=submit]'));

  async function fill(page: Page, name: string, kind: 'scim' | 'webhook'): Promise<void> {
    await page.locator('#agencyId').selectOption('treasury');
    await page.locator('#name').fill(name);
    await page.locator(`input[name=kind][value=${kind}]`).check();
  }
  const pem = (type: 'spki' | 'pkcs8', curve: string): string => {
    const pair = generateKeyPairSync('ec', { namedCurve: curve });
    return type === 'spki'
      ? pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
      : pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  };

  it.each([
    ['en-NZ', 1280],
    ['mi-NZ', 1280],
    ['en-NZ', 375],
    ['mi-NZ', 375],
  ])('a SCIM feed gets a token that works and is shown once (%s, %i wide), without scripts', async (locale, width) => {
    const options = { locale, viewport: { width, height: 800 }, javaScriptEnabled: false };
    const page = await scene.signedIn('operator1', '/console/hr-feeds', options);
    await page.locator('main a[href="/console/hr-feeds/new"]').click();
    const name = `Scim ${locale} ${width}`;
    await fill(page, name, 'scim');
    await send(page);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    const [base = '', token = ''] = await page.locator('main .see-command code').allTextContents();
    const answer = await fetch(`${base}/Users?count=1`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    await page.locator('main a[href^="/console/hr-feeds/"]').click();
    expect(await page.locator('main').textContent()).not.toContain(token);
    await page.locator('summary').last().click();
    await page.locator('#reason').fill('no');
    await sendForm(page.locator('form[action$="/revoke"] button'));
    await page.locator('#reason-error').waitFor();
    await page.locator('#reason').fill('the trial is over');
    await sendForm(page.locator('form[action$="/revoke"] button'));
    await page.waitForURL('**?done=revoked');
    const after = await fetch(`${base}/Users?count=1`, { headers: { authorization: `Bearer ${token}` } });
    expect(after.status).toBe(401);
    await page.context().close();
  });

  it('is seen at every width, in both languages, with everything that can be wrong', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/hr-feeds/new');
    check.watch(page);
    await check.look(page, 'hr-feed-new');
    await page.locator('#dailyCap').fill('201');
    await page.locator('#days').fill('0');
    await send(page);
    await expect.poll(() => page.locator('.govuk-error-message').count()).toBe(5);
    await check.look(page, 'hr-feed-new-empty', { inPlace: true });
    await fill(page, 'Payroll', 'webhook');
    await page.locator('#dailyCap').fill('3');
    await page.locator('#days').fill('90');
    const secret = pem('pkcs8', 'P-384');
    await page.locator('#publicKey').fill(secret);
    await send(page);
    expect(await page.locator('#publicKey-error').textContent()).toContain('private key');
    expect(await page.locator('#publicKey').inputValue()).toBe('');
    expect(await page.content()).not.toContain(secret.split('\n')[1]);
    await page.locator('#publicKey').fill(pem('spki', 'P-256'));
    await send(page);
    expect(await page.locator('#publicKey-error').textContent()).toContain('P-384');
    await check.look(page, 'hr-feed-new-refused', { inPlace: true });
    const key = pem('spki', 'P-384');
    await page.locator('#publicKey').fill(key);
    await send(page);
    await page.waitForURL('**?done=registered');
    await check.look(page, 'hr-feed-webhook');
    const [feed] = await scene.query<{ id: string; daily_cap: number }>(
      `select id, daily_cap from hr_feeds where name = 'Payroll'`,
    );
    expect(feed?.daily_cap).toBe(3);
    await page.goto(scene.url(`/console/hr-feeds/new?like=${feed?.id}`));
    expect(await page.locator('#name').inputValue()).toBe('Payroll');
    await page.locator('#publicKey').fill(key);
    await send(page);
    expect(await page.locator('#publicKey-error').textContent()).toContain('that of another feed');
    await fill(page, 'Identity', 'scim');
    await send(page);
    await check.look(page, 'hr-feed-token', { inPlace: true });
    const [grace] = await scene.query<{ id: string }>(
      `select id from people where email = 'grace.liu@treasury.govt.nz'`,
    );
    await scene.query(
      `insert into hr_reports (feed_id, event_id, body_sha256, agency_id, person_id, kind, waits_for, received_at, detail)
       values ($1, 'e1', sha256('x'), 'treasury', $2, 'name-change', 'evidence', now(), '{"surname":"Lee"}')`,
      [feed?.id, grace?.id],
    );
    await page.goto(scene.url(`/console/hr-feeds/${feed?.id}`));
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await check.look(page, 'hr-feed-told');
    await page.goto(scene.url('/console/hr-feeds'));
    await check.look(page, 'hr-feeds');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('is registered by operators alone, seen and revoked by its own agency', async () => {
    const [feed] = await scene.query<{ id: string }>(`select id from hr_feeds where name = 'Payroll'`);
    const sponsor = await scene.signedIn('treasury-sponsor', '/console/hr-feeds');
    expect(await sponsor.locator('a[href="/console/hr-feeds/new"]').count()).toBe(0);
    expect((await sponsor.goto(scene.url('/console/hr-feeds/new')))?.status()).toBe(403);
    expect((await sponsor.goto(scene.url(`/console/hr-feeds/${feed?.id}`)))?.status()).toBe(200);
    await expect.poll(() => sponsor.locator('form[action$="/revoke"]').count()).toBe(1);
    await sponsor.context().close();
    const wish = { agency: 'dpmc', name: 'Other' };
    const made = await scene.instance.seeJson<{ id: string }>(
      'hr-feed',
      'create',
      '--agency',
      wish.agency,
      '--name',
      wish.name,
      '--scim',
    );
    const again = await scene.signedIn('treasury-sponsor', '/console/hr-feeds');
    expect((await again.goto(scene.url(`/console/hr-feeds/${made.id}`)))?.status()).toBe(404);
    await again.context().close();
  });
});
