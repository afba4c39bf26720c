import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY_PRODUCTS } from '@see/ui';
import { encodePem } from '@see/x509';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { READERS } from './readers.ts';

const HOSTILE = '../shared/hostile';

/** What a gateway's administrator does without signing in: check a request, follow an order, fetch certificates, set up. */
describe.skipIf(!hasChromium)('pages for gateways', () => {
  let scene: BrowserScene;
  let folder: string;
  const pem = (): string => encodePem('CERTIFICATE REQUEST', csrOf(newKey()));

  beforeAll(async () => {
    scene = await BrowserScene.open();
    folder = scene.folder;
  });
  afterAll(() => scene?.close());

  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

  it.each(['en-NZ', 'mi-NZ'])('check a good and a bad request, with and without scripts (%s)', async (locale) => {
    const check = new PageCheck();
    for (const javaScriptEnabled of [true, false]) {
      const page = await scene.at('/gateways/check', { javaScriptEnabled, locale });
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
      const page = await scene.at('/gateways/check');
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
      fetch(scene.url('/gateways/check'), {
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

  it.each(READERS)('lead $name ($locale, $device) from a request to files that openssl verifies', async (reader) => {
    const check = new PageCheck();
    const at = (place: string, inPlace = false): Promise<void> =>
      reader === READERS[0]
        ? check.look(page, `gateway-${place}`, { inPlace })
        : check.glance(page, `gateway-${place}`, reader.locale);
    const sign = csrFile(`${reader.name}-sign.csr`);
    const encrypt = csrFile(`${reader.name}-encrypt.csr`);
    const page = await scene.at('/gateways', { check, ...reader.browser });
    await page.locator('main a[role=button][href="/gateways/check"]').click();
    await page.locator('#file').setInputFiles(sign);
    await page.locator('#profile').selectOption('gateway-sign');
    await page.locator('main button[type=submit]').click();
    await page.locator('#read-out .govuk-tag--green').waitFor();
    await at('read-out', true);

    const orderId = await scene.people.gatewayOrders([
      { profile: 'gateway-sign', csr: readFileSync(sign, 'utf8') },
      { profile: 'gateway-encrypt', csr: readFileSync(encrypt, 'utf8') },
    ]);
    await page.goto(scene.url(`/gateways/orders/${orderId}`));
    await expect.poll(() => page.locator('.govuk-tag').count()).toBe(1);
    for (const word of ['Grace', 'Liu', 'Susan', 'reasury']) expect(await page.content()).not.toContain(word);
    await at('order-pending');
    await scene.people.approveAs('operator1', orderId);
    await page.reload();
    expect(await page.locator('.see-dense').textContent()).toMatch(/1 \D+ 2/);
    await scene.people.approveAs('operator2', orderId);
    await waitUntil('the certificates', async () => (await scene.people.certificatesOf(orderId)).length === 2, 20_000);
    await page.reload();
    await at('order-issued');
    for (const [index, sha256] of (await scene.people.certificatesOf(orderId)).entries()) {
      await page.goto(scene.url(`/gateways/orders/${orderId}`));
      await page.locator(`main a[href="/gateways/certificates/${sha256}"]`).click();
      await page.locator('.see-timeline').waitFor();
      expect(await page.locator('h1').textContent()).toContain('treasury.govt.nz');
      if (index === 0) await at('certificate');
      await assertFiles(page, sha256);
    }
    const [, encrypts = ''] = await scene.people.certificatesOf(orderId);
    await assertMembers(page, encrypts);
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  /** A request made by openssl, as an administrator makes it. */
  function csrFile(name: string): string {
    const path = join(folder, name);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-keyout', `${path}.key`];
    openssl('req', '-new', ...key, '-subj', '/CN=gateway', '-out', path);
    return path;
  }

  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  /** Loads each file that the page of a certificate offers, and has openssl read and verify it. */
  async function assertFiles(page: Page, sha256: string): Promise<void> {
    const load = (name: string): Promise<string> =>
      scene.save(page, `main a[href="/gateways/certificates/${sha256}/${name}"]`);
    const [pem, der, chain, p7c] = [
      await load('certificate.pem'),
      await load('certificate.cer'),
      await load('chain.pem'),
      await load('certificate.p7c'),
    ];
    expect(readFileSync(pem, 'utf8').match(/BEGIN CERT/g)).toHaveLength(1);
    expect(readFileSync(chain, 'utf8').match(/BEGIN CERT/g)).toHaveLength(3);
    const root = await (await fetch(`${scene.instance.urls.va}/ca/root.cer`)).arrayBuffer();
    writeFileSync(join(folder, 'root.cer'), new Uint8Array(root));
    openssl('x509', '-inform', 'DER', '-in', 'root.cer', '-out', 'root.pem');
    expect(openssl('verify', '-CAfile', 'root.pem', '-untrusted', chain, pem)).toContain('OK');
    const printed = openssl('x509', '-inform', 'DER', '-in', der, '-noout', '-fingerprint', '-sha256');
    expect(printed.replaceAll(':', '').toLowerCase()).toContain(sha256);
    const inside = openssl('pkcs7', '-inform', 'DER', '-in', p7c, '-print_certs', '-noout');
    expect(inside.match(/subject=/g)).toHaveLength(3);
    const calendar = await page.locator('main a[href$="/renewal.ics"]').getAttribute('href');
    expect(await (await fetch(scene.url(calendar ?? ''))).text()).toContain('BEGIN:VEVENT');
  }

  /** Loads what the page says of all members, which has a certificate soon after it was issued. */
  async function assertMembers(page: Page, sha256: string): Promise<void> {
    await page.goto(scene.url('/gateways'));
    const address = async (name: string): Promise<string> =>
      (await page.locator(`main a[href$="/${name}"]`).first().getAttribute('href')) ?? '';
    const [pem, p7b] = [await address('members.pem'), await address('members.p7b')];
    const file = join(folder, 'members.pem');
    const listed = async (): Promise<boolean> => {
      writeFileSync(file, await (await fetch(pem)).text());
      const found =
        readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      return found.some((one) => new X509Certificate(one).fingerprint256.replaceAll(':', '').toLowerCase() === sha256);
    };
    await waitUntil('the certificate among the members', listed, 40_000);
    writeFileSync(join(folder, 'members.p7b'), new Uint8Array(await (await fetch(p7b)).arrayBuffer()));
    expect(openssl('pkcs7', '-inform', 'DER', '-in', 'members.p7b', '-print_certs', '-noout')).toContain(
      'domain-confidentiality-authority',
    );
  }

  it('have nothing about people', async () => {
    const orderId = await scene.people.order('grace.liu@treasury.govt.nz', ['user-auth']);
    const status = async (path: string): Promise<number> => (await fetch(scene.url(path))).status;
    expect(await status(`/gateways/orders/${orderId}`)).toBe(404);
    expect(await status(`/gateways/certificates/${'ab'.repeat(32)}`)).toBe(404);
    expect(await status(`/gateways/certificates/${'ab'.repeat(32)}/chain.pem`)).toBe(404);
  });

  it.each([...GATEWAY_PRODUCTS])('have the steps for $name', async ({ id }) => {
    const check = new PageCheck();
    const page = await scene.browser.newPage();
    check.watch(page);
    await page.goto(scene.url(`/gateways/setup/${id}`));
    expect(await main(page)).toContain(`${scene.instance.urls.va}/ca/root.cer`);
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
