import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePem } from '@see/x509';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { type PageWithPasskeys, pageWithPasskeys } from './desk-passkey.ts';
import { Keyboard } from './keyboard.ts';

/** Approvals by passkey on a real instance: console, desk, authenticator, console, signer. */
describe.skipIf(!hasChromium)('the approval desk', () => {
  let scene: BrowserScene;
  /** The first operator's passkey stays on its device, the second one's is copied. */
  let bound: PageWithPasskeys;
  let synced: PageWithPasskeys;
  const problems: string[] = [];

  beforeAll(async () => {
    scene = await BrowserScene.open();
    bound = await pageWithPasskeys(scene.browser);
    synced = await pageWithPasskeys(scene.browser, true);
    for (const { page } of [bound, synced]) watch(page);
  });
  afterAll(() => scene?.close());

  function watch(page: Page): void {
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4(?:0[149])/.test(message.text())) problems.push(message.text());
    });
  }

  /** An order for a gateway, which two operators approve. */
  const gatewayOrder = (): Promise<string> =>
    scene.people.gatewayOrder(encodePem('CERTIFICATE REQUEST', csrOf(newKey())));

  const stateOf = async (orderId: string): Promise<{ state: string; certificates: unknown[] }> =>
    scene.people.api('operator1', 'GET', `/api/v1/orders/${orderId}`);
  const issued = (orderId: string): Promise<boolean> =>
    waitUntil('the certificate', async () => (await stateOf(orderId)).state === 'issued', 20_000);

  async function personOf(name: string): Promise<string> {
    const { credentialId } = JSON.parse(readFileSync(scene.people.file(`${name}.key.json`), 'utf8')) as {
      credentialId: string;
    };
    const rows = await scene.query<{ person_id: string }>(
      'select person_id from credentials where credential_id = $1',
      [credentialId],
    );
    return rows[0]?.person_id ?? '';
  }

  const signIn = (page: Page, who: string): Promise<void> => scene.signIn(page, who, '/console');

  /** Makes a passkey on the desk and has two administrators register it. Returns whether the page says that it is copied. */
  async function register(page: Page, operator: string): Promise<boolean> {
    await page.goto(`${scene.instance.urls.desk}/register`);
    await page.locator('#make').click();
    await page.locator('#label-error-text', { hasText: 'at least 3 characters' }).waitFor();
    await page.locator('#label').fill(`${operator}, a test`);
    await page.locator('#make').click();
    await page.locator('#passkey-fingerprint').waitFor({ state: 'visible' });
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#download-file').click()]);
    expect(file.suggestedFilename()).toBe('passkey.public.json');
    const text = readFileSync(await file.path(), 'utf8');
    expect(await page.locator('#passkey-file').textContent()).toBe(text);
    const path = join(scene.instance.dataDir, `${operator}.passkey.json`);
    writeFileSync(path, text);
    const made = await scene.instance.seeJson<{ digest: string; fingerprint: string; credentialId: string }>(
      'operator',
      'register',
      path,
      '--person',
      await personOf(operator),
    );
    const shown = (await page.locator('#passkey-fingerprint').textContent()) ?? '';
    expect(shown.replaceAll(' ', '')).toBe(made.fingerprint);
    await scene.people.sign(made.digest, ['administrator1', 'administrator2']);
    await waitUntil('the desk to know the passkey', async () => (await passkeysOfDesk()).includes(made.credentialId));
    return page.locator('#synced').isVisible();
  }

  async function passkeysOfDesk(): Promise<string[]> {
    const answer = await fetch(`${scene.instance.urls.desk}/api/orders/${waiting}`);
    const { passkeys } = (await answer.json()) as { passkeys: { credentialId: string }[] };
    return passkeys.map(({ credentialId }) => credentialId);
  }

  /** From the order in the console to the desk, and presses there; all of it by keyboard. */
  async function press(page: Page, orderId: string): Promise<void> {
    const keyboard = new Keyboard(page);
    await page.goto(scene.url(`/console/orders/${orderId}`));
    const digest = await page.locator('.see-fingerprint').textContent();
    expect(await page.locator('main').textContent()).toContain(`see order approve ${orderId} --key FILE`);
    await keyboard.press(`main a[href*="${orderId}"][role=button]`);
    await page.waitForURL(`${scene.instance.urls.desk}/orders/${orderId}`);
    await page.locator('#approve').waitFor({ state: 'visible' });
    expect(await page.locator('#order-digest').textContent()).toBe(digest);
    await keyboard.press('#approve');
  }

  async function approved(page: Page, orderId: string): Promise<void> {
    await press(page, orderId);
    await page.locator('.govuk-notification-banner', { hasText: 'Your approval is recorded' }).waitFor();
    expect(page.url()).toBe(scene.url(`/console/orders/${orderId}?done=approved`));
  }

  /** An order that nobody decides about. */
  let waiting = '';

  it('says what to do before a passkey is registered, and without one in the browser', async () => {
    waiting = await gatewayOrder();
    const { page } = bound;
    await page.goto(`${scene.instance.urls.desk}/orders/${waiting}`);
    await page.locator('#no-passkey').waitFor({ state: 'visible' });
    expect(await page.locator('#approve').isVisible()).toBe(false);
    await page.goto(`${scene.instance.urls.desk}/orders/00000000-0000-4000-8000-000000000000`);
    await page.locator('#dead-end-title', { hasText: 'nothing to approve here' }).waitFor();

    const old = await (await scene.browser.newContext()).newPage();
    watch(old);
    await old.addInitScript('delete window.PublicKeyCredential');
    for (const path of [`/orders/${waiting}`, '/register']) {
      await old.goto(`${scene.instance.urls.desk}${path}`);
      await old.locator('h1:visible', { hasText: 'This browser has no passkeys' }).waitFor();
    }
    expect(problems).toEqual([]);
  });

  it('registers passkeys, and a certificate is issued that two of them approved', async () => {
    expect(await register(bound.page, 'operator1')).toBe(false);
    expect(await register(synced.page, 'operator2')).toBe(true);
    const orderId = await gatewayOrder();
    await signIn(bound.page, 'operator1');
    await signIn(synced.page, 'operator2');

    await approved(bound.page, orderId);
    const [shown, before] = [await bound.page.locator('main').textContent(), await stateOf(orderId)];
    expect(shown).toContain('Approvals: 1 of 2');
    expect(before).toMatchObject({ state: 'pending', certificates: [] });
    await approved(synced.page, orderId);
    await issued(orderId);
    expect((await stateOf(orderId)).certificates).toHaveLength(1);
    const audit = await scene.query(
      "select 1 from audit_events where object_id = $1 and kind = 'order.approve' and outcome = 'success'",
      [orderId],
    );
    expect(audit).toHaveLength(2);
    expect(problems).toEqual([]);
  });

  it('shows every field of the bytes that are signed, and takes no second approval of an order that is done', async () => {
    const { page } = bound;
    await page.goto(`${scene.instance.urls.desk}/orders/${waiting}`);
    await page.locator('#order-sections').waitFor({ state: 'visible' });
    const text = (await page.locator('#order-sections').textContent()) ?? '';
    expect(await page.locator('#dual-order').isVisible()).toBe(true);
    for (const fact of [
      'CN=domain-signing-authority',
      'mail: domain-signing-authority@treasury.govt.nz',
      waiting,
      'treasury',
      'Approvals needed',
    ]) {
      expect(text).toContain(fact);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 900 });
    const done = await gatewayOrder();
    await scene.people.api('operator1', 'POST', `/api/v1/orders/${done}/reject`, { reason: 'not wanted' });
    await page.goto(`${scene.instance.urls.desk}/orders/${done}`);
    await page.locator('#dead-end-text', { hasText: 'The order is rejected' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('signs nothing when the touch is refused, and lets the operator try again', async () => {
    const orderId = await gatewayOrder();
    await bound.verifies(false);
    await press(bound.page, orderId);
    await bound.page.locator('#approve-error-text', { hasText: 'Nothing was signed' }).waitFor();
    expect((await stateOf(orderId)).state).toBe('pending');
    await bound.verifies(true);
    await bound.page.locator('#approve').click();
    await bound.page.locator('.govuk-notification-banner', { hasText: 'recorded' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('approves a batch with one touch, having read every order of it', async () => {
    const { page } = bound;
    const { items: people } = await scene.people.api<{ items: { id: string; email: string }[] }>(
      'operator1',
      'GET',
      '/api/v1/people?agency=treasury',
    );
    const csv = Buffer.from(
      'given name,surname,email\nHēmi,Tūhoe,hemi.tuhoe@treasury.govt.nz\nĀwhina,Ngāta,awhina.ngata@treasury.govt.nz\nRoot,Toor,admin@treasury.govt.nz\n',
    ).toString('base64');
    const sponsorId = people.find(({ email }) => email.startsWith('susan.grant'))?.id;
    const wish = { agencyId: 'treasury', csv, order: { profiles: ['user-auth'], sponsorId } };
    const { digest } = await scene.people.api<{ digest: string }>(
      'treasury-sponsor',
      'POST',
      '/api/v1/imports/preview',
      wish,
    );
    const { id } = await scene.people.api<{ id: string }>('treasury-sponsor', 'POST', '/api/v1/imports', {
      ...wish,
      confirm: digest,
    });
    await waitUntil('the orders and their codes', async () => {
      const { state } = await scene.people.api<{ state: string }>('operator1', 'GET', `/api/v1/imports/${id}`);
      const { items } = await scene.people.api<{ items: unknown[] }>(
        'operator1',
        'GET',
        '/api/v1/orders?state=preparing',
      );
      return state === 'done' && items.length === 0;
    });

    await page.goto(scene.url('/console/orders'));
    await page.locator('a', { hasText: 'Approve many orders at once' }).click();
    await page.locator('button', { hasText: 'Make the batch' }).click();
    await page.locator('h1', { hasText: '3 orders of The Treasury' }).waitFor();
    const shown = await page.locator('.see-fingerprint').textContent();
    expect(await page.locator('main').textContent()).toContain('does not look like the surname Toor');
    await page.locator('a', { hasText: 'Approve with a passkey' }).click();
    await page.locator('#approve').waitFor({ state: 'visible' });
    expect(await page.locator('#order-digest').textContent()).toBe(shown);
    expect(await page.locator('#batch-outliers > li').allTextContents()).toEqual([
      expect.stringContaining('Root Toor'),
    ]);
    await page.locator('summary', { hasText: 'Every order' }).click();
    await expect.poll(() => page.locator('#batch-orders > li').count()).toBe(3);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.locator('#approve').click();
    await page.locator('.govuk-notification-banner', { hasText: 'Your approval is recorded.' }).waitFor();
    const [, batchId] = /batches\/([0-9a-f-]{36})/.exec(page.url()) ?? [];
    await waitUntil('the signer to believe all of them', async () => {
      const { states } = await scene.people.api<{ states: object }>('operator1', 'GET', `/api/v1/batches/${batchId}`);
      return 'redeemable' in states && Object.keys(states).length === 1;
    });
    await page.goto(`${scene.instance.urls.desk}/batches/${batchId}`);
    await page.locator('#dead-end-text', { hasText: 'Nothing of this batch is left' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('keeps the approval of an operator whose session ended meanwhile', async () => {
    const { page } = bound;
    const orderId = await gatewayOrder();
    await page.goto(`${scene.instance.urls.desk}/orders/${orderId}`);
    await page.context().clearCookies();
    await page.locator('#approve').click();
    await page.locator('#approval-waits').waitFor({ state: 'visible' });
    await page.locator('#token').fill('see_wrong');
    await page.locator('button[type=submit]').first().click();
    await page.locator('.govuk-error-summary', { hasText: 'not accepted' }).waitFor();
    await page.locator('#token').fill(scene.people.secret('operator1.token'));
    await page.locator('button[type=submit]').first().click();
    await page.locator('.govuk-notification-banner', { hasText: 'Your approval is recorded' }).waitFor();
    expect(await stateOf(orderId)).toMatchObject({ state: 'pending', approvals: 1 });
    expect(problems).toEqual([]);
  });

  it('tells the one who would fill a dual order with copied passkeys, and the key file completes it', async () => {
    const another = await pageWithPasskeys(scene.browser, true);
    await register(another.page, 'operator1');
    await signIn(another.page, 'operator1');
    const orderId = await gatewayOrder();
    await approved(synced.page, orderId);
    await press(another.page, orderId);
    const told = another.page.locator('.govuk-error-summary', { hasText: 'copied between devices' });
    await told.waitFor();
    expect(await told.textContent()).toContain('Have an operator approve it with a key file');
    expect(await another.page.locator('h1').textContent()).toContain('Order for');
    const audit = await scene.query<{ detail: { violations: string[] } }>(
      "select detail from audit_events where object_id = $1 and kind = 'order.approve' and outcome = 'failure'",
      [orderId],
    );
    expect(audit.map(({ detail }) => detail.violations)).toEqual([['no-device-bound-approval']]);
    expect(await stateOf(orderId)).toMatchObject({ state: 'pending', approvals: 1 });
    await scene.people.approveAs('operator1', orderId);
    await issued(orderId);
    expect(problems).toEqual([]);
  });

  it('takes no approval that was not signed, and none without the token of the form', async () => {
    const { page } = bound;
    await page.goto(scene.url(`/console/orders/${waiting}#approval=bm90aGluZw`));
    await page.locator('.govuk-error-summary').waitFor();
    await page.goto(scene.url(`/console/orders/${waiting}`));
    const status = (await page.evaluate(
      `fetch('/console/orders/${waiting}/approve', { method: 'POST', body: new URLSearchParams({ approval: 'bm90aGluZw', formToken: 'x' }) }).then((answer) => answer.status)`,
    )) as number;
    expect(status).toBe(403);
    expect((await stateOf(waiting)).state).toBe('pending');
  });
});
