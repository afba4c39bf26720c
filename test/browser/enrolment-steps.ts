import type { Page } from 'playwright-core';
import type { BrowserScene } from './browser-scene.ts';
import type { CheckOptions } from './page-check.ts';

/** What somebody has who went all the way with a code. */
export interface Enrolled {
  readonly passphrase: string;
  /** Where the first file is saved. */
  readonly file: string;
  /** What the page took the device for. */
  readonly device: string;
  /** SHA-256 of the certificate, hex. */
  readonly sha256: string;
}

/** Told of each step when its page is there. */
export type AtStep = (step: string, options: CheckOptions) => Promise<void>;

/** From the code to the page that says how to install the file, finding nothing by its words. */
export async function enrol(
  scene: BrowserScene,
  page: Page,
  { orderId, code }: { readonly orderId: string; readonly code: string },
  at: AtStep = async () => undefined,
): Promise<Enrolled> {
  await page.goto(scene.url(`/enrol/${orderId}`));
  await page.locator('#code').waitFor();
  await at('1-code', { makesKeys: true });
  await page.locator('#code').fill(code);
  await page.locator('#code-continue').click();
  await page.locator('#details-continue').waitFor({ timeout: 30_000 });
  await at('2-details', { makesKeys: true, inPlace: true });
  await page.locator('#details-continue').click();
  await at('3-device', { makesKeys: true, inPlace: true });
  const device = (await page.locator('input[name=device]:checked').getAttribute('value')) ?? '';
  await page.locator('#device-continue').click();
  await page.locator('#passphrase').waitFor({ timeout: 60_000 });
  await at('5-save', { makesKeys: true, inPlace: true });
  const passphrase = (await page.locator('#passphrase').textContent()) ?? '';
  const file = await scene.save(page, '.see-file__main');
  await page.locator('#save-continue').click();
  await page.locator('#saved-error').waitFor();
  await page.locator('#saved').check();
  await page.locator('#save-continue').click();
  await page.waitForURL(/\/install\/\w+\?certificate=[0-9a-f]{64}$/);
  return { passphrase, file, device, sha256: page.url().slice(-64) };
}
