import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { TestInstance } from '../support/instance.ts';

/** Signs somebody of the evaluation instance in, by their token, and ends on the page that was asked for. */
export async function signInWithToken(page: Page, instance: TestInstance, who: string, place: string): Promise<void> {
  const token = readFileSync(join(instance.dataDir, 'evaluation', `${who}.token`), 'utf8').trim();
  await page.goto(`${instance.urls.portal}${place}`);
  await page.locator('#token').fill(token);
  await page.locator('form:has(#token) button[type=submit]').click();
  await page.waitForURL(`**${place}`);
}
