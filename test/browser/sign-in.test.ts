import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { type PageWithPasskeys, pageWithPasskeys } from './desk-passkey.ts';

/** Signing in by passkey on a real instance: the link of an administrator, the browser's authenticator, the console. */
describe.skipIf(!hasChromium)('signing in by passkey', () => {
  let scene: BrowserScene;
  let mere: PageWithPasskeys;
  let personId = '';
  const problems: string[] = [];

  beforeAll(async () => {
    scene = await BrowserScene.open({ environment: { SEE_SIGN_IN: 'passkey' } });
    mere = await withPasskeys();
    const people = await scene.instance.seeJson<{ items: { id: string; email: string }[] }>('person', 'list');
    personId = people.items.find(({ email }) => email === 'mere.tahana@ssc.govt.nz')?.id ?? '';
  });
  afterAll(() => scene?.close());

  async function withPasskeys(): Promise<PageWithPasskeys> {
    const made = await pageWithPasskeys(scene.browser);
    made.page.on('pageerror', (error) => problems.push(error.message));
    made.page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 401/.test(message.text())) problems.push(message.text());
    });
    return made;
  }

  const link = async (): Promise<string> => {
    const made = await scene.instance.seeJson<{ url: string }>('person', 'passkey-link', personId);
    return made.url;
  };

  /** A page whose only difference is what stands behind the `#` is not loaded again by itself. */
  async function open(page: Page, url: string): Promise<void> {
    await page.goto('about:blank');
    await page.goto(url);
  }

  async function narrow(page: Page): Promise<void> {
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  async function pressSignIn(page: Page): Promise<void> {
    await page.goto(scene.url('/console/orders'));
    await page.locator('#use-passkey').click();
  }

  it('is registered by a link, which works once and says whom it is for', async () => {
    const { page } = mere;
    const url = await link();
    await open(page, url);
    await page.locator('#whose', { hasText: 'Mere Tahana' }).waitFor();
    await narrow(page);
    await page.locator('#make').click();
    await page.locator('#label-error-text', { hasText: 'where this passkey is kept' }).waitFor();
    await page.locator('#label').fill('test laptop');
    await mere.verifies(false);
    await page.locator('#make').click();
    await page.locator('#label-error-text', { hasText: 'No passkey was made' }).waitFor();
    await mere.verifies(true);
    await page.locator('#make').click();
    await page.locator('h1:visible', { hasText: 'Your passkey is registered' }).waitFor();
    expect(page.url()).not.toContain('#');

    await open(page, url);
    await page.locator('#dead-end-text', { hasText: 'not good any more' }).waitFor();
    await open(page, scene.url('/console/passkey'));
    await page.locator('h1:visible', { hasText: 'not complete' }).waitFor();
    await open(page, await link());
    await page.locator('#label').fill('again');
    await page.locator('#make').click();
    await page.locator('#label-error-text', { hasText: 'already holds a passkey' }).waitFor();
    const listed = await scene.instance.seeJson<{ items: { label: string }[] }>('person', 'passkeys', personId);
    expect(listed.items).toMatchObject([{ label: 'test laptop', algorithm: expect.stringMatching(/^ES/) }]);
    expect(problems).toEqual([]);
  });

  it('opens a session without a name, which is listed and ends when it is signed out or killed', async () => {
    const { page } = mere;
    await pressSignIn(page);
    await page.waitForURL('**/console/orders');
    const { items } = await scene.instance.seeJson<{ items: { id: string; method: string }[] }>('session', 'list');
    expect(items).toMatchObject([{ personId, role: 'operator', method: 'passkey', means: 'test laptop' }]);
    await page.goto(scene.url('/console/sessions'));
    expect(await page.locator('main').textContent()).toContain('This one');
    await narrow(page);
    await page.locator('button', { hasText: 'Sign out' }).click();
    await page.waitForURL('**/console/sign-in');
    await narrow(page);
    expect((await scene.instance.seeJson<{ items: unknown[] }>('session', 'list')).items).toEqual([]);

    await open(page, scene.url('/console/orders#approval=bm9uZQ'));
    await page.locator('#approval-waits').waitFor({ state: 'visible' });
    expect(await page.locator('#token').count()).toBe(0);
    await page.locator('#use-passkey').click();
    await page.waitForURL('**/console/orders#approval=bm9uZQ');
    const [session] = (await scene.instance.seeJson<{ items: { id: string }[] }>('session', 'list')).items;
    await scene.instance.seeJson('session', 'end', session?.id ?? '');
    await page.goto(scene.url('/console'));
    expect(page.url()).toContain('/console/sign-in');
    expect((await scene.instance.seeJson<{ items: unknown[] }>('session', 'locks')).items).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('is refused without a touch, without a passkey, and with one for approvals', async () => {
    const { page } = mere;
    await mere.verifies(false);
    await pressSignIn(page);
    await page.locator('#passkey-error-text', { hasText: 'You are not signed in' }).waitFor();
    await mere.verifies(true);
    await page.locator('#use-passkey').click();
    await page.waitForURL('**/console/orders');

    const approver = await withPasskeys();
    await pressSignIn(approver.page);
    await approver.page.locator('#passkey-error-text', { hasText: 'no passkey for this service' }).waitFor();
    await approver.page.goto(`${scene.instance.urls.desk}/register`);
    await approver.page.locator('#label').fill('Mere, approvals');
    await approver.page.locator('#make').click();
    await approver.page.locator('#passkey-fingerprint').waitFor({ state: 'visible' });
    await pressSignIn(approver.page);
    await approver.page.locator('#passkey-error-text', { hasText: 'one for approvals' }).waitFor();
    const failed = await scene.query<{ reason: string }>(
      "select detail ->> 'reason' as reason from audit_events where kind = 'access.sign-in' and outcome = 'failure'",
    );
    expect(failed.map(({ reason }) => reason)).toEqual(['unknown-passkey']);
    expect(problems).toEqual([]);
  });

  it('ends with the passkey, from the page of its owner', async () => {
    const { page } = mere;
    await page.goto(scene.url('/console/sessions'));
    await page.locator('summary', { hasText: 'Rename or remove' }).click();
    await page.locator('input[name=label]').fill('old laptop');
    await page.locator('button', { hasText: 'Rename' }).click();
    await page.locator('.govuk-notification-banner', { hasText: 'new name' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('old laptop');
    await page.locator('summary', { hasText: 'Rename or remove' }).click();
    await page.locator('button', { hasText: 'Remove' }).click();
    await page.waitForURL('**/console/sign-in**');
    await pressSignIn(page);
    await page.locator('#passkey-error-text', { hasText: 'not accepted' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('stands beside a review of each role, which an administrator records', async () => {
    type Reviews = { items: { role: string; state: string; personId: string; reviewedAt: string | null }[] };
    const before = await scene.instance.seeJson<Reviews>('operator', 'review', 'list', '--state', 'current');
    expect(before.items.filter(({ role }) => role === 'operator')).toHaveLength(2);
    await scene.instance.seeJson('operator', 'review', 'confirm', personId, '--note', 'still on the team');
    const { items } = await scene.instance.seeJson<Reviews>('operator', 'review', 'list');
    const reviewed = items.filter(({ reviewedAt }) => reviewedAt !== null);
    expect(reviewed).toMatchObject([{ personId, role: 'operator', state: 'current' }]);
    const nobody = await scene.instance.see(
      'operator',
      'review',
      'confirm',
      personId,
      '--role',
      'auditor',
      '--note',
      'none',
    );
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('does not have this role')]);
  });
});
