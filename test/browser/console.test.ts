import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePem } from '@see/x509';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { Keyboard } from './keyboard.ts';
import { PageCheck } from './page-check.ts';

/** The console as operators have it all day, on a real instance: in both languages, at every width, by keyboard, without scripts. */
describe.skipIf(!hasChromium)('the console of operators', () => {
  let scene: BrowserScene;
  let page: Page;
  const check = new PageCheck();

  beforeAll(async () => {
    scene = await BrowserScene.open();
    page = await newPage();
    await signIn(page, 'operator1');
  });
  afterAll(() => scene?.close());

  const newPage = (options: { javaScriptEnabled?: boolean } = {}): Promise<Page> =>
    scene.page({ check, locale: 'en-NZ', ...options });
  const signIn = (on: Page, who: string): Promise<void> => scene.signIn(on, who, '/console');
  const open = (path: string, on: Page = page): Promise<unknown> => on.goto(scene.url(path));
  const main = async (on: Page = page): Promise<string> => (await on.locator('main').textContent()) ?? '';

  /** Waits until a page says something: the answer to a form may take its time. */
  const says = (text: string, on: Page = page): Promise<void> =>
    expect.poll(() => main(on), { timeout: 10_000 }).toContain(text);

  /** An order for the gateway of the Treasury, which brings its key and asks for a name of its own. */
  const gatewayOrder = (key = newKey()): Promise<string> =>
    scene.people.gatewayOrder(encodePem('CERTIFICATE REQUEST', csrOf(key)), 'gateway-sign', {
      letter: 'signed by the chief executive, 12 November',
    });

  /** Certificates of Grace Liu, made as she would with the code from her mail. Returns their SHA-256, in the order of the profiles. */
  async function enrolled(profiles: readonly string[]): Promise<readonly string[]> {
    const { orderId: id, code } = await scene.people.codeFor('grace.liu@treasury.govt.nz', profiles);
    const codeFile = join(scene.instance.dataDir, `code-${id}`);
    writeFileSync(codeFile, code);
    const out = join(scene.instance.dataDir, `files-${id}`);
    await scene.instance.seeJson('order', 'redeem', id, '--code-file', codeFile, '--out', out, '--yes');
    const { certificates } = await scene.people.api<{ certificates: { sha256: string }[] }>(
      'operator1',
      'GET',
      `/api/v1/orders/${id}`,
    );
    return certificates.map(({ sha256 }) => sha256);
  }

  it('shows an order beside what was asked, what the registry has and the certificate before', async () => {
    const key = newKey();
    await scene.people.issue(await gatewayOrder(key));
    const orderId = await gatewayOrder(key);
    const other = await gatewayOrder();
    await open('/console/orders');
    await check.look(page, 'orders');
    await open(`/console/orders/${orderId}`);
    const text = await main();
    for (const fact of ['Will be signed', 'Asked for', 'Registry', 'Before', 'as before', 'Same key as before'])
      expect(text, fact).toContain(fact);
    expect(text).toContain('signed by the chief executive, 12 November');
    expect(await page.locator('a[accesskey=n]').getAttribute('href')).toBe(`/console/orders/${other}`);
    await check.look(page, 'order');
    expect(check.problems).toEqual([]);
  });

  it('takes the language along to the desk, which says the same facts in it', async () => {
    const orderId = await gatewayOrder();
    const other = await newPage();
    await signIn(other, 'operator1');
    await open(`/console/orders/${orderId}`, other);
    await other.locator('.see-languages__link').click();
    await other.locator('main a', { hasText: 'Whakaae mā te kī haumaru' }).click();
    await other.waitForURL(`${scene.instance.urls.desk}/orders/${orderId}`);
    await other.locator('h1:visible', { hasText: 'Ka whakaaetia tēnei tono?' }).waitFor();
    const maori = (await other.locator('#order-sections').textContent()) ?? '';
    const digest = await other.locator('#order-digest').textContent();
    for (const fact of ['CN=domain-signing-authority', 'mēra: domain-signing-authority@treasury.govt.nz', orderId])
      expect(maori, fact).toContain(fact);
    await check.look(other, 'desk-order');
    await other.locator('.see-languages__link').click();
    await other.locator('h1:visible', { hasText: 'Approve this order?' }).waitFor();
    expect(await other.locator('#order-digest').textContent()).toBe(digest);
    await other.goto(`${scene.instance.urls.desk}/register`);
    await check.look(other, 'desk-register');
    expect(check.problems).toEqual([]);
  });

  it('leads by keyboard alone from the sign-in to the queue, an order, its rejection and the next one', async () => {
    const [one, two] = [await gatewayOrder(), await gatewayOrder()];
    const hands = await newPage();
    await open('/console/orders?state=pending', hands);
    const keyboard = new Keyboard(hands);
    await keyboard.to('#token');
    await hands.keyboard.type(scene.people.secret('operator2.token'));
    await hands.keyboard.press('Enter');
    await hands.waitForURL('**/console/orders?state=pending');
    await keyboard.to(`a[href="/console/orders/${one}"]`);
    await hands.keyboard.press('Enter');
    await hands.waitForURL(`**/console/orders/${one}`);
    await keyboard.to('#cause');
    for (const _step of [1, 2]) await hands.keyboard.press('ArrowDown');
    await keyboard.to('#reason');
    await hands.keyboard.type('see the order of this morning');
    await keyboard.to('main form[action$="/reject"] button');
    await hands.keyboard.press('Enter');
    await hands.waitForURL('**?done=rejected');
    const { stateReason } = await scene.people.api<{ stateReason: string }>(
      'operator1',
      'GET',
      `/api/v1/orders/${one}`,
    );
    expect(stateReason).toBe('It was ordered twice: see the order of this morning');
    await keyboard.to('#next-order');
    await hands.keyboard.press('Enter');
    await hands.waitForURL((url) => /\/console\/orders\/[0-9a-f-]{36}$/.test(url.href) && !url.href.includes(one));
    expect(await main(hands)).toContain('Will be signed');
    await hands.goto(scene.url(`/console/orders/${two}`));
    expect(check.problems).toEqual([]);
  });

  it('rejects without scripts, by a reason of the list or by own words, and says what is missing', async () => {
    const plain = await newPage({ javaScriptEnabled: false });
    await signIn(plain, 'operator1');
    const orderId = await gatewayOrder();
    await open(`/console/orders/${orderId}`, plain);
    await plain.locator('form[action$="/reject"] button').click();
    expect(await main(plain)).toContain('Choose why the order is rejected, or say it in your own words.');
    await plain.locator('input[value=other]').check();
    await plain.locator('form[action$="/reject"] button').click();
    expect(await main(plain)).toContain('Say in your own words, in 3 characters at least');
    expect(await plain.locator('input[value=other]').isChecked()).toBe(true);
    await plain.locator('input[value=evidence]').check();
    await plain.locator('form[action$="/reject"] button').click();
    expect(await main(plain)).toContain('The order is rejected.');
    const { stateReason } = await scene.people.api<{ stateReason: string }>(
      'operator1',
      'GET',
      `/api/v1/orders/${orderId}`,
    );
    expect(stateReason).toBe('Evidence is missing or does not fit');
  });

  it('says on the home page what clients get of us, as it was fetched back', async () => {
    await waitUntil('what was fetched back', async () => {
      await open('/console');
      return (await page.locator('#published tbody tr').count()) > 5;
    });
    const rows = await page.locator('#published tbody tr').allTextContents();
    expect(rows.filter((row) => row.includes('Revocation list') && row.includes('Fresh')).length).toBeGreaterThan(3);
    expect(rows.filter((row) => row.includes('OCSP answer') && row.includes('Fresh')).length).toBeGreaterThan(0);
    expect(await main()).toContain('Needs somebody');
    await check.look(page, 'home');
    expect(check.problems).toEqual([]);
  });

  it('finds everything from one box, leads to what is named alone, and gives lists as files', async () => {
    const orderId = await gatewayOrder();
    await open('/console');
    await page.locator('#site-search').fill(orderId.slice(0, 8));
    await page.locator('#site-search').press('Enter');
    await page.waitForURL(`**/console/orders/${orderId}`);
    const { items } = await scene.people.api<{ items: { sha256: string; serial: string; spkiSha256: string }[] }>(
      'operator1',
      'GET',
      '/api/v1/certificates?profile=gateway-sign',
    );
    const [certificate] = items;
    if (!certificate) throw new Error('no certificate was issued');
    for (const exact of [certificate.serial, certificate.sha256.match(/../g)?.join(':') ?? '']) {
      await open(`/console/search?q=${encodeURIComponent(exact)}`);
      expect(page.url()).toContain(`/console/certificates/${certificate.sha256}`);
    }
    await open(`/console/search?q=${certificate.spkiSha256}`);
    expect(await page.locator('main h2').allTextContents()).toEqual(['Orders', 'Certificates']);
    await open('/console/search?q=treasury');
    expect(await main()).toContain('The Treasury');
    await check.look(page, 'search');
    await open('/console/search?q=nobody-at-all');
    expect(await main()).toContain('Nothing was found');
    await check.look(page, 'search-nothing');
    await open('/console/certificates?status=good&profile=gateway-sign');
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
    await check.look(page, 'certificates');
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
    const csv = readFileSync(await file.path(), 'utf8');
    expect(csv.split('\r\n').length).toBeGreaterThan(2);
    expect(csv).toContain(certificate.sha256);
    await open('/console/certificates?status=revoked');
    expect(await main()).toContain('No certificate was found.');
    expect(check.problems).toEqual([]);
  });

  it('says profiles in plain words, compares their versions, and shows what waits for signatures', async () => {
    const administrator = await newPage();
    await signIn(administrator, 'administrator1');
    const { content } = await scene.people.api<{ content: Record<string, unknown> }>(
      'administrator1',
      'GET',
      '/api/v1/profiles/tls-server',
    );
    const file = join(scene.instance.dataDir, 'tls-server.json');
    writeFileSync(file, JSON.stringify({ ...content, version: 2, validityDays: 60 }));
    const { digest } = await scene.instance.seeJson<{ digest: string }>('profile', 'activate', file);
    await open('/console/statements', administrator);
    await check.look(administrator, 'statements');
    await administrator.locator('main a', { hasText: 'A new version of a profile' }).click();
    await administrator.waitForURL(`**/console/statements/${digest}`);
    expect(await main(administrator)).toContain('What differs between version 1 and version 2');
    expect(await main(administrator)).toContain('60 days');
    await check.look(administrator, 'statement');
    await scene.people.sign(digest, ['administrator1', 'administrator2']);
    await waitUntil('the new version to be in force', async () => {
      await open('/console/profiles/tls-server', administrator);
      return (await main(administrator)).includes('Version 2');
    });
    await administrator.locator('a', { hasText: 'Compare with this one' }).click();
    const rows = await administrator.locator('table').first().locator('tbody tr').allTextContents();
    expect(rows).toEqual([expect.stringMatching(/Valid for.*90 days, at most 200.*60 days, at most 200/s)]);
    await check.look(administrator, 'profile');
    await open('/console/profiles', administrator);
    await check.look(administrator, 'profiles');
    await open('/console/operators', administrator);
    expect(await main(administrator)).toContain('Mere Tahana');
    await check.look(administrator, 'operators');
    expect(check.problems).toEqual([]);
  });

  it('proves the audit log on a page that can be left, and narrows the trail by who, what and when', async () => {
    await gatewayOrder();
    await gatewayOrder();
    const auditor = await newPage();
    await signIn(auditor, 'administrator1');
    await open('/console/audit', auditor);
    expect(await main(auditor)).toContain('Nobody has proved it from here yet.');
    await auditor.locator('button', { hasText: 'Verify the log now' }).click();
    await auditor.waitForURL('**/console/audit/verifications/*');
    const proof = auditor.url();
    await auditor.locator('text=The log is whole.').waitFor({ timeout: 20_000 });
    await check.look(auditor, 'audit-proof');
    await open('/console/audit', auditor);
    expect(await auditor.locator(`a[href="${new URL(proof).pathname}"]`).count()).toBeGreaterThan(0);
    await auditor.locator('#kind').selectOption('order.');
    const person = await scene.people.id('susan.grant@treasury.govt.nz');
    await auditor.locator('#person').fill(person);
    await auditor.locator('form.see-filters button').click();
    await auditor.waitForURL((url) => url.searchParams.get('person') === person);
    const who = await auditor.locator('td[data-column="Who"]').allTextContents();
    expect(who.length).toBeGreaterThan(1);
    expect(who.filter((text) => !text.includes('Susan Grant'))).toEqual([]);
    await check.look(auditor, 'audit');
    await open('/console/audit?from=2020-01-01&until=2020-01-02', auditor);
    expect(await main(auditor)).toContain('There is no such event.');
    await open('/console/audit?person=nobody@nowhere.nz&from=yesterday', auditor);
    await expect.poll(() => auditor.locator('.govuk-error-summary li').count()).toBe(2);
    await scene.query('alter table audit_events disable trigger all', []);
    await scene.query(
      "update audit_events set object_id = 'somebody-else' where id = (select min(id) + 5 from audit_events)",
      [],
    );
    const plain = await newPage({ javaScriptEnabled: false });
    await signIn(plain, 'administrator1');
    await open('/console/audit', plain);
    await plain.locator('button', { hasText: 'Verify the log now' }).click();
    await plain.waitForURL('**/console/audit/verifications/*');
    await waitUntil('the proof to find it', async () => {
      await plain.reload();
      return (await main(plain)).includes('The log is broken at entry');
    });
    await auditor.goto(plain.url());
    await check.look(auditor, 'audit-broken');
    expect(check.problems).toEqual([]);
  });

  it('shows what a revocation means before it happens, and the certificate after it', async () => {
    const [sha256] = await enrolled(['user-auth', 'user-encrypt']);
    await open(`/console/certificates/${sha256}`);
    await check.look(page, 'certificate');
    await page.locator('a', { hasText: 'Choose why' }).click();
    await check.look(page, 'revoke');
    await page.locator('button', { hasText: 'Show what it means' }).click();
    await says('Choose why the certificate is revoked.');
    await page.locator('input[value=superseded]').check();
    await page.locator('button', { hasText: 'Show what it means' }).click();
    for (const fact of [
      'can no longer sign in with it anywhere',
      'This cannot be undone.',
      'Personal e-mail encryption',
    ])
      await says(fact);
    await check.look(page, 'revoke-confirm');
    await page.locator('button', { hasText: 'Revoke for good' }).click();
    await page.waitForURL('**?done=revoked');
    expect(await main()).toContain('Revoked: Superseded');
    await check.look(page, 'certificate-revoked');
    await open('/console/certificates?status=revoked');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await open(`/console/certificates/${sha256}/revoke/confirm?reason=superseded`);
    await page.locator('main form button').first().click();
    await says('There is a problem');
    expect(check.problems).toEqual([]);
  });
});
