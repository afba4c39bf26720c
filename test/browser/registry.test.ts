import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

/** Mail, records, holds, disposals and recoveries in the console. */
describe.skipIf(!hasChromium)('the registry in the console', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';
  const sql = <T extends object>(text: string): Promise<T[]> => scene.query(text) as Promise<T[]>;

  async function tokenForSecondAdministrator(): Promise<void> {
    const { credentialId } = JSON.parse(scene.people.secret('administrator2.key.json')) as {
      credentialId: string;
    };
    const [holder] = await sql<{ person_id: string }>(
      `select person_id from credentials where credential_id = '${credentialId}'`,
    );
    const role = ['--role', 'administrator', '--name', 'test', '--person', holder?.person_id ?? ''];
    await scene.instance.seeJson('token', 'create', ...role, '--out', scene.people.file('administrator2.token'));
  }

  it('has mails that were given up tried again, without scripts', async () => {
    const check = new PageCheck();
    const [mail] = await sql<{ id: string }>(
      `insert into mails (template, recipient, agency_id) values ('expiry', 'grace.liu@nowhere.test', 'treasury') returning id`,
    );
    await sql(
      `update mails set state = 'failed', attempts = 3, code = '550', reason = 'no such mailbox' where id = '${mail?.id}'`,
    );
    const look = await scene.signedIn('operator1', '/console/mails', { check });
    expect(await main(look)).toContain('no such mailbox');
    await check.look(look, 'mails-failed');
    await look.context().close();
    const page = await scene.signedIn('operator1', '/console/mails', { javaScriptEnabled: false });
    await page.locator('form[action$="/retry"] button').click();
    await page.waitForURL('**?done=retry');
    const [after] = await sql<{ state: string }>(`select state from mails where id = '${mail?.id}'`);
    expect(after?.state).not.toBe('failed');
    await page.goto(scene.url('/console/mails?state=all&recipient=grace.liu@nowhere.test'));
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.context().close();
    const administrator = await scene.signedIn('administrator1', '/console/mails?state=all');
    expect(await administrator.locator('form[action$="/retry"]').count()).toBe(0);
    await administrator.context().close();
    expect(check.problems).toEqual([]);
  });

  it('shows what is past its review, and where', async () => {
    const check = new PageCheck();
    await sql(`update people set next_review_at = now() - interval '1 day' where email = 'grace.liu@treasury.govt.nz'`);
    const page = await scene.signedIn('operator1', '/console/records', { check });
    await check.look(page, 'records');
    await page.locator('main a', { hasText: 'Grace Liu' }).click();
    expect(await main(page)).toContain('nothing can be ordered');
    await check.look(page, 'person-stale');
    await page.goto(scene.url('/console/records?standing=all&kind=domain'));
    await check.look(page, 'records-domains');
    await page.context().close();
    const sponsor = await scene.signedIn('treasury-sponsor', '/console/records?standing=all');
    expect(await main(sponsor)).not.toContain('dpmc');
    expect(await main(sponsor)).not.toContain('Legal holds');
    await sponsor.context().close();
    expect(check.problems).toEqual([]);
  });

  it('holds records and disposes of them by two administrators, without scripts', async () => {
    const check = new PageCheck();
    const look = await scene.signedIn('administrator1', '/console/records', { check });
    const page = await scene.signedIn('administrator1', '/console/records', { javaScriptEnabled: false });
    await page.locator('summary', { hasText: 'Place a hold' }).click();
    await page.locator('#hold-kind').selectOption('mails');
    await page.locator('form[action$="/holds"] button').click();
    await page.locator('.govuk-error-summary').waitFor();
    await page.locator('summary', { hasText: 'Place a hold' }).click();
    await page.locator('#hold-kind').selectOption('mails');
    await page.locator('#hold-reason').fill('an inquiry');
    await page.locator('form[action$="/holds"] button').click();
    await page.waitForURL('**?done=held');
    await page.locator('summary', { hasText: 'Propose a disposal' }).click();
    await page.locator('#disposal-kind').selectOption('mails');
    await page.locator('#cutOff').fill('2020-01-01');
    await page.locator('#authorityRef').fill('DA-1');
    await page.locator('form[action$="/disposals"] button').click();
    await page.waitForURL('**?done=proposed');
    await page.locator('form[action$="/approve"] button').click();
    expect(await main(page)).toContain('A legal hold forbids it');
    await look.reload();
    await check.look(look, 'records-holds');
    await page.goto(scene.url('/console/records'));
    await page.locator('summary', { hasText: 'Lift it' }).click();
    await page.locator('form[action$="/lift"] input[name=reason]').fill('inquiry closed');
    await page.locator('form[action$="/lift"] button').click();
    await page.waitForURL('**?done=lifted');
    await page.locator('form[action$="/approve"] button').click();
    await page.waitForURL('**?done=approved');
    await page.context().close();
    await tokenForSecondAdministrator();
    const other = await scene.signedIn('administrator2', '/console/records', { javaScriptEnabled: false });
    await other.locator('form[action$="/approve"] button').click();
    await other.waitForURL('**?done=approved');
    expect(await main(other)).toContain('Carried out');
    await other.context().close();
    await look.goto(scene.url('/console/records'));
    await check.look(look, 'records-disposed');
    await look.context().close();
    expect(check.problems).toEqual([]);
  });

  it('lists recoveries to those who may see them', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('treasury-sponsor', '/console/recoveries', { check });
    expect(await main(page)).toContain('No key was asked for.');
    await check.look(page, 'recoveries');
    const missing = await page.goto(scene.url('/console/recoveries/00000000-0000-4000-8000-00000000dead'));
    expect(missing?.status()).toBe(404);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });
});
