import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

/** The registry of people in the console: list, page, evidence, leavers; as operators and sponsors have it. */
describe.skipIf(!hasChromium)('people in the console', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';
  const press = (page: Page, text: string): Promise<void> =>
    page.locator('main button[type=submit]', { hasText: text }).first().click();

  it('are listed, found, filtered and handed out as CSV', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/people', { check });
    expect(await main(page)).toContain('Grace Liu');
    await check.look(page, 'people');
    await page.locator('#q').fill('grace');
    await press(page, 'Show');
    expect(await main(page)).toContain('Grace Liu');
    expect(await main(page)).not.toContain('Hemi Walker');
    await page.locator('#q').fill('nobody at all');
    await press(page, 'Show');
    expect(await main(page)).toContain('Nobody is found');
    await check.look(page, 'people-none');
    const session = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const csv = await (
      await fetch(scene.url('/console/people.csv?agency=treasury'), { headers: { cookie: session } })
    ).text();
    expect(csv).toContain('grace.liu@treasury.govt.nz');
    expect(csv).not.toContain('@dpmc.govt.nz');
    await page.context().close();
    const sponsor = await scene.signedIn('treasury-sponsor', '/console/people');
    expect(await sponsor.locator('#agency').count()).toBe(0);
    expect(await main(sponsor)).not.toContain('@dpmc.govt.nz');
    const other = await idOf('alan.hunt@dpmc.govt.nz');
    const answer = await sponsor.goto(scene.url(`/console/people/${other}`));
    expect(answer?.status()).toBe(404);
    await sponsor.context().close();
    expect(check.problems).toEqual([]);
  });

  async function idOf(email: string): Promise<string> {
    const rows = await scene.query<{ id: string }>(`select id from people where email = '${email}'`);
    return rows[0]?.id ?? '';
  }

  it.each([true, false])('are reviewed, asked, and shown by evidence (scripts: %s)', async (javaScriptEnabled) => {
    const check = new PageCheck();
    const id = await idOf('grace.liu@treasury.govt.nz');
    const page = await scene.signedIn('operator1', `/console/people/${id}`, { javaScriptEnabled });
    const look = (name: string, inPlace = false): Promise<void> | undefined =>
      javaScriptEnabled ? check.look(page, name, { inPlace }) : undefined;
    if (javaScriptEnabled) check.watch(page);
    await look('person');
    await press(page, 'The record is right');
    await page.waitForURL('**?done=reviewed');
    await look('person-reviewed');
    if (javaScriptEnabled) {
      await press(page, 'Ask by mail');
      await page.waitForURL('**?done=asked');
      expect(await main(page)).toContain('asked by mail');
    }
    await page.locator('summary', { hasText: 'Add evidence' }).click();
    await page.locator('#kind').selectOption('passport');
    await page.locator('#sightedOn').fill('2099-01-01');
    await press(page, 'Record it');
    await page.locator('#sightedOn-error').waitFor();
    await expect.poll(() => page.locator('#issuer-error').count()).toBe(1);
    expect(await page.locator('#sightedOn').inputValue()).toBe('2099-01-01');
    await look('person-evidence-refused', true);
    await page.locator('#issuer').fill('Department of Internal Affairs');
    await page.locator('#sightedOn').fill('2026-11-01');
    await press(page, 'Record it');
    await page.waitForURL('**?done=recorded*');
    expect(await main(page)).toContain('Department of Internal Affairs');
    await look('person-evidence');
    await page.locator('#evidence tbody summary').first().click();
    await page.locator('#evidence tbody input[name=reason]').first().fill('a mistake');
    await page.locator('#evidence tbody button[type=submit]').first().click();
    await page.waitForURL('**?done=withdrawn*');
    expect(await main(page)).toContain('a mistake');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('lose an account for signing in at the hands of an administrator, without scripts', async () => {
    const check = new PageCheck();
    const id = await idOf('mere.tahana@ssc.govt.nz');
    await scene.query(`insert into sign_in_identities (id, issuer, subject, person_id, created_by, created_at)
       values (gen_random_uuid(), 'https://login.test', 'mere-1', '${id}', '${id}', now())`);
    const operator = await scene.signedIn('operator2', `/console/people/${id}`);
    expect(await main(operator)).not.toContain('mere-1');
    await operator.context().close();
    const look = await scene.signedIn('administrator1', `/console/people/${id}`, { check });
    expect(await main(look)).toContain('mere-1');
    await check.look(look, 'person-accounts');
    await look.context().close();
    const page = await scene.signedIn('administrator1', `/console/people/${id}`, { javaScriptEnabled: false });
    await page.locator('#accounts form[action$="/remove"] button').click();
    await page.waitForURL('**?done=account-removed');
    expect(await main(page)).not.toContain('mere-1');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('leave in two steps: what will happen, and it happens; a later one can be called off', async () => {
    const check = new PageCheck();
    const id = await idOf('grace.liu@treasury.govt.nz');
    const page = await scene.signedIn('treasury-sponsor', `/console/people/${id}`, { check });
    await page.locator('main a', { hasText: 'Something has changed' }).click();
    expect(await page.locator('input[value=mover]').count()).toBe(0);
    await check.look(page, 'declare-choice');
    await page.locator('input[value=leaver]').check();
    await press(page, 'Continue');
    await check.look(page, 'declare-form');
    await page.locator('#effectiveOn').fill('2099-01-01');
    await press(page, 'Show what will happen');
    await page.locator('#effectiveOn-error').waitFor();
    await check.look(page, 'declare-refused', { inPlace: true });
    await page.locator('#effectiveOn').fill('2027-03-01');
    await press(page, 'Show what will happen');
    expect(await main(page)).toContain('1 Mar 2027, 00:00');
    await check.look(page, 'declare-preview', { inPlace: true });
    await press(page, 'Change something');
    expect(await page.locator('#effectiveOn').inputValue()).toBe('2027-03-01');
    await press(page, 'Show what will happen');
    await press(page, 'Declare it');
    await page.waitForURL('**?done=declared*');
    expect(await main(page)).toContain('Planned');
    await check.look(page, 'person-planned');
    await page.locator('#events summary').first().click();
    await page.locator('#events input[name=reason]').first().fill('stays after all');
    await press(page, 'Call it off');
    await page.waitForURL('**?done=called-off*');
    expect(await main(page)).toContain('stays after all');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it.each(['en-NZ', 'mi-NZ'])('leave by a list, all or nobody, without scripts (%s)', async (locale) => {
    const page = await scene.signedIn('operator1', '/console/leavers', { javaScriptEnabled: false, locale });
    const email = locale === 'en-NZ' ? 'alan.hunt@dpmc.govt.nz' : 'grace.liu@treasury.govt.nz';
    await page.locator('#people').fill(`${email}\nnobody@nowhere.govt.nz`);
    await page.locator('main button[type=submit]').click();
    expect(await page.locator('#people-error').textContent()).toContain('nobody@nowhere.govt.nz');
    expect(await page.locator('#people').inputValue()).toContain(email);
    await page.locator('#people').fill(email);
    await page.locator('main button[type=submit]').click();
    await page.locator('main button.govuk-button--warning').click();
    await page.waitForURL('**/console/leavers?done=1');
    const left = await scene.query(`select left_at from people where email = '${email}' and left_at is not null`);
    expect(left).toHaveLength(1);
    await page.context().close();
  });

  it('leave by a list: the pages', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/leavers', { check });
    await check.look(page, 'leavers');
    await page.locator('#people').fill('hemi.walker@treasury.govt.nz');
    await press(page, 'Show what will happen');
    await check.look(page, 'leavers-preview', { inPlace: true });
    await page.goto(scene.url(`/console/people/${await idOf('grace.liu@treasury.govt.nz')}`));
    expect(await main(page)).toContain('Has left');
    await check.look(page, 'person-left');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('leave with their certificates: the page says what becomes of each, and that is done', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'see-people-'));
    const demo = await scene.instance.see('demo', '--out', folder);
    expect(demo.code, demo.stderr).toBe(0);
    rmSync(folder, { recursive: true, force: true });
    const holders = await scene.query<{
      id: string;
      good: string;
    }>(`select c.person_id as id, count(*) as good from certificates c join people p on p.id = c.person_id
       where p.left_at is null and c.profile_id like 'user-%' and not exists (select from revocations r where r.certificate_id = c.id)
       group by 1 order by 2 desc limit 1`);
    const { id = '', good = '0' } = holders[0] ?? {};
    expect(Number(good)).toBeGreaterThan(0);
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', `/console/people/${id}/declare?kind=leaver`, { check });
    await press(page, 'Show what will happen');
    const acts = page.locator('tbody tr', { hasText: 'will be revoked: no longer with the agency' });
    expect(await acts.count()).toBe(Number(good));
    await check.look(page, 'declare-preview-certificates', { inPlace: true });
    await press(page, 'Declare it');
    await page.waitForURL('**?done=declared');
    expect(await page.locator('#events').textContent()).toContain('revoked: no longer with the agency');
    await check.look(page, 'person-left-certificates');
    const revoked =
      await scene.query(`select from certificates c where c.person_id = '${id}' and c.profile_id like 'user-%'
       and not exists (select from revocations r where r.certificate_id = c.id)`);
    expect(revoked).toHaveLength(0);
    await page.context().close();
    expect(check.problems).toEqual([]);
  }, 240_000);
});
