import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { keyIdOf, openEnvelope } from '@see/cms';
import { Refusal } from '@see/http';
import { type AssetSet, loadAssets } from '@see/ui';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from './chromium.ts';
import { CODE, ORDER_ID, type RedemptionService, startRedemptionService } from './redemption-service.ts';
import { ThrowawayCa } from './throwaway-ca.ts';

describe.skipIf(!hasChromium)('the enrolment page', () => {
  let ca: ThrowawayCa;
  let service: RedemptionService;
  let browser: Browser;
  let assets: AssetSet;
  let problems: string[];

  beforeAll(async () => {
    ca = new ThrowawayCa();
    assets = loadAssets();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    ca?.close();
  });
  afterEach(async () => {
    await service?.close();
    expect(problems).toEqual([]);
  });

  /** Opens the page as a new reader. Errors of scripts and of the content security policy fail the test. */
  async function open(expected: readonly RegExp[] = []): Promise<Page> {
    service = await startRedemptionService(ca, assets);
    problems = [];
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() !== 'error' || expected.some((known) => known.test(message.text()))) return;
      problems.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(service.url) && !request.url().startsWith('blob:'))
        problems.push(`foreign request ${request.url()}`);
    });
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${service.url}/enrol/${ORDER_ID}`);
    await page.locator('#code').waitFor({ state: 'visible' });
    return page;
  }

  async function download(page: Page, selector: string, index: number): Promise<Uint8Array> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator(selector).nth(index).click()]);
    return new Uint8Array(readFileSync(await file.path()));
  }

  it('makes keys, gets certificates and leaves files that openssl opens with the passphrase shown', async () => {
    const page = await open([/status of 404/]);
    await page.keyboard.type(CODE.toLowerCase().replaceAll('-', ' ').replace('0', 'o'));
    await page.keyboard.press('Enter');
    await page.locator('#details-name').waitFor({ state: 'visible' });
    expect(await page.locator('#details-name').textContent()).toBe('Jane <b>Doe</b>');
    expect(await page.locator('#no-escrow').isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.locator('#details-continue').click();
    await page.locator('#device-continue').click();
    await page.locator('#passphrase').waitFor({ state: 'visible', timeout: 30_000 });
    const passphrase = (await page.locator('#passphrase').textContent()) ?? '';
    expect(passphrase).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){5}$/);

    const secrets: Buffer[] = [];
    for (const index of [0, 1]) {
      const [main, other] = [
        await download(page, '.see-file__main', index),
        await (async () => {
          await page.locator('.see-file summary').nth(index).click();
          return download(page, '.see-file__other', index);
        })(),
      ];
      const opened = [ca.open(main, passphrase), ca.open(other, passphrase)];
      const scalars = opened.map(({ key }) =>
        Buffer.from(createPrivateKey(key).export({ format: 'jwk' }).d ?? '', 'base64url'),
      );
      expect(scalars[0]?.length).toBe(48);
      expect(scalars[0]?.equals(scalars[1] ?? Buffer.alloc(0))).toBe(true);
      expect(opened[0]?.certificates).toContain('Jane Doe');
      secrets.push(...scalars.slice(0, 1));
      expect(() => ca.open(main, `${passphrase}x`)).toThrow();
    }
    expect(secrets[0]?.equals(secrets[1] ?? Buffer.alloc(0))).toBe(false);
    assertNothingLeaked(Buffer.concat(service.received), [
      ...secrets,
      Buffer.from(passphrase),
      Buffer.from(CODE.replaceAll('-', '')),
    ]);

    await page.locator('#save-continue').click();
    expect(await page.locator('#saved-error').isVisible()).toBe(true);
    await page.locator('#saved').check();
    await page.locator('#save-continue').click();
    // The page is replaced, so that nobody comes back to the keys.
    await page.waitForURL(/\/install\/linux\?certificate=[0-9a-f]{64}$/);
    await page.goBack();
    expect(page.url()).not.toContain('/enrol/');
  });

  it('says before a key is made that a copy is kept and for whom, and makes one that two of them open', async () => {
    const agents = ['Ann Agent', 'Bob Agent', 'Cy Agent'].map((label) => {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
      const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
      const privateKeyPkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
      return { label, spki, opening: { privateKeyPkcs8, identifier: { kind: 'key', keyId: keyIdOf(spki) } as const } };
    });
    const page = await open();
    service.keptFor = {
      statement: 'ab'.repeat(48),
      agents: agents.map(({ label, spki }) => ({ label, publicKey: Buffer.from(spki).toString('base64') })),
    };
    await page.locator('#code').fill(CODE);
    await page.locator('#code-continue').click();
    await page.locator('#escrow').waitFor({ state: 'visible' });
    expect(await page.locator('#escrow-agents').textContent()).toBe('Ann Agent, Bob Agent and Cy Agent');
    expect(await page.locator('#no-escrow').isVisible()).toBe(false);
    expect(Buffer.concat(service.received).toString('latin1')).not.toContain('"csr"');
    await page.locator('#details-continue').click();
    await page.locator('#device-continue').click();
    await page.locator('#passphrase').waitFor({ state: 'visible', timeout: 30_000 });
    const passphrase = (await page.locator('#passphrase').textContent()) ?? '';

    const sent = Buffer.concat(service.received).toString('latin1');
    expect(sent.match(/"escrow":/g)?.length).toBe(1);
    const envelopes = JSON.parse(/"envelopes":(\[[^\]]+\])/.exec(sent)?.[1] ?? '[]') as string[];
    const [ann, , cy] = agents;
    if (!ann || !cy) throw new Error('agents are missing');
    const { subtle } = globalThis.crypto;
    const inner = await openEnvelope(new Uint8Array(Buffer.from(envelopes[0] ?? '', 'base64')), ann.opening, subtle);
    await expect(openEnvelope(inner, ann.opening, subtle)).rejects.toThrow();
    const pkcs8 = Buffer.from(await openEnvelope(inner, cy.opening, subtle));
    const file = await download(page, '.see-file__main', 1);
    const copy = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    expect(copy.equals(createPrivateKey(ca.open(file, passphrase).key))).toBe(true);
  });

  it('says what is wrong with a code, with the tries that are left, and locks', async () => {
    const page = await open([/status of 403/]);
    await page.locator('#code').fill('1234');
    await page.locator('#code-continue').click();
    await expectText(page, '#code-error-text', /16 letters and digits/);
    for (const left of [4, 3, 2, 1]) {
      await page.locator('#code').fill('AAAA-AAAA-AAAA-AAAA');
      await page.locator('#code-continue').click();
      await expectText(page, '#code-error-text', left === 1 ? /1 try left/ : new RegExp(`${left} tries left`));
      expect(await page.locator('#code').getAttribute('aria-invalid')).toBe('true');
    }
    await page.locator('#code').fill('AAAA-AAAA-AAAA-AAAA');
    await page.locator('#code-continue').click();
    await expectText(page, '#dead-end-title', /locked/);
    expect(await page.locator('#try-again').isVisible()).toBe(false);
  });

  it.each([
    ['not-redeemable', /can no longer be used/, '#dead-end-title'],
    ['too-many-requests', /too many tries/, '#code-error-text'],
    ['unavailable', /problem at the moment/, '#code-error-text'],
  ] as const)('says %s in plain words', async (code, words, place) => {
    const page = await open([/status of (410|429|503)/]);
    service.failWith = new Refusal(code, 'x');
    await page.locator('#code').fill(CODE);
    await page.locator('#code-continue').click();
    await expectText(page, place, words);
  });

  it('keeps the keys when the service goes away between code and certificates', async () => {
    const page = await open([/status of 503/]);
    await page.locator('#code').fill(CODE);
    await page.locator('#code-continue').click();
    await page.locator('#details-continue').waitFor({ state: 'visible' });
    service.failWith = new Refusal('unavailable', 'x');
    await page.locator('#details-continue').click();
    await page.locator('#device-continue').click();
    await page.locator('#try-again').waitFor({ state: 'visible' });
    service.failWith = undefined;
    await page.locator('#try-again').click();
    await page.locator('#passphrase').waitFor({ state: 'visible', timeout: 30_000 });
    const keys =
      Buffer.concat(service.received)
        .toString('latin1')
        .match(/"csr":"[^"]+"/g) ?? [];
    expect(keys.length).toBe(4);
    expect(new Set(keys).size).toBe(2);
  });

  it('tells those without scripts what to do', async () => {
    service = await startRedemptionService(ca, assets);
    problems = [];
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${service.url}/enrol/${ORDER_ID}`);
    await page.locator(`text=see order redeem ${ORDER_ID}`).waitFor({ state: 'visible' });
    expect(await page.locator('#code').isVisible()).toBe(false);
    await context.close();
  });
});

async function expectText(page: Page, selector: string, pattern: RegExp): Promise<void> {
  await page.locator(selector, { hasText: pattern }).waitFor({ state: 'visible', timeout: 20_000 });
}

/** Looks for secrets in what was sent: as octets, hex, base64 at each of its three alignments, decimal and text. */
function assertNothingLeaked(sent: Buffer, secrets: readonly Buffer[]): void {
  expect(sent.length).toBeGreaterThan(1_000);
  const text = sent.toString('latin1');
  const letters = text.toLowerCase();
  for (const secret of secrets) {
    expect(sent.includes(secret)).toBe(false);
    expect(letters.includes(secret.toString('hex'))).toBe(false);
    expect(text.includes(BigInt(`0x${secret.toString('hex')}`).toString())).toBe(false);
    for (const shift of [0, 1, 2]) {
      // The characters that stay the same whatever stands before and after.
      const whole = Buffer.concat([Buffer.alloc(shift), secret])
        .toString('base64')
        .replaceAll('=', '');
      const sure = whole.slice(shift === 0 ? 0 : shift + 1, -2);
      expect(text.includes(sure)).toBe(false);
      expect(text.includes(sure.replaceAll('+', '-').replaceAll('/', '_'))).toBe(false);
    }
  }
}
