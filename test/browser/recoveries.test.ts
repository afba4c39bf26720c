import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAssets } from '@see/ui';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endLateRecoveries } from '../../services/worker/src/recovery-desk.ts';
import { RecoveryScene } from '../support/recovery-scene.ts';
import { asSuperuser } from '../support/superuser.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { ThrowawayCa } from './throwaway-ca.ts';

/** A kept key from the page on which it is made to the one that closes its recovery, as holder, requester and agents see it. */
describe.skipIf(!hasChromium)('the recovery of a key', () => {
  let scene: RecoveryScene;
  let browser: Browser;
  let openssl: ThrowawayCa;
  let signing: NodeJS.Timeout;
  let requester: Page;
  let agent: Page;
  /** The key as the holder's browser made it, PEM. */
  let made: string;
  const check = new PageCheck();
  const url = (path: string): string => `${scene.world.instance.urls.portal}${path}`;

  beforeAll(async () => {
    openssl = new ThrowawayCa();
    scene = await RecoveryScene.open(loadAssets());
    await scene.keepKeys();
    browser = await launchChromium();
    requester = await signedIn(scene.hemi);
    agent = await signedIn(scene.agents.ssc.token);
    // What the signer does by itself where it is a process.
    signing = setInterval(() => {
      void scene.world.signer.redemptions.run();
      for (const topic of ['redemptions', 'issued'] as const) scene.calls.registration.ra.wakeUps.wake(topic);
    }, 200);
  });
  afterAll(async () => {
    clearInterval(signing);
    await browser?.close();
    await scene?.close();
    openssl?.close();
  });

  async function open(): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    check.watch(page);
    page.on('dialog', (dialog) => void dialog.accept());
    return page;
  }

  async function signedIn(token: string): Promise<Page> {
    const page = await open();
    await page.goto(url('/console/recoveries'));
    await page.locator('#token').fill(token);
    await page.locator('form:has(#token) button[type=submit]').click();
    await page.waitForURL('**/console/recoveries');
    return page;
  }

  const see = (page: Page, id: string): Promise<unknown> => page.goto(url(`/console/recoveries/${id}`));
  const end = async (page: Page, way: 'refuse' | 'close', reason: string): Promise<void> => {
    await page.locator(`details:has(form[action$="/${way}"]) > summary`).click();
    await page.locator(`#reason-${way}`).fill(reason);
    await page.locator(`form[action$="/${way}"] button`).click();
  };

  it('begins where the key is made: the page says who can open the copy', async () => {
    const labels = Object.values(scene.agents).map(({ label }) => label);
    const { orderId, code } = await scene.personsOrder();
    const page = await open();
    await page.goto(url(`/enrol/${orderId}`));
    await page.locator('#code').fill(code);
    await page.locator('#code-continue').click();
    await page.locator('#escrow').waitFor();
    for (const label of labels) expect(await page.locator('#escrow-agents').textContent()).toContain(label);
    await check.look(page, 'portal-enrol-kept', { makesKeys: true, inPlace: true });
    await page.locator('#details-continue').click();
    await page.locator('#device-continue').click();
    await page.locator('#passphrase').waitFor({ timeout: 60_000 });
    const passphrase = (await page.locator('#passphrase').textContent()) ?? '';
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.see-file__main').nth(1).click()]);
    made = openssl.open(new Uint8Array(readFileSync(await file.path())), passphrase).key;
    await page.goto(url('/recover'));
    for (const label of labels) expect(await page.locator('main').textContent()).toContain(label);
    await check.look(page, 'portal-recover-kept');
    await page.context().close();
    const { sha256 } = await scene.world.owner
      .selectFrom('certificates')
      .select('sha256')
      .where('order_id', '=', orderId)
      .where('profile_id', '=', 'user-encrypt')
      .executeTakeFirstOrThrow();
    scene.holder = { sha256: sha256.toHex(), keyFile: '' };
    expect(check.problems).toEqual([]);
  });

  it('is asked for, opened by two agents, and closed on its page by the one who asked', async () => {
    await check.look(requester, 'recoveries-none');
    const asked = await scene.request();
    expect(asked.status).toBe(201);
    const { id } = asked.body;
    await requester.reload();
    await expect.poll(() => requester.locator('tbody tr').count()).toBe(1);
    await check.look(requester, 'recoveries');
    await requester.locator(`main a[href="/console/recoveries/${id}"]`).click();
    expect(await requester.locator('main').textContent()).toContain('Public Records Act 2005, s 17');
    expect(await requester.locator('form[action$="/refuse"], form[action$="/close"]').count()).toBe(0);
    await check.look(requester, 'recovery-requested');
    await see(agent, id);
    expect(await agent.locator('main').textContent()).toContain(`see recovery approve ${id} --key`);
    await check.look(agent, 'recovery-agent');

    const { ssc, treasury } = scene.agents;
    expect((await scene.approveByCommand(ssc, id)).json).toMatchObject({ state: 'approved-1' });
    await requester.reload();
    expect(await requester.locator('main').textContent()).toContain(ssc.label);
    await check.look(requester, 'recovery-approved');
    const out = join(scene.folder, 'recovered.p7m');
    expect((await scene.approveByCommand(treasury, id, '--out', out)).json).toMatchObject({ state: 'released' });
    await requester.reload();
    await expect.poll(() => requester.locator('main .govuk-tag--green').count()).toBe(1);
    await check.look(requester, 'recovery-released');
    const recovered = execFileSync('openssl', [
      ...['cms', '-decrypt', '-inform', 'DER', '-in', out, '-inkey', scene.recipient.keyFile],
      ...['-recip', scene.recipient.pemFile],
    ]);
    expect(createPrivateKey(recovered).equals(createPrivateKey(made))).toBe(true);

    await end(requester, 'close', '.');
    await requester.locator('.govuk-error-summary').waitFor();
    await check.look(requester, 'recovery-close-error', { inPlace: true });
    await end(requester, 'close', 'the file arrived');
    await requester.waitForURL('**?done=closed');
    expect(await scene.stateOf(id)).toBe('closed');
    expect(await scene.openings(id)).toBe(0);
    await check.look(requester, 'recovery-closed');
    expect(check.problems).toEqual([]);
  });

  it('is refused by an agent with a reason that the one who asked reads', async () => {
    const { id } = (await scene.request()).body;
    await see(agent, id);
    await end(agent, 'refuse', 'no such law');
    await agent.waitForURL('**?done=refused');
    await check.look(agent, 'recovery-refused');
    await see(requester, id);
    expect(await requester.locator('main').textContent()).toContain('no such law');
    await expect.poll(() => requester.locator('main .govuk-tag--red').count()).toBe(1);
    expect(await scene.stateOf(id)).toBe('refused');
    expect(check.problems).toEqual([]);
  });

  it('lapses when nobody decides, and shows that', async () => {
    const { id } = (await scene.request()).body;
    const past = `update recoveries set created_at = created_at - interval '4 days', expires_at = expires_at - interval '4 days' where id = '${id}'`;
    await asSuperuser(scene.world, ['recoveries'], past);
    await endLateRecoveries(scene.worker.db, new AbortController().signal);
    expect(await scene.stateOf(id)).toBe('expired');
    await see(agent, id);
    expect(await agent.locator('form[action$="/refuse"]').count()).toBe(0);
    await check.look(agent, 'recovery-lapsed');
    await agent.goto(url('/console/recoveries'));
    await expect.poll(() => agent.locator('tbody tr').count()).toBe(3);
    await check.look(agent, 'recoveries-all');
    expect(check.problems).toEqual([]);
  });

  it('is nothing to somebody of another agency', async () => {
    const moana = scene.calls.person['moana.brooks@dpmc.govt.nz'] ?? '';
    const page = await signedIn(await scene.calls.registration.token('registration-agent', moana, 'dpmc'));
    expect(await page.locator('tbody tr').count()).toBe(0);
    const { id } = (await scene.request()).body;
    expect((await page.goto(url(`/console/recoveries/${id}`)))?.status()).toBe(404);
    await page.context().close();
  });
});
