import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePem } from '@see/x509';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { pageWithPasskeys } from './desk-passkey.ts';
import { PageCheck } from './page-check.ts';
import { READERS } from './readers.ts';

let scene: BrowserScene;

beforeAll(async () => {
  if (!hasChromium) return;
  scene = await BrowserScene.open();
});
afterAll(() => scene?.close());

/**
 * What operators and administrators do with more than a press: approvals by passkey, one by one and in a batch, profiles that
 * two people put in force, and the life of an agency. Nothing is found by its words.
 */
describe.skipIf(!hasChromium).each(READERS)('by $name ($locale, $device)', (reader) => {
  const check = new PageCheck();
  /** The operator's browser, which has a passkey. */
  let desk: Page;
  let administrator: Page;

  beforeAll(async () => {
    desk = (await pageWithPasskeys(scene.browser, false, reader.browser)).page;
    check.watch(desk);
    await scene.signIn(desk, 'operator1', '/console');
    administrator = await scene.signedIn('administrator1', '/console', { check, ...reader.browser });
  });
  afterAll(async () => {
    await desk?.context().close();
    await administrator?.context().close();
  });

  const at = (page: Page, place: string): Promise<void> => check.glance(page, place, reader.locale);

  async function operatorId(): Promise<string> {
    const { credentialId } = JSON.parse(scene.people.secret('operator1.key.json')) as { credentialId: string };
    const [row] = await scene.query<{ person_id: string }>(
      'select person_id from credentials where credential_id = $1',
      [credentialId],
    );
    return row?.person_id ?? '';
  }

  /** On the desk, where it waits for a touch, and back to the console. */
  async function touch(path: string): Promise<void> {
    await desk.locator(`main a[role=button][href*="${path.slice(-36)}"]`).click();
    await desk.locator('#approve').waitFor({ state: 'visible' });
    await at(desk, `desk${path.replace(/[0-9a-f-]{36}/, 'x')}`.replaceAll('/', '-'));
    await desk.locator('#approve').click();
    await desk.waitForURL('**?done=approved');
    await desk.locator('.govuk-notification-banner').waitFor();
  }

  it('an operator makes a passkey, and two administrators register it', async () => {
    await desk.goto(`${scene.instance.urls.desk}/register`);
    await desk.locator('#make').click();
    await desk.locator('#label-error').waitFor();
    await desk.locator('#label').fill(`${reader.name}, a test`);
    await desk.locator('#make').click();
    await desk.locator('#passkey-fingerprint').waitFor({ state: 'visible' });
    expect(await desk.locator('#synced').isVisible()).toBe(false);
    await at(desk, 'desk-register-made');
    const file = await scene.save(desk, '#download-file');
    const made = await scene.instance.seeJson<{ digest: string; fingerprint: string }>(
      'operator',
      'register',
      file,
      '--person',
      await operatorId(),
    );
    const shown = (await desk.locator('#passkey-fingerprint').textContent()) ?? '';
    expect(shown.replaceAll(' ', '')).toBe(made.fingerprint);
    await administrator.goto(scene.url('/console/statements'));
    await administrator.locator(`main a[href="/console/statements/${made.digest}"]`).click();
    await at(administrator, 'console-statement-passkey');
    await scene.people.sign(made.digest, ['administrator1', 'administrator2']);
    expect(check.problems).toEqual([]);
  });

  it('an operator approves an order by a touch, beside a second one with a key file', async () => {
    const orderId = await scene.people.gatewayOrder(encodePem('CERTIFICATE REQUEST', csrOf(newKey())));
    await desk.goto(scene.url(`/console/orders/${orderId}`));
    await at(desk, 'console-order-pending');
    await touch(`/orders/${orderId}`);
    await at(desk, 'console-order-approved');
    const approvals = async (): Promise<number> =>
      (await scene.people.api<{ approvals: number }>('operator1', 'GET', `/api/v1/orders/${orderId}`)).approvals;
    expect(await approvals()).toBe(1);
    await scene.people.approveAs('operator2', orderId);
    await waitUntil('the certificate', async () => (await scene.people.certificatesOf(orderId)).length === 1, 20_000);
    await desk.reload();
    await at(desk, 'console-order-issued');
    expect(check.problems).toEqual([]);
  });

  it('an operator approves a batch with one touch, with those to look at apart', async () => {
    const last = `Batch${reader.name.toLowerCase()}`;
    const rows = [`Ana,${last},ana.${last}`, `Ben,${last},ben.${last}`, `Root,${last},admin.${reader.name}`];
    const csv = ['given name,surname,email', ...rows.map((row) => `${row.toLowerCase()}@treasury.govt.nz`)].join('\n');
    const sponsorId = await scene.people.id('susan.grant@treasury.govt.nz');
    const order = { profiles: ['user-auth'], sponsorId };
    const wish = { agencyId: 'treasury', csv: Buffer.from(csv).toString('base64'), order };
    const ask = <T>(path: string, body: object): Promise<T> =>
      scene.people.api<T>('treasury-sponsor', 'POST', `/api/v1/imports${path}`, body);
    const { digest } = await ask<{ digest: string }>('/preview', wish);
    const { id } = await ask<{ id: string }>('', { ...wish, confirm: digest });
    await waitUntil(
      'the orders and their codes',
      async () => {
        const { state } = await scene.people.api<{ state: string }>('operator1', 'GET', `/api/v1/imports/${id}`);
        const preparing = await scene.query(`select from orders where state = 'preparing'`);
        return state === 'done' && preparing.length === 0;
      },
      20_000,
    );
    await desk.goto(scene.url('/console/orders'));
    await desk.locator('main a[href="/console/batches"]').click();
    await at(desk, 'console-batches');
    await desk.locator('#agency').selectOption('treasury');
    await desk.locator('form[action="/console/batches"] button').click();
    await desk.waitForURL(/\/console\/batches\/[0-9a-f-]{36}$/);
    await at(desk, 'console-batch');
    const batchId = desk.url().slice(-36);
    const shown = await desk.locator('.see-fingerprint').first().textContent();
    await desk.goto(`${scene.instance.urls.desk}/batches/${batchId}`);
    await desk.locator('#approve').waitFor({ state: 'visible' });
    expect(await desk.locator('#order-digest').textContent()).toBe(shown);
    expect(await desk.locator('#batch-outliers > li').count()).toBeGreaterThan(0);
    await desk.locator('details:has(#batch-orders) > summary').click();
    await expect.poll(() => desk.locator('#batch-orders > li').count()).toBe(3);
    await desk.goto(scene.url(`/console/batches/${batchId}`));
    await touch(`/batches/${batchId}`);
    await at(desk, 'console-batch-approved');
    await waitUntil(
      'the signer to believe all of them',
      async () => {
        const batch = await scene.people.api<{ states: object }>('operator1', 'GET', `/api/v1/batches/${batchId}`);
        return Object.keys(batch.states).every((state) => state === 'redeemable');
      },
      20_000,
    );
    expect(check.problems).toEqual([]);
  });

  it('two administrators put another version of a profile in force, having seen what differs', async () => {
    type Answer = { content: { version: number } & Record<string, unknown> };
    const { content } = await scene.people.api<Answer>('administrator1', 'GET', '/api/v1/profiles/tls-server');
    const version = content.version + 1;
    const file = join(scene.folder, `tls-server-${version}.json`);
    writeFileSync(file, JSON.stringify({ ...content, version, validityDays: 60 + version }));
    const { digest } = await scene.instance.seeJson<{ digest: string }>('profile', 'activate', file);
    await administrator.goto(scene.url('/console/statements'));
    await administrator.locator(`main a[href="/console/statements/${digest}"]`).click();
    expect(await administrator.locator('main table').first().textContent()).toContain(String(60 + version));
    await at(administrator, 'console-statement-profile');
    await scene.people.sign(digest, ['administrator1', 'administrator2']);
    const compare = `main a[href="/console/profiles/tls-server?version=${version}&against=${version - 1}"]`;
    await waitUntil(
      'the new version to be in force',
      async () => {
        await administrator.goto(scene.url('/console/profiles/tls-server'));
        return (await administrator.locator(compare).count()) > 0;
      },
      20_000,
    );
    await administrator.locator(compare).click();
    await expect.poll(() => administrator.locator('main table').first().locator('tbody tr').count()).toBe(1);
    await at(administrator, 'console-profile-compared');
    expect(check.problems).toEqual([]);
  });

  it('an agency that two operators suspend and take back is shown where it stands', async () => {
    await desk.goto(scene.url('/console/agencies'));
    await desk.locator('main a[href="/console/agencies/dpmc"]').click();
    const station = (): Promise<string | null> => desk.locator('[aria-current=step]').textContent();
    const before = await station();
    for (const [kind, moved] of [
      ['agency-suspend', true],
      ['agency-resume', false],
    ] as const) {
      const file = join(scene.folder, `${kind}-${reader.name}.json`);
      writeFileSync(file, JSON.stringify({ agencyId: 'dpmc', reason: 'test' }));
      const { digest } = await scene.instance.seeJson<{ digest: string }>('statement', 'propose', kind, file);
      await scene.people.sign(digest, ['operator1', 'operator2']);
      await waitUntil(
        kind,
        async () => {
          await desk.reload();
          return ((await station()) !== before) === moved;
        },
        20_000,
      );
      await at(desk, `console-${kind}`);
    }
    expect(await station()).toBe(before);
    expect(check.problems).toEqual([]);
  });
});
