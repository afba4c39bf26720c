import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePem } from '@see/x509';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newInstance, type TestInstance } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { Keyboard } from './keyboard.ts';
import { PageCheck } from './page-check.ts';

/** The console as operators have it all day, on a real instance: in both languages, at every width, by keyboard, without scripts. */
describe.skipIf(!hasChromium)('the console of operators', () => {
  let instance: TestInstance;
  let browser: Browser;
  let page: Page;
  const check = new PageCheck();

  beforeAll(async () => {
    instance = await newInstance();
    await instance.start('start');
    browser = await launchChromium();
    page = await newPage();
    await signIn(page, 'operator1');
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.remove();
  });

  const evaluation = (name: string): string => join(instance.dataDir, 'evaluation', name);
  const token = (name: string): string => readFileSync(evaluation(`${name}.token`), 'utf8').trim();

  async function api<T>(as: string, method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${instance.urls.portal}${path}`, {
      method,
      headers: { authorization: `Bearer ${token(as)}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  async function newPage(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-NZ', ...options });
    const made = await context.newPage();
    check.watch(made);
    return made;
  }

  async function signIn(on: Page, who: string): Promise<void> {
    await on.goto(`${instance.urls.portal}/console`);
    await on.locator('#token').fill(token(who));
    await on.locator('button[type=submit]').first().click();
    await on.waitForURL('**/console');
  }

  const open = (path: string, on: Page = page): Promise<unknown> => on.goto(`${instance.urls.portal}${path}`);
  const main = async (on: Page = page): Promise<string> => (await on.locator('main').textContent()) ?? '';

  async function personId(start: string): Promise<string> {
    const { items } = await api<{ items: { id: string; email: string }[] }>(
      'operator1',
      'GET',
      '/api/v1/people?agency=treasury',
    );
    return items.find(({ email }) => email.startsWith(start))?.id ?? '';
  }

  /** An order for the gateway of the Treasury, which brings its key and asks for a name of its own. */
  async function gatewayOrder(key = newKey()): Promise<string> {
    const { id } = await api<{ id: string }>('treasury-sponsor', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: await personId('grace.liu'),
      sponsorId: await personId('susan.grant'),
      items: [{ profile: 'gateway-sign', csr: encodePem('CERTIFICATE REQUEST', csrOf(key)) }],
      evidence: { letter: 'signed by the chief executive, 12 November' },
    });
    return id;
  }

  async function issued(orderId: string): Promise<string> {
    for (const operator of ['operator1', 'operator2'])
      await instance.seeJson('order', 'approve', orderId, '--key', evaluation(`${operator}.key.json`), '--yes');
    let sha256 = '';
    await waitUntil('the certificate', async () => {
      const { certificates } = await api<{ certificates: { sha256: string }[] }>(
        'operator1',
        'GET',
        `/api/v1/orders/${orderId}`,
      );
      sha256 = certificates[0]?.sha256 ?? '';
      return sha256 !== '';
    });
    return sha256;
  }

  /** Certificates of Grace Liu, made as she would with the code from her mail. Returns their SHA-256, in the order of the profiles. */
  async function enrolled(profiles: readonly string[]): Promise<readonly string[]> {
    const { id } = await api<{ id: string }>('treasury-sponsor', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: await personId('grace.liu'),
      sponsorId: await personId('susan.grant'),
      items: profiles.map((profile) => ({ profile })),
    });
    await waitUntil('the code to be bound', async () => {
      const { state } = await api<{ state: string }>('operator1', 'GET', `/api/v1/orders/${id}`);
      return state === 'pending';
    });
    await instance.seeJson('order', 'approve', id, '--key', evaluation('operator1.key.json'), '--yes');
    const codeFile = join(instance.dataDir, `code-${id}`);
    writeFileSync(codeFile, await codeFromMail(id));
    const out = join(instance.dataDir, `files-${id}`);
    await instance.seeJson('order', 'redeem', id, '--code-file', codeFile, '--out', out, '--yes');
    const { certificates } = await api<{ certificates: { sha256: string }[] }>(
      'operator1',
      'GET',
      `/api/v1/orders/${id}`,
    );
    return certificates.map(({ sha256 }) => sha256);
  }

  async function codeFromMail(orderId: string): Promise<string> {
    const folder = instance.layout.outboxDir;
    const find = (): string | undefined =>
      readdirSync(folder)
        .filter((name) => name.endsWith('-code.eml'))
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .find((mail) => mail.includes(orderId.slice(0, 8).toUpperCase()));
    await waitUntil('the mail with the code', () => find() !== undefined, 20_000);
    const mail = find() ?? '';
    return /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(mail.slice(mail.indexOf('\r\n\r\n')))?.[0] ?? '';
  }

  it('shows an order beside what was asked, what the registry has and the certificate before', async () => {
    const key = newKey();
    await issued(await gatewayOrder(key));
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
    await other.waitForURL(`${instance.urls.desk}/orders/${orderId}`);
    await other.locator('h1:visible', { hasText: 'Ka whakaaetia tēnei tono?' }).waitFor();
    const maori = (await other.locator('#order-sections').textContent()) ?? '';
    const digest = await other.locator('#order-digest').textContent();
    for (const fact of ['CN=domain-signing-authority', 'mēra: domain-signing-authority@treasury.govt.nz', orderId])
      expect(maori, fact).toContain(fact);
    await check.look(other, 'desk-order');
    await other.locator('.see-languages__link').click();
    await other.locator('h1:visible', { hasText: 'Approve this order?' }).waitFor();
    expect(await other.locator('#order-digest').textContent()).toBe(digest);
    await other.goto(`${instance.urls.desk}/register`);
    await check.look(other, 'desk-register');
    expect(check.problems).toEqual([]);
  });

  it('leads by keyboard alone from the sign-in to the queue, an order, its rejection and the next one', async () => {
    const [one, two] = [await gatewayOrder(), await gatewayOrder()];
    const hands = await newPage();
    await open('/console/orders?state=pending', hands);
    const keyboard = new Keyboard(hands);
    await keyboard.to('#token');
    await hands.keyboard.type(token('operator2'));
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
    const { stateReason } = await api<{ stateReason: string }>('operator1', 'GET', `/api/v1/orders/${one}`);
    expect(stateReason).toBe('It was ordered twice: see the order of this morning');
    await keyboard.to('#next-order');
    await hands.keyboard.press('Enter');
    await hands.waitForURL((url) => /\/console\/orders\/[0-9a-f-]{36}$/.test(url.href) && !url.href.includes(one));
    expect(await main(hands)).toContain('Will be signed');
    await hands.goto(`${instance.urls.portal}/console/orders/${two}`);
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
    const { stateReason } = await api<{ stateReason: string }>('operator1', 'GET', `/api/v1/orders/${orderId}`);
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
    const { items } = await api<{ items: { sha256: string; serial: string; spkiSha256: string }[] }>(
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
    const { content } = await api<{ content: Record<string, unknown> }>(
      'administrator1',
      'GET',
      '/api/v1/profiles/tls-server',
    );
    const file = join(instance.dataDir, 'tls-server.json');
    writeFileSync(file, JSON.stringify({ ...content, version: 2, validityDays: 60 }));
    const { digest } = await instance.seeJson<{ digest: string }>('profile', 'activate', file);
    await open('/console/statements', administrator);
    await check.look(administrator, 'statements');
    await administrator.locator('main a', { hasText: 'A new version of a profile' }).click();
    await administrator.waitForURL(`**/console/statements/${digest}`);
    expect(await main(administrator)).toContain('What differs between version 1 and version 2');
    expect(await main(administrator)).toContain('60 days');
    await check.look(administrator, 'statement');
    for (const name of ['administrator1', 'administrator2'])
      await instance.seeJson('statement', 'sign', digest, '--key', evaluation(`${name}.key.json`), '--yes');
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
    await auditor.locator('#person').fill(await personId('susan.grant'));
    await auditor.locator('form.see-filters button').click();
    const who = await auditor.locator('td[data-column="Who"]').allTextContents();
    expect(who.length).toBeGreaterThan(1);
    expect(who.filter((text) => !text.includes('Susan Grant'))).toEqual([]);
    await check.look(auditor, 'audit');
    await open('/console/audit?from=2020-01-01&until=2020-01-02', auditor);
    expect(await main(auditor)).toContain('There is no such event.');
    await open('/console/audit?person=nobody@nowhere.nz&from=yesterday', auditor);
    expect(await auditor.locator('.govuk-error-summary li').count()).toBe(2);
    await query(instance.database.superuserUrl, 'alter table audit_events disable trigger all', []);
    await query(
      instance.database.superuserUrl,
      "update audit_events set object_id = 'somebody-else' where id = (select min(id) + 5 from audit_events)",
      [],
    );
    const plain = await newPage({ javaScriptEnabled: false });
    await signIn(plain, 'administrator1');
    await open('/console/audit', plain);
    await plain.locator('button', { hasText: 'Verify the log now' }).click();
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
    expect(await main()).toContain('Choose why the certificate is revoked.');
    await page.locator('input[value=superseded]').check();
    await page.locator('button', { hasText: 'Show what it means' }).click();
    const text = await main();
    for (const fact of [
      'can no longer sign in with it anywhere',
      'This cannot be undone.',
      'Personal e-mail encryption',
    ])
      expect(text, fact).toContain(fact);
    await check.look(page, 'revoke-confirm');
    await page.locator('button', { hasText: 'Revoke for good' }).click();
    await page.waitForURL('**?done=revoked');
    expect(await main()).toContain('Revoked: Superseded');
    await check.look(page, 'certificate-revoked');
    await open('/console/certificates?status=revoked');
    expect(await page.locator('tbody tr').count()).toBe(1);
    await open(`/console/certificates/${sha256}/revoke/confirm?reason=superseded`);
    await page.locator('main form button').first().click();
    expect(await main()).toContain('There is a problem');
    expect(check.problems).toEqual([]);
  });
});
