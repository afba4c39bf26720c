import { loadAssets } from '@see/ui';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, only, openCalls } from '../support/registration-calls.ts';
import { RenewalScene } from '../support/renewal-scene.ts';
import { makeWorld, type World } from '../support/world.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { sendForm } from './send-form.ts';

/** What parties do to orders and certificates on their pages: withdraw, agree to a renewal, confirm, take the evidence. */
describe.skipIf(!hasChromium)('parties', () => {
  let world: World;
  let calls: Calls;
  let scene: RenewalScene;
  let browser: Browser;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    world = await makeWorld();
    calls = await openCalls(world, loadAssets());
    scene = new RenewalScene(world, calls);
    const { registration, person } = calls;
    tokens['sponsor'] = await registration.token('sponsor', person['susan.grant@treasury.govt.nz'] ?? '', 'treasury');
    tokens['operator'] = await registration.token('operator', person['mere.tahana@ssc.govt.nz'] ?? '');
    tokens['auditor'] = await registration.token('auditor', person['peter.lowe@ssc.govt.nz'] ?? '');
    await registration.app.listen({ host: '127.0.0.1', port: world.instance.ports.portal });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    scene?.remove();
    await calls?.registration.app.close();
    await world?.close();
  });

  const portal = (path: string): string => `${world.instance.urls.portal}${path}`;
  async function openFor(who: string, place: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(portal(place));
    await page.locator('#token').fill(tokens[who] ?? '');
    await sendForm(page.locator('form:has(#token) button[type=submit]'));
    await page.waitForURL(`**${place}`);
    return page;
  }
  const stateOf = async (id: string): Promise<string> =>
    (await world.owner.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;

  it.each([
    ['en-NZ', 1280],
    ['mi-NZ', 375],
  ])('withdraw an order with a reason (%s, %i wide), without scripts', async (locale, width) => {
    const made = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
    const { id } = made.body;
    const options = { locale, viewport: { width, height: 800 }, javaScriptEnabled: false };
    const page = await openFor('sponsor', `/console/orders/${id}`, options);
    await page.locator('summary').last().click();
    await sendForm(page.locator('form[action$="/withdraw"] button'));
    await expect.poll(() => page.locator('#withdraw-reason-error').count()).toBe(1);
    await page.locator('#withdraw-reason').fill('ordered for the wrong gateway');
    await sendForm(page.locator('form[action$="/withdraw"] button'));
    await page.waitForURL('**?done=withdrawn');
    expect(await stateOf(id)).toBe('withdrawn');
    expect(await page.locator('form[action$="/withdraw"]').count()).toBe(0);
    await page.context().close();
  });

  it('agree to a renewal as its sponsor, or by an operator who has their word, and confirm what was issued', async () => {
    const check = new PageCheck();
    const [sign, encrypt] = [await scene.gateway('gateway-sign'), await scene.gateway('gateway-encrypt')];
    const { orderId } = (await scene.renew(sign)).renewal;
    const operator = await openFor('operator', `/console/orders/${orderId}`);
    check.watch(operator);
    await check.look(operator, 'order-to-agree');
    await sendForm(operator.locator('form[action$="/agree"] button'));
    await expect.poll(() => operator.locator('#note-error').count()).toBe(1);
    await check.look(operator, 'order-to-agree-refused', { inPlace: true });
    await operator.locator('#note').fill('letter TSY-2026-31');
    await sendForm(operator.locator('form[action$="/agree"] button'));
    await operator.waitForURL('**?done=agreed');
    expect(await operator.locator('form[action$="/agree"]').count()).toBe(0);

    const wanted = await scene.send(scene.cms(scene.content(undefined, encrypt), sign));
    const sponsor = await openFor('sponsor', `/console/orders/${wanted.renewal.orderId}`);
    check.watch(sponsor);
    expect(await sponsor.locator('#note').count()).toBe(0);
    await check.look(sponsor, 'order-sponsor');
    await sendForm(sponsor.locator('form[action$="/agree"] button'));
    await sponsor.waitForURL('**?done=agreed');
    await sponsor.context().close();
    const agreed = await world.owner
      .selectFrom('renewal_agreements')
      .select(['order_id', 'note'])
      .where('order_id', 'in', [orderId, wanted.renewal.orderId])
      .execute();
    expect(agreed.map(({ note }) => note).toSorted()).toEqual(['letter TSY-2026-31', null].toSorted());

    await scene.approve(wanted.renewal.orderId);
    const issued = await calls.call('operator', 'GET', `/api/v1/orders/${wanted.renewal.orderId}`);
    const { sha256 } = only(issued.body.certificates);
    await operator.goto(portal(`/console/certificates/${sha256}`));
    await check.look(operator, 'certificate-waits');
    await sendForm(operator.locator('form[action$="/confirm"] button'));
    await operator.waitForURL('**?done=confirmed');
    expect(await operator.locator('form[action$="/confirm"]').count()).toBe(0);
    await operator.context().close();
    expect(check.problems).toEqual([]);
  });

  it('are led from a certificate to the holder, and get evidence and records as files when the log has sealed them', async () => {
    const check = new PageCheck();
    const held = await scene.person('grace.liu@treasury.govt.nz', 'user-sign');
    const holder = calls.person['grace.liu@treasury.govt.nz'] ?? '';
    const operator = await openFor(
      'operator',
      `/console/certificates/${held.sha256}/revoke/confirm?reason=superseded&since=`,
    );
    check.watch(operator);
    await expect.poll(() => operator.locator(`main a[href="/console/people/${holder}/declare"]`).count()).toBe(1);
    await operator.goto(portal(`/console/people/${holder}`));
    await operator.locator('form[action$="/export"] button').click();
    await operator.waitForURL('**?done=sealing');
    await check.look(operator, 'person-sealing');
    await operator.context().close();
    const auditor = await openFor('auditor', `/console/certificates/${held.sha256}`);
    check.watch(auditor);
    await auditor.locator('form[action$="/evidence"] button').click();
    await auditor.waitForURL('**?done=sealing');
    await check.look(auditor, 'certificate-sealing');
    await auditor.goto(portal(`/console/people/${holder}`));
    expect(await auditor.locator('form[action$="/export"]').count()).toBe(0);
    await auditor.context().close();
    const sponsor = await openFor('sponsor', `/console/certificates/${held.sha256}`);
    expect(await sponsor.locator('form[action$="/evidence"]').count()).toBe(0);
    await sponsor.context().close();
    expect(check.problems).toEqual([]);
  });
});
