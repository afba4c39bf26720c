import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { BrowserScene } from './browser-scene.ts';
import { hasChromium } from './chromium.ts';
import { enrol } from './enrolment-steps.ts';
import { PageCheck } from './page-check.ts';
import { READERS } from './readers.ts';

/** Who lost the files gets new ones by a link in a mail: from the page that explains it to the old certificate's end. */
describe.skipIf(!hasChromium)('who lost the file', () => {
  let scene: BrowserScene;
  /** SHA-256 of the certificate that each reader lost, by name. */
  const lost = new Map<string, string>();

  beforeAll(async () => {
    scene = await BrowserScene.open();
  });
  afterAll(() => scene?.close());

  /** A certificate that somebody made with a code, by the command. */
  async function certificateOf(email: string): Promise<string> {
    const { orderId, code } = await scene.people.codeFor(email, ['user-auth']);
    const [codeFile, out] = [join(scene.folder, `${orderId}.code`), join(scene.folder, orderId)];
    writeFileSync(codeFile, code);
    await scene.instance.seeJson('order', 'redeem', orderId, '--code-file', codeFile, '--out', out, '--yes');
    return (await scene.people.certificatesOf(orderId))[0] ?? '';
  }

  it.each(READERS)('asks by mail, without scripts, and enrols again: $name ($locale, $device)', async (reader) => {
    const check = new PageCheck();
    const email = await scene.people.newPerson(reader.name, 'Loser');
    lost.set(reader.name, await certificateOf(email));
    const closely = reader === READERS[0];
    const page = await scene.at('/lost', { check, ...reader.browser, javaScriptEnabled: closely });
    const at = (place: string, inPlace = false): Promise<void> =>
      closely ? check.look(page, place, { inPlace }) : check.glance(page, place, reader.locale);
    await page.locator('form[action="/lost"] button').click();
    await page.locator('.govuk-error-summary a[href="#email"]').waitFor();
    await at('portal-lost-error', true);
    await page.locator('#email').fill(email);
    await page.locator('form[action="/lost"] button').click();
    await page.waitForURL('**/lost?asked=yes');
    await expect.poll(() => page.locator('.govuk-notification-banner').count()).toBe(1);
    await at('portal-lost-asked');
    const link = await scene.people.linkFrom('reissue', '/reissue', email);
    await page.goto(scene.url(link));
    await at('portal-reissue');
    await page.locator('main form button').click();
    await page.locator('.govuk-error-summary a[href="#others"]').waitFor();
    await at('portal-reissue-error', true);
    await page.locator('input[name=others][value=no]').check();
    await page.locator('main form button').click();
    const reference = (await page.locator('.see-reference').textContent()) ?? '';
    await at('portal-reissue-ordered', true);
    expect((await page.goto(scene.url(link)))?.status()).toBe(410);
    await at('portal-reissue-over');
    await page.context().close();
    const [{ id } = { id: '' }] = await scene.query<{ id: string }>(
      'select id from orders where upper(id::text) like $1',
      [`${reference}%`],
    );
    await scene.people.approve(id);
    const again = await scene.page({ check, ...reader.browser });
    await enrol(scene, again, { orderId: id, code: await scene.people.code(id) });
    await again.context().close();
    expect(check.problems).toEqual([]);
  });

  it('sees the old one end as superseded when the new one is there', async () => {
    const check = new PageCheck();
    const ended = async (): Promise<boolean> => {
      const rows = await scene.query<{ sha256: string; reason: number }>(
        `select encode(sha256, 'hex') as sha256, reason from revocations join certificates c on c.id = certificate_id`,
      );
      return [...lost.values()].every((one) => rows.some(({ sha256, reason }) => sha256 === one && reason === 4));
    };
    expect(lost.size).toBe(READERS.length);
    await waitUntil('the revocations', ended, 60_000);
    const page = await scene.signedIn('operator1', `/console/certificates/${lost.get('Wai')}`, { check });
    await check.look(page, 'console-certificate-superseded');
    expect(check.problems).toEqual([]);
  });
});
