import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CertificateDoor, type Credential } from '../support/certificate-door.ts';
import { hasChromium, launchChromium } from './chromium.ts';

/** Signing in at the port for mutual TLS with a real browser, which shows the certificate by itself. */
describe.skipIf(!hasChromium)('signing in by certificate', () => {
  let on: CertificateDoor;
  let browser: Browser;
  let aroha: Credential;

  beforeAll(async () => {
    on = await CertificateDoor.open();
    await on.issueServerCertificate();
    await on.doors.look();
    aroha = await on.issueTo('aroha.ngata@ssc.govt.nz');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await on?.close();
  });

  it('takes one press, and a browser without a certificate is told what to do', async () => {
    const origin = `https://localhost:${on.world.instance.ports.mtls}`;
    const context = await browser.newContext({
      // What the browser itself verifies by is not what is tried here: the command line does, in tls-instance.
      ignoreHTTPSErrors: true,
      clientCertificates: [{ origin, cert: Buffer.from(aroha.cert), key: Buffer.from(aroha.key) }],
    });
    const page = await context.newPage();
    await page.goto(`${origin}/console/orders`);
    expect(page.url()).toContain('/console/sign-in?next=%2Fconsole%2Forders');
    expect(await page.getByText('Your certificate names you, Aroha Ngata.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${origin}/console/orders`);
    expect(await page.getByText('Aroha Ngata').first().isVisible()).toBe(true);
    const [cookie] = await context.cookies(origin);
    expect(cookie).toMatchObject({ name: '__Host-see-session', secure: true, httpOnly: true, sameSite: 'Strict' });
    await page.goto(`${origin}/console/sessions`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    await context.close();
    const without = await browser.newContext({ ignoreHTTPSErrors: true });
    const refused = await without.newPage();
    const answer = await refused.goto(`${origin}/console`);
    expect(answer?.status()).toBe(401);
    expect(await refused.getByText('No certificate came').isVisible()).toBe(true);
    await without.close();
  });
});
