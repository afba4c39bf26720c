import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHrKey, signEvent } from '../support/hr-system.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

/** Agencies in the console: applications, where each stands in its life, and its domains. */
describe.skipIf(!hasChromium)('agencies in the console', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

  async function apply(agencyId: string, name: string): Promise<void> {
    await scene.people.api('operator2', 'POST', '/api/v1/agency-applications', {
      agencyId,
      name,
      organizationIdentifier: 'GOVNZ',
      letter: { reference: 'L-1', signedBy: 'its chief executive', signedOn: '2026-10-01' },
    });
  }

  /** Has two operators sign a statement about an agency. */
  async function state(kind: string, subject: unknown): Promise<void> {
    const file = join(scene.instance.dataDir, '..', `${kind}.json`);
    writeFileSync(file, JSON.stringify(subject));
    const { digest } = await scene.instance.seeJson<{ digest: string }>('statement', 'propose', kind, file);
    await scene.people.sign(digest, ['operator1', 'operator2']);
  }

  const station = (page: Page): Promise<string | null> => page.locator('[aria-current=step]').textContent();

  it('are verified or declined by another operator, without scripts', async () => {
    const check = new PageCheck();
    await apply('customs', 'New Zealand Customs Service');
    await apply('nobody', 'Nobody at All');
    const look = await scene.signedIn('operator1', '/console/agencies', { check });
    expect(await main(look)).toContain('New Zealand Customs Service');
    await check.look(look, 'agencies');
    await look.context().close();
    const page = await scene.signedIn('operator1', '/console/agencies', { javaScriptEnabled: false });
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
    const own = await scene.signedIn('operator2', '/console/agencies');
    expect(await own.locator('form[action$="/verify"]').count()).toBe(0);
    await own.context().close();
    const sponsor = await scene.signedIn('treasury-sponsor', '/console/agencies');
    expect(await main(sponsor)).not.toContain('Customs');
    await sponsor.context().close();
    expect(check.problems).toEqual([]);
  });

  it('show that a domain is theirs, by the DNS or a decision', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/agencies/treasury', { check });
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
    const page = await scene.signedIn('operator1', '/console/agencies/dpmc', { check });
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

  it('have feeds of HR systems, whose reports a person decides', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/hr-feeds', { check });
    await check.look(page, 'hr-feeds-none');
    const key = newHrKey();
    const feed = { agencyId: 'treasury', name: 'Payroll', kind: 'webhook', publicKey: key.publicKey, dailyCap: 1 };
    const { id } = await scene.people.api<{ id: string }>('operator1', 'POST', '/api/v1/hr-feeds', feed);
    const tell = async (surname: string, event: object, signer = key): Promise<number> => {
      const person = { id: await scene.people.id(`ana.${surname}@treasury.govt.nz`) };
      const body = JSON.stringify({ person, ...event });
      const headers = { 'content-type': 'application/json', 'x-jws-signature': signEvent(signer, body, {}) };
      return (await fetch(scene.url('/api/v1/hr-events'), { method: 'POST', headers, body })).status;
    };
    for (const surname of ['One', 'Two', 'Three', 'Four']) await scene.people.newPerson('Ana', surname);
    const stranger = { ...newHrKey(), keyId: key.keyId };
    expect({
      leaver: await tell('one', { kind: 'leaver' }),
      beyondTheCap: await tell('two', { kind: 'leaver' }),
      name: await tell('three', { kind: 'name-change', surname: 'Tāne' }),
      mover: await tell('four', { kind: 'mover', toAgencyId: 'dpmc' }),
      forged: await tell('three', { kind: 'leaver' }, stranger),
      nobody: await tell('nobody', { kind: 'leaver', person: { externalId: 'none' } }),
    }).toEqual({ leaver: 201, beyondTheCap: 202, name: 202, mover: 202, forged: 401, nobody: 400 });
    await page.reload();
    const row = (name: string) => page.locator('tr', { hasText: name });
    await expect.poll(() => page.locator('form:has(input[value=confirm])').count()).toBe(3);
    expect(await row('Ana Three').textContent()).toContain('Tāne');
    await check.look(page, 'hr-feeds');

    const sponsor = await scene.signedIn('treasury-sponsor', '/console/hr-feeds', { check });
    await expect.poll(() => sponsor.locator('form:has(input[value=dismiss])').count()).toBe(3);
    await expect.poll(() => sponsor.locator('form:has(input[value=confirm])').count()).toBe(2);
    await check.look(sponsor, 'hr-feeds-sponsor');
    await sponsor.context().close();

    await row('Ana Two').locator('form:has(input[value=confirm]) button').click();
    await page.waitForURL('**?done=confirm');
    await check.look(page, 'hr-feeds-confirmed');
    const plain = await scene.signedIn('operator1', '/console/hr-feeds', { javaScriptEnabled: false });
    const dismiss = async (reason: string): Promise<void> => {
      const three = plain.locator('tr', { hasText: 'Ana Three' });
      await three.locator('summary').click();
      const form = three.locator('form:has(input[value=dismiss])');
      await form.locator('input[name=reason]').fill(reason);
      await form.locator('button').click();
    };
    await dismiss('.');
    await plain.locator('.govuk-error-summary').waitFor();
    await dismiss('the name is as it was');
    await plain.waitForURL('**?done=dismiss');
    expect(await plain.locator('tr', { hasText: 'Ana Three' }).count()).toBe(0);
    await plain.context().close();
    const left = await scene.query('select from people where left_at is not null and given_name = $1', ['Ana']);
    expect(left).toHaveLength(2);
    await scene.people.api('operator1', 'POST', `/api/v1/hr-feeds/${id}/revoke`, { reason: 'the key was copied' });
    await page.goto(scene.url('/console/hr-feeds'));
    await check.look(page, 'hr-feeds-revoked');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });
});
