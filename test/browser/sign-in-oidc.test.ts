import { readOidcSettings } from '@see/process';
import { loadAssets } from '@see/ui';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../services/ra/src/app.ts';
import { OidcProvider } from '../../services/ra/src/oidc/oidc-provider.ts';
import { TestProvider } from '../support/oidc-provider.ts';
import { openSignInCalls, type SignInCalls } from '../support/sign-in-calls.ts';
import { hasChromium, launchChromium } from './chromium.ts';

const SECRET = 'a secret that only these two know';

/** Signing in by OpenID Connect with a real browser, whose cookies are Strict, and a provider on another site. */
describe.skipIf(!hasChromium)('signing in by an account', () => {
  let on: SignInCalls;
  let provider: TestProvider;
  let browser: Browser;
  let close: () => Promise<void>;

  beforeAll(async () => {
    on = await openSignInCalls();
    const { instance } = on.world;
    provider = await TestProvider.start([`${instance.urls.portal}/console/sign-in/oidc/callback`], SECRET);
    const settings = readOidcSettings({
      SEE_OIDC_ISSUER: provider.issuer,
      SEE_OIDC_CLIENT_ID: 'see',
      SEE_OIDC_ACR_VALUES: 'urn:mfa',
      SEE_OIDC_NAME: 'Agency login',
    });
    if (!settings) throw new Error('no settings');
    const { ra } = on.calls.registration;
    const assets = loadAssets();
    const oidc = new OidcProvider(settings, SECRET, () => new Date());
    const app = await buildApp({ ...ra, oidc, site: { ...ra.site, assets: assets.references } }, assets);
    await app.listen({ host: '127.0.0.1', port: instance.ports.portal });
    close = () => app.close();
    const added = await app.inject({
      method: 'POST',
      url: `/api/v1/people/${on.mere()}/sign-in-accounts`,
      headers: { host: 'localhost', authorization: `Bearer ${on.administrator}` },
      payload: { subject: 'mere-at-agency' },
    });
    expect(added.statusCode).toBe(201);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await close?.();
    await provider?.stop();
    await on?.close();
  });

  it('takes one press, there and back again, and without scripts too', async () => {
    const { portal } = on.world.instance.urls;
    await provider.behave({ subject: 'mere-at-agency', acr: 'urn:mfa' });
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled, ignoreHTTPSErrors: true });
      const page = await context.newPage();
      await page.goto(`${portal}/console/orders`);
      await page
        .getByRole('link', { name: 'Sign in with Agency login' })
        .or(page.getByRole('button', { name: 'Sign in with Agency login' }))
        .click();
      await page.waitForURL(`${portal}/console/orders`);
      expect(await page.getByText('Mere Tahana').first().isVisible()).toBe(true);
      const cookies = await context.cookies(portal);
      expect(cookies.map(({ name, sameSite }) => [name, sameSite])).toEqual([['see-session', 'Strict']]);
      await context.close();
    }
  });
});
