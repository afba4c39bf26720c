import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { PageCheck } from './page-check.ts';
import { READERS } from './readers.ts';
import { sendForm } from './send-form.ts';

/** One person is entered and certificates are ordered for them, by pages alone. */
describe.skipIf(!hasChromium)('a single person', () => {
  let scene: BrowserScene;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  const idOf = async (email: string): Promise<string> =>
    (await scene.query<{ id: string }>('select id from people where email = $1', [email]))[0]?.id ?? '';
  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';
  const send = (page: Page, action: string): Promise<void> =>
    sendForm(page.locator(`form[action="${action}"] > button[type=submit]`));

  it.each(READERS)(
    'is entered and ordered for ($locale, $device), without scripts',
    async ({ name, locale, browser }) => {
      const email = `${name.toLowerCase()}.tauru@treasury.govt.nz`;
      const page = await scene.signedIn('operator1', '/console/people', { ...browser, javaScriptEnabled: false });
      await page.locator('main a[href="/console/people/new"]').click();
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      await send(page, '/console/people');
      for (const field of ['agencyId', 'surname', 'email'])
        await expect.poll(() => page.locator(`#${field}-error`).count()).toBe(1);
      await page.locator('#agencyId').selectOption('treasury');
      await page.locator('#givenName').fill(`${name} Te Ātea`);
      await page.locator('#surname').fill(`Pōtiki-${name}`);
      await page.locator('#email').fill(`${name}@elsewhere.test`);
      await send(page, '/console/people');
      await expect.poll(() => page.locator('#email-error').count()).toBe(1);
      expect(await page.locator('#givenName').inputValue()).toBe(`${name} Te Ātea`);
      await page.locator('#email').fill(email);
      await page.locator('#externalId').fill(`HR-${name}`);
      await send(page, '/console/people');
      await page.waitForURL('**?done=entered');
      const id = await idOf(email);
      const [row] = await scene.query('select given_name, display_name, external_id from people where id = $1', [id]);
      expect(row).toEqual({
        given_name: `${name} Te Ātea`,
        display_name: `${name} Te Ātea Pōtiki-${name}`,
        external_id: `HR-${name}`,
      });
      await page.locator(`main a[href="/console/people/${id}/order"]`).first().click();
      await send(page, `/console/people/${id}/order`);
      await expect.poll(() => page.locator('#profiles-error').count()).toBe(1);
      await page.locator('input[name=profiles][value=user-auth]').check();
      await page.locator('input[name=profiles][value=user-sign]').check();
      await send(page, `/console/people/${id}/order`);
      await page.waitForURL('**/console/orders/*?done=ordered');
      const orders = await scene.query('select profiles, agency_id from orders where applicant_id = $1', [id]);
      expect(orders).toEqual([{ profiles: ['user-auth', 'user-sign'], agency_id: 'treasury' }]);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      await page.context().close();
    },
  );

  it('is seen at every width, in both languages, with everything that can be wrong', async () => {
    const check = new PageCheck();
    const page = await scene.signedIn('operator1', '/console/people/new');
    check.watch(page);
    await check.look(page, 'person-new');
    await send(page, '/console/people');
    await check.look(page, 'person-new-empty', { inPlace: true });
    await page.locator('#agencyId').selectOption('treasury');
    await page.locator('#givenName').fill('Hemi');
    await page.locator('#surname').fill('Walker');
    await page.locator('#email').fill('hemi.walker@treasury.govt.nz');
    await send(page, '/console/people');
    expect(await main(page)).toContain('registered with this mail address already');
    await expect.poll(() => page.locator('main a[href^="/console/people/"]').count()).toBe(1);
    await check.look(page, 'person-new-address', { inPlace: true });
    await page.locator('#email').fill('hemi.walker2@treasury.govt.nz');
    await send(page, '/console/people');
    await page.locator('#namesake').waitFor();
    await check.look(page, 'person-new-namesake', { inPlace: true });
    await page.locator('#namesake').check();
    await page.locator('#email').fill('hemi.walker2@dpmc.govt.nz');
    await page.locator('#externalId').fill('4711');
    await send(page, '/console/people');
    expect(await main(page)).toContain('no mail domain of The Treasury');
    await check.look(page, 'person-new-refused', { inPlace: true });
    await page.locator('#email').fill('hemi.walker2@treasury.govt.nz');
    await send(page, '/console/people');
    await page.waitForURL('**?done=entered');
    await check.look(page, 'person-entered');
    await page.goto(`${scene.instance.urls.portal}/console/people/new`);
    await page.locator('#agencyId').selectOption('treasury');
    await page.locator('#surname').fill('Ngārimu');
    await page.locator('#email').fill('ngarimu@treasury.govt.nz');
    await page.locator('#externalId').fill('4711');
    await send(page, '/console/people');
    expect(await page.locator('#externalId-error').textContent()).toContain('has this number already');
    const id = await idOf('hemi.walker2@treasury.govt.nz');
    await page.goto(`${scene.instance.urls.portal}/console/people/${id}/order`);
    await check.look(page, 'person-order');
    await send(page, `/console/people/${id}/order`);
    await check.look(page, 'person-order-empty', { inPlace: true });
    await page.locator('input[name=profiles]').first().check();
    await page.locator('summary').first().click();
    await page.locator('#validityDays').fill('826');
    await send(page, `/console/people/${id}/order`);
    await page.locator('.govuk-error-summary').waitFor();
    expect(await page.locator('input[name=profiles]').first().isChecked()).toBe(true);
    await check.look(page, 'person-order-refused', { inPlace: true });
    await page.locator('#validityDays').fill('');
    await send(page, `/console/people/${id}/order`);
    await page.waitForURL('**?done=ordered');
    await check.look(page, 'order-made');
    await page.goto(`${scene.instance.urls.portal}/console/people/${id}/order`);
    await check.look(page, 'person-order-under-way');
    await page.context().close();
    expect(check.problems).toEqual([]);
  });

  it('gets nothing when the record does not allow it, and the page says what to do', async () => {
    const check = new PageCheck();
    const id = await idOf('grace.liu@treasury.govt.nz');
    await scene.query(`update people set next_review_at = now() - interval '1 day' where id = $1`, [id]);
    const page = await scene.signedIn('operator1', `/console/people/${id}/order`);
    check.watch(page);
    expect(await page.locator('main form').count()).toBe(0);
    await expect.poll(() => page.locator(`main ul a[href="/console/people/${id}"]`).count()).toBe(1);
    await check.look(page, 'person-order-blocked');
    await page.context().close();
    await scene.query(`update people set next_review_at = now() + interval '100 days' where id = $1`, [id]);
    expect(check.problems).toEqual([]);
  });

  it('is entered and ordered for by sponsors for their own agency, and by nobody else', async () => {
    const sponsor = await scene.signedIn('treasury-sponsor', '/console/people/new', { javaScriptEnabled: false });
    expect(await sponsor.locator('select#agencyId').count()).toBe(0);
    await sponsor.locator('#surname').fill('Kahurangi');
    await sponsor.locator('#email').fill('kahurangi@treasury.govt.nz');
    await send(sponsor, '/console/people');
    await sponsor.waitForURL('**?done=entered');
    const id = await idOf('kahurangi@treasury.govt.nz');
    await sponsor.goto(`${scene.instance.urls.portal}/console/people/${id}/order`);
    expect(await main(sponsor)).toContain('you give your word');
    await sponsor.locator('input[name=profiles][value=user-auth]').check();
    await send(sponsor, `/console/people/${id}/order`);
    await sponsor.waitForURL('**?done=ordered');
    const words = await scene.query(`select kind from evidence_items where person_id = $1`, [id]);
    expect(words).toEqual([{ kind: 'known-to-agency' }]);
    const other = await idOf('alan.hunt@dpmc.govt.nz');
    expect((await sponsor.goto(`${scene.instance.urls.portal}/console/people/${other}/order`))?.status()).toBe(404);
    await sponsor.context().close();
    const administrator = await scene.signedIn('administrator1', `/console/people/${id}`);
    expect(await administrator.locator(`a[href="/console/people/${id}/order"]`).count()).toBe(0);
    expect((await administrator.goto(`${scene.instance.urls.portal}/console/people/${id}/order`))?.status()).toBe(403);
    await administrator.context().close();
  });

  it.each(READERS)(
    'gets another number, a file of their record and a link for a passkey ($locale, $device)',
    async ({ name, locale, browser }) => {
      const id = await idOf(`${name.toLowerCase()}.tauru@treasury.govt.nz`);
      const own = `/console/people/${id}`;
      const options = { ...browser, javaScriptEnabled: false, acceptDownloads: true };
      const page = await scene.signedIn('operator1', own, options);
      const number = async (text: string): Promise<void> => {
        await page.locator(`summary:has(+ * form[action="${own}/number"])`).click();
        await page.locator('#externalId').fill(text);
        await sendForm(page.locator(`form[action="${own}/number"] button`));
      };
      await number('tōnui');
      await expect.poll(() => page.locator('.govuk-error-summary').count()).toBe(1);
      await number(`NEW-${name}`);
      await page.waitForURL('**?done=numbered');
      expect(await scene.query('select external_id from people where id = $1', [id])).toEqual([
        { external_id: `NEW-${name}` },
      ]);
      let bundle = '';
      await expect
        .poll(
          async () => {
            await page.goto(`${scene.instance.urls.portal}${own}`);
            const file = page.waitForEvent('download', { timeout: 1_500 }).catch(() => undefined);
            await page.locator(`form[action="${own}/export"] button`).click();
            const path = await (await file)?.path();
            bundle = path === undefined ? '' : readFileSync(path, 'utf8');
            return bundle.length;
          },
          { timeout: 20_000 },
        )
        .toBeGreaterThan(100);
      expect(bundle).toContain(`NEW-${name}`);
      await page.context().close();
      const administrator = await scene.signedIn('administrator1', own, options);
      expect(await administrator.locator(`form[action="${own}/export"]`).count()).toBe(0);
      await sendForm(administrator.locator(`form[action="${own}/passkey-link"] button`));
      expect(await administrator.locator('main code').textContent()).toContain('/console/passkey#');
      expect(await administrator.locator('html').getAttribute('lang')).toBe(locale);
      await administrator.context().close();
    },
  );

  it('has pages for all of it that everybody can read', async () => {
    const check = new PageCheck();
    const id = await idOf('wai.tauru@treasury.govt.nz');
    const page = await scene.signedIn('administrator1', `/console/people/${id}`);
    check.watch(page);
    for (const summary of await page.locator('main summary').all()) await summary.click();
    await check.look(page, 'person-identity', { inPlace: true });
    await sendForm(page.locator('form[action$="/passkey-link"] button'));
    await check.look(page, 'passkey-link', { inPlace: true });
    await page.context().close();
    expect(check.problems).toEqual([]);
  });
});
