import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GATEWAY_PRODUCTS } from '@see/ui';
import { encodePem } from '@see/x509';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newInstance, type TestInstance } from '../support/instance.ts';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';

const HOSTILE = '../shared/hostile';

/** What a gateway's administrator does without signing in: check a request, follow an order, fetch certificates, set up. */
describe.skipIf(!hasChromium)('pages for gateways', () => {
  let instance: TestInstance;
  let browser: Browser;
  let folder: string;
  const pem = (): string => encodePem('CERTIFICATE REQUEST', csrOf(newKey()));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'see-gateways-'));
    instance = await newInstance();
    await instance.start('start');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const portal = (path: string): string => `${instance.urls.portal}${path}`;
  const evaluation = (name: string): string => join(instance.dataDir, 'evaluation', name);

  async function open(path: string, options: { javaScriptEnabled?: boolean; locale?: string } = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(portal(path));
    return page;
  }

  async function api<T>(as: string, method: string, path: string, body?: unknown): Promise<T> {
    const authorization = `Bearer ${readFileSync(evaluation(`${as}.token`), 'utf8').trim()}`;
    const response = await fetch(portal(path), {
      method,
      headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

  it.each(['en-NZ', 'mi-NZ'])('check a good and a bad request, with and without scripts (%s)', async (locale) => {
    const check = new PageCheck();
    for (const javaScriptEnabled of [true, false]) {
      const page = await open('/gateways/check', { javaScriptEnabled, locale });
      const look = async (name: string): Promise<void> => {
        if (javaScriptEnabled) await check.look(page, `${name}-${locale}`, { inPlace: true });
      };
      if (javaScriptEnabled) check.watch(page);
      await look('csr-check');
      await page.locator('main button[type=submit]').click();
      await page.locator('.govuk-error-summary').waitFor();
      await look('csr-check-empty');
      await page.locator('#text').fill(pem());
      await page.locator('#profile').selectOption('gateway-sign');
      await page.locator('main button[type=submit]').click();
      await page.locator('.govuk-tag--green').waitFor();
      expect(await main(page)).toContain('P-384');
      expect(await page.locator('#profile').inputValue()).toBe('gateway-sign');
      await look('csr-check-good');
      await page.locator('#text').fill('');
      await page.locator('#file').setInputFiles({
        name: 'weak.csr',
        mimeType: 'application/pkcs10',
        buffer: weakRequest(folder),
      });
      await page.locator('main button[type=submit]').click();
      await page.locator('.govuk-tag--red').waitFor();
      expect(await main(page)).toContain('GOV-2');
      expect(await main(page)).toContain('openssl ecparam -name secp384r1');
      expect(await main(page)).toContain('CN=somebody');
      await look('csr-check-bad');
      await page
        .locator('#file')
        .setInputFiles({ name: 'key.pem', mimeType: 'text/plain', buffer: Buffer.from(privateKey(folder)) });
      await page.locator('main button[type=submit]').click();
      await page.locator('.govuk-error-summary').waitFor();
      expect(await page.content()).not.toContain(privateKey(folder).split('\n')[1]);
      await look('csr-check-private-key');
      await page.context().close();
    }
    expect(check.problems).toEqual([]);
  });

  it.skipIf(!existsSync(HOSTILE))(
    'answer every hostile request in words',
    async () => {
      const samples = readdirSync(HOSTILE).filter((name) => /^(?:csr|key|der|name|ext|pem)-/.test(name));
      expect(samples.length).toBeGreaterThan(50);
      const page = await open('/gateways/check');
      const faults: string[] = [];
      for (const name of samples) {
        await page.locator('#file').setInputFiles(join(HOSTILE, name));
        const [answer] = await Promise.all([
          page.waitForResponse((response) => response.request().isNavigationRequest()),
          page.locator('main button[type=submit]').click(),
        ]);
        await page.waitForLoadState();
        const status = answer.status();
        const text = await main(page);
        if (status !== 200 && status !== 400) faults.push(`${name}: ${status}`);
        if ((await page.locator('.see-read-out, .govuk-error-summary').count()) === 0)
          faults.push(`${name}: ${text.slice(0, 200)}`);
        if (/^csr-good-(?:ec|rsa)/.test(name) && status !== 200) faults.push(`${name} is refused`);
        if ((await page.locator('main script, main img').count()) > 0) faults.push(`${name} made an element`);
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    240_000,
  );

  it('refuse what is too large, has no end or comes from elsewhere', async () => {
    const boundary = 'x';
    const post = (body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(portal('/gateways/check'), {
        method: 'POST',
        body: body as string,
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, accept: 'text/html', ...headers },
      });
    const part = (name: string, value: string, more = ''): string =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const end = `--${boundary}--\r\n`;
    const statuses = {
      good: (await post(part('text', pem()) + end)).status,
      large: (await post(part('file', 'A'.repeat(400_000), '; filename="a"') + end)).status,
      long: (await post(part('text', 'A'.repeat(400_000)) + end)).status,
      many: (await post(Array.from({ length: 100 }, (_, index) => part(`f${index}`, 'x')).join('') + end)).status,
      twice: (await post(part('text', 'a') + part('text', 'b') + end)).status,
      prototype: (await post(part('__proto__', 'a') + end)).status,
      endless: (await post(part('text', pem()))).status,
      nothing: (await post('')).status,
      form: (await post('text=a', { 'content-type': 'application/x-www-form-urlencoded' })).status,
      foreign: (await post(part('text', pem()) + end, { origin: 'https://evil.test' })).status,
    };
    expect(statuses).toEqual({
      good: 200,
      large: 413,
      long: 413,
      many: 413,
      twice: 400,
      prototype: 400,
      endless: 400,
      nothing: 400,
      form: 415,
      foreign: 403,
    });
  });

  it('show how far an order is, and its certificates with files and days', async () => {
    const check = new PageCheck();
    const { items: people } = await api<{ items: { id: string; email: string }[] }>(
      'operator1',
      'GET',
      '/api/v1/people?agency=treasury',
    );
    const id = (start: string): string => people.find(({ email }) => email.startsWith(start))?.id ?? '';
    const order = await api<{ id: string }>('treasury-sponsor', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: id('grace.liu'),
      sponsorId: id('susan.grant'),
      items: [{ profile: 'gateway-sign', csr: pem() }],
    });
    const page = await browser.newPage();
    check.watch(page);
    await page.goto(portal(`/gateways/orders/${order.id}`));
    expect(await page.locator('.govuk-tag').first().textContent()).toBe('Waits for approval');
    for (const word of ['Grace', 'Liu', 'Susan', 'reasury']) expect(await page.content()).not.toContain(word);
    await check.look(page, 'gateway-order-pending');
    for (const name of ['operator1', 'operator2'])
      await instance.seeJson('order', 'approve', order.id, '--key', evaluation(`${name}.key.json`), '--yes');
    await waitUntil(
      'the certificate',
      async () => {
        await page.reload();
        return (await page.locator('.govuk-tag--green').count()) > 0;
      },
      20_000,
    );
    await check.look(page, 'gateway-order-issued');
    await page.locator('main ul a').first().click();
    await page.locator('.see-timeline').waitFor();
    expect(await page.locator('h1').textContent()).toContain('treasury.govt.nz');
    await check.look(page, 'gateway-certificate');
    const address = page.url();
    const load = async (file: string): Promise<Buffer> => {
      const answer = await fetch(`${address}/${file}`);
      expect(answer.status).toBe(200);
      const path = join(folder, file);
      const octets = Buffer.from(await answer.arrayBuffer());
      writeFileSync(path, octets);
      return octets;
    };
    const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    expect((await load('certificate.pem')).toString().match(/BEGIN CERT/g)).toHaveLength(1);
    expect((await load('chain.pem')).toString().match(/BEGIN CERT/g)).toHaveLength(3);
    await load('certificate.cer');
    await load('certificate.p7c');
    const root = Buffer.from(await (await fetch(`${instance.urls.va}/ca/root.cer`)).arrayBuffer());
    writeFileSync(join(folder, 'root.cer'), root);
    openssl('x509', '-inform', 'DER', '-in', 'root.cer', '-out', 'root.pem');
    expect(openssl('verify', '-CAfile', 'root.pem', '-untrusted', 'chain.pem', 'certificate.pem')).toContain('OK');
    const sha256 = address.split('/').at(-1) ?? '';
    const printed = openssl('x509', '-inform', 'DER', '-in', 'certificate.cer', '-noout', '-fingerprint', '-sha256');
    expect(printed.replaceAll(':', '').toLowerCase()).toContain(sha256);
    const inside = openssl('pkcs7', '-inform', 'DER', '-in', 'certificate.p7c', '-print_certs', '-noout');
    expect(inside.match(/subject=/g)).toHaveLength(3);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('have nothing about people', async () => {
    const { items } = await api<{ items: { id: string; email: string }[] }>(
      'operator1',
      'GET',
      '/api/v1/people?agency=treasury',
    );
    const grace = items.find(({ email }) => email.startsWith('grace.liu'))?.id ?? '';
    const susan = items.find(({ email }) => email.startsWith('susan.grant'))?.id ?? '';
    const order = await api<{ id: string }>('treasury-sponsor', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: grace,
      sponsorId: susan,
      items: [{ profile: 'user-auth' }],
    });
    const status = async (path: string): Promise<number> => (await fetch(portal(path))).status;
    expect(await status(`/gateways/orders/${order.id}`)).toBe(404);
    expect(await status(`/gateways/certificates/${'ab'.repeat(32)}`)).toBe(404);
    expect(await status(`/gateways/certificates/${'ab'.repeat(32)}/chain.pem`)).toBe(404);
  });

  it.each([...GATEWAY_PRODUCTS])('have the steps for $name', async ({ id }) => {
    const check = new PageCheck();
    const page = await browser.newPage();
    check.watch(page);
    await page.goto(portal(`/gateways/setup/${id}`));
    expect(await main(page)).toContain(`${instance.urls.va}/ca/root.cer`);
    await check.look(page, `gateway-setup-${id}`);
    await page.close();
    expect(check.problems).toEqual([]);
  });
});

/** An RSA key of 2048 bits, with a name in it. */
function weakRequest(folder: string): Buffer {
  const [key, csr] = [join(folder, 'weak.key'), join(folder, 'weak.der')];
  execFileSync(
    'openssl',
    [
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-subj',
      '/CN=somebody',
      '-addext',
      'subjectAltName=DNS:mail.example.test',
      '-outform',
      'DER',
      '-out',
      csr,
    ],
    { stdio: 'pipe' },
  );
  return readFileSync(csr);
}

function privateKey(folder: string): string {
  const path = join(folder, 'private.pem');
  if (!existsSync(path))
    execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-out', path], {
      stdio: 'pipe',
    });
  return readFileSync(path, 'utf8');
}
