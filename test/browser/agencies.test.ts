import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newInstance, type TestInstance } from '../support/instance.ts';
import { waitUntil } from '../support/wait-until.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

/** Agencies in the console: applications, where each stands in its life, and its domains. */
describe.skipIf(!hasChromium)('agencies in the console', () => {
  let instance: TestInstance;
  let browser: Browser;

  beforeAll(async () => {
    instance = await newInstance();
    await instance.start('start');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.remove();
  });

  const portal = (path: string): string => `${instance.urls.portal}${path}`;
  const evaluation = (name: string): string => join(instance.dataDir, 'evaluation', name);
  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

  async function signIn(who: string, from: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(portal(from));
    await page.locator('#token').fill(readFileSync(evaluation(`${who}.token`), 'utf8').trim());
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL(`**${from}`);
    return page;
  }

  async function apply(agencyId: string, name: string): Promise<void> {
    const response = await fetch(portal('/api/v1/agency-applications'), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${readFileSync(evaluation('operator2.token'), 'utf8').trim()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        agencyId,
        name,
        organizationIdentifier: 'GOVNZ',
        letter: { reference: 'L-1', signedBy: 'its chief executive', signedOn: '2026-10-01' },
      }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Has two operators sign a statement about an agency. */
  async function state(kind: string, subject: unknown): Promise<void> {
    const file = join(instance.dataDir, '..', `${kind}.json`);
    writeFileSync(file, JSON.stringify(subject));
    const { digest } = await instance.seeJson<{ digest: string }>('statement', 'propose', kind, file);
    for (const name of ['operator1', 'operator2'])
      await instance.seeJson('statement', 'sign', digest, '--key', evaluation(`${name}.key.json`), '--yes');
  }

  const station = (page: Page): Promise<string | null> => page.locator('[aria-current=step]').textContent();

  it('are verified or declined by another operator, without scripts', async () => {
    const check = new PageCheck();
    await apply('customs', 'New Zealand Customs Service');
    await apply('nobody', 'Nobody at All');
    const look = await signIn('operator1', '/console/agencies');
    check.watch(look);
    expect(await main(look)).toContain('New Zealand Customs Service');
    await check.look(look, 'agencies');
    await look.context().close();
    const page = await signIn('operator1', '/console/agencies', { javaScriptEnabled: false });
    const row = (name: string) => page.locator('tr', { hasText: name });
    await row('Customs').locator('summary').first().click();
    await row('Customs').locator('form[action$="/verify"] button').click();
    expect(await main(page)).toContain('Name the register');
    await row('Customs').locator('summary').first().click();
    await row('Customs').locator('input[name=name]').fill('gazette');
    await row('Customs').locator('input[name=entry]').fill('2026-go1');
    await row('Customs').locator('input[name=extractOf]').fill('2026-10-02');
    await row('Customs').locator('form[action$="/verify"] button').click();
    await page.waitForURL('**?done=verified');
    await row('Nobody').locator('summary').last().click();
    await row('Nobody').locator('input[name=reason]').fill('there is no such agency');
    await row('Nobody').locator('form[action$="/decline"] button').click();
    await page.waitForURL('**?done=declined');
    expect(await row('Nobody').textContent()).toContain('there is no such agency');
    await page.context().close();
    const own = await signIn('operator2', '/console/agencies');
    expect(await own.locator('form[action$="/verify"]').count()).toBe(0);
    await own.context().close();
    const sponsor = await signIn('treasury-sponsor', '/console/agencies');
    expect(await main(sponsor)).not.toContain('Customs');
    await sponsor.context().close();
    expect(check.problems).toEqual([]);
  });

  it('show that a domain is theirs, by the DNS or a decision', async () => {
    const check = new PageCheck();
    const page = await signIn('operator1', '/console/agencies/treasury');
    check.watch(page);
    expect(await station(page)).toBe('Member, gateways and people');
    await check.look(page, 'agency-member');
    await page.locator('form[action$="/challenge"] button').first().click();
    await page.locator('.see-read-out').waitFor();
    expect(await main(page)).toMatch(/_see-pki-challenge\.\S+ 300 IN TXT "see-pki=[\w-]{43}"/);
    await check.look(page, 'agency-challenge', { inPlace: true });
    await page.locator('form[action$="/prove"] button').click();
    await page.locator('.govuk-error-summary').waitFor();
    await check.look(page, 'agency-not-proved', { inPlace: true });
    await page.locator('#domains summary').first().click();
    await page.locator('form[action$="/decide"] input[name=reason]').first().fill('short');
    await page.locator('form[action$="/decide"] button').first().click();
    await page.locator('.govuk-error-summary').waitFor();
    await page.locator('#domains summary').first().click();
    await page.locator('form[action$="/decide"] input[name=reason]').first().fill('seen in the register of domains');
    await page.locator('form[action$="/decide"] button').first().click();
    await page.waitForURL('**?done=decided');
    expect(await main(page)).toContain('an operator’s decision');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('stand where two operators put them', async () => {
    const check = new PageCheck();
    const page = await signIn('operator1', '/console/agencies/dpmc');
    check.watch(page);
    const reach = (name: string): Promise<boolean> =>
      waitUntil(
        name,
        async () => {
          await page.reload();
          return (await station(page)) === name;
        },
        20_000,
      );
    await state('agency-suspend', { agencyId: 'dpmc', reason: 'test' });
    await reach('Suspended');
    await check.look(page, 'agency-suspended');
    await state('agency-resume', { agencyId: 'dpmc', reason: 'test' });
    await reach('Member, gateways and people');
    await state('agency-remove', { agencyId: 'dpmc', reason: 'test' });
    await reach('Removed');
    await check.look(page, 'agency-removed');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('have feeds of HR systems', async () => {
    const check = new PageCheck();
    const page = await signIn('operator1', '/console/hr-feeds');
    check.watch(page);
    await check.look(page, 'hr-feeds');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });
});
