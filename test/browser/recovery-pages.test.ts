import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAssets } from '@see/ui';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentsSubject, KEEPING_PROFILE } from '../support/recovery-agents.ts';
import { RecoveryScene } from '../support/recovery-scene.ts';
import { propose } from '../support/statements.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { sendForm } from './send-form.ts';

const HOLDER = 'grace.liu@treasury.govt.nz';

/** A kept key is asked for by pages, and two agents who use their own keys release it. */
describe.skipIf(!hasChromium)('a kept key', () => {
  let scene: RecoveryScene;
  let browser: Browser;

  beforeAll(async () => {
    scene = await RecoveryScene.open(loadAssets());
    const { world, calls, agents } = scene;
    const named = agentsSubject([agents.ssc, agents.treasury, agents.treasury2]);
    expect(await propose(world, 'recovery-agents-activate', named, world.administrators)).toBe(1);
    expect(await propose(world, 'profile-activate', { content: KEEPING_PROFILE }, world.administrators)).toBe(1);
    await calls.registration.ra.authority.refresh();
    await enrol();
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  /** The holder gets a certificate of whose key a copy is kept. */
  async function enrol(): Promise<void> {
    const { world, calls, worker, folder } = scene;
    const made = await calls.call('operator2', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: calls.person[HOLDER],
      sponsorId: calls.person['susan.grant@treasury.govt.nz'],
      type: 'business-card-software',
      items: [{ profile: 'user-encrypt' }],
    });
    const { id } = made.body;
    await worker.codeDesk().run();
    await calls.approve(id, world.operators[0]);
    await world.signer.orders.run();
    await worker.mailDesk().run();
    const mail = readFileSync(join(worker.outbox, `${id}-code.eml`), 'utf8');
    const codeFile = join(folder, 'code.txt');
    writeFileSync(codeFile, `${/\n {4}([0-9A-Z-]{19})\r\n/.exec(mail)?.[1] ?? ''}\n`);
    const out = join(folder, 'holder');
    const done = await scene.see('none', 'order', 'redeem', id, '--code-file', codeFile, '--out', out, '--yes');
    expect([done.code, done.stderr]).toEqual([0, '']);
    const row = await world.owner
      .selectFrom('certificates')
      .select('sha256')
      .where('order_id', '=', id)
      .executeTakeFirstOrThrow();
    scene.holder = { sha256: row.sha256.toHex(), keyFile: join(out, 'user-encrypt.key') };
  }

  const portal = (path: string): string => `${scene.world.instance.urls.portal}${path}`;
  async function openFor(token: string, place: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(portal(place));
    await page.locator('#token').fill(token);
    await sendForm(page.locator('form:has(#token) button[type=submit]'));
    await page.waitForURL(`**${place}`);
    return page;
  }
  const own = (): string => `/console/certificates/${scene.holder.sha256}`;
  const send = (page: Page): Promise<void> =>
    sendForm(page.locator(`form[action="${own()}/recover"] button[type=submit]`).first());

  async function fill(page: Page): Promise<void> {
    await page.locator('input[name=capacity][value=manager]').check();
    await page.locator('#legalBasis').fill('Public Records Act 2005, s 17');
    await page.locator('#purpose').fill('To read mail of May about the budget');
    await page.locator('#from').fill('2026-05-01');
    await page.locator('#until').fill('2026-05-31');
    await page.locator('#recipient').fill('hemi.walker@treasury.govt.nz');
  }

  it.each([
    ['en-NZ', 1280],
    ['mi-NZ', 1280],
    ['en-NZ', 375],
    ['mi-NZ', 375],
  ])('is found and asked for in two steps (%s, %i wide), without scripts', async (locale, width) => {
    const options = { locale, viewport: { width, height: 800 }, javaScriptEnabled: false };
    const page = await openFor(scene.hemi, '/console/recoveries', options);
    await page.locator('main a[href="/console/recoveries/new"]').click();
    await page.locator('#q').fill(HOLDER);
    await sendForm(page.locator('form[action="/console/recoveries/new"] button'));
    await page.locator(`main a[href="${own()}/recover"]`).click();
    await fill(page);
    await send(page);
    expect(await page.locator('main').textContent()).toContain('Agent of the SSC');
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    await send(page);
    await page.waitForURL('**/console/recoveries/*?done=requested');
    const id = /recoveries\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    expect(await scene.events(id)).toEqual(['recovery.requested']);
    const asked = await scene.calls.call(undefined, 'GET', `/api/v1/recoveries/${id}`, undefined, {
      authorization: `Bearer ${scene.hemi}`,
    });
    // The days are those of New Zealand, the last one to its end.
    expect(asked.body).toMatchObject({
      state: 'requested',
      capacity: 'manager',
      messagesFrom: '2026-04-30T12:00:00.000Z',
      messagesUntil: '2026-05-31T11:59:59.000Z',
      suppressNotice: null,
    });
    await page.context().close();
  });

  it('is seen at every width, in both languages, with everything that can be wrong', async () => {
    const check = new PageCheck();
    const page = await openFor(scene.hemi, own());
    check.watch(page);
    await check.look(page, 'certificate-kept');
    await page.locator(`main a[href="${own()}/recover"]`).click();
    await check.look(page, 'recover');
    await send(page);
    await expect.poll(() => page.locator('.govuk-error-message').count()).toBe(6);
    await check.look(page, 'recover-empty', { inPlace: true });
    await fill(page);
    await page.locator('#until').fill('2026-04-30');
    await page.locator('#recipient').fill(scene.holder.sha256);
    await send(page);
    await expect.poll(() => page.locator('#until-error').count()).toBe(1);
    await page.locator('#until').fill('2026-05-31');
    await send(page);
    expect(await page.locator('#recipient-error').textContent()).toContain('encrypted to itself');
    await page.locator('#recipient').fill('nobody@treasury.govt.nz');
    await send(page);
    expect(await page.locator('#recipient-error').textContent()).toContain('No good certificate');
    await check.look(page, 'recover-refused', { inPlace: true });
    await page.locator('#recipient').fill(scene.recipient.pem);
    await page.locator('summary').last().click();
    await page.locator('#suppressNotice').fill('An order of the court, CIV-2026-485-1');
    await send(page);
    await check.look(page, 'recover-preview', { inPlace: true });
    await sendForm(page.locator('button[name=step][value=change]'));
    expect(await page.locator('#suppressNotice').inputValue()).toContain('CIV-2026');
    expect(await page.locator('#purpose').inputValue()).toContain('budget');
    await send(page);
    await send(page);
    await page.waitForURL('**?done=requested');
    await check.look(page, 'recovery-requested');
    await page.goto(portal('/console/recoveries'));
    await check.look(page, 'recoveries-some');
    await page.goto(portal('/console/recoveries/new'));
    await check.look(page, 'recovery-find');
    await page.goto(portal('/console/recoveries/new?q=treasury.govt.nz'));
    await check.look(page, 'recovery-find-none');
    await page.goto(portal('/console/recoveries/new?q=hemi.walker@treasury.govt.nz'));
    await check.look(page, 'recovery-find-not-kept');
    await page.locator('main li a').first().click();
    await page.waitForURL('**/console/certificates/*');
    expect(await page.locator('main a[href$="/recover"]').count()).toBe(0);
    await page.goto(`${page.url()}/recover`);
    expect(await page.locator('main form').count()).toBe(0);
    await check.look(page, 'recover-not-kept');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('is refused by an agent on the page, approved by command, and closed by who asked', async () => {
    const check = new PageCheck();
    const { treasury, ssc } = scene.agents;
    const refused = (await scene.request()).body.id;
    const agent = await openFor(treasury.token, `/console/recoveries/${refused}`);
    check.watch(agent);
    expect(await agent.locator('.see-command').textContent()).toContain(`see recovery approve ${refused}`);
    await check.look(agent, 'recovery-agent');
    await agent.locator('summary').last().click();
    await agent.locator('#reason-refuse').fill('the law that is named does not cover it');
    await sendForm(agent.locator('form[action$="/refuse"] button'));
    await agent.waitForURL('**?done=refused');
    expect((await agent.goto(portal(`${own()}/recover`)))?.status()).toBe(403);
    await agent.context().close();
    const released = (await scene.request()).body.id;
    expect((await scene.approveByCommand(ssc, released)).code).toBe(0);
    const out = join(scene.folder, 'released.cms');
    expect((await scene.approveByCommand(treasury, released, '--out', out)).code).toBe(0);
    const page = await openFor(scene.hemi, `/console/recoveries/${released}`);
    check.watch(page);
    await check.look(page, 'recovery-released');
    await page.locator('summary').last().click();
    await page.locator('#reason-close').fill('the file has arrived');
    await sendForm(page.locator('form[action$="/close"] button'));
    await page.waitForURL('**?done=closed');
    expect(await scene.stateOf(released)).toBe('closed');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });
});
