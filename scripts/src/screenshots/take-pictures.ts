import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '../../../test/browser/chromium.ts';
import type { TestInstance } from '../../../test/support/instance.ts';
import { type Reader, type Stop, TOUR } from '../../../test/support/page-tour.ts';
import type { Shown } from './picture-index.ts';

const KINDS = {
  desktop: { width: 1280, height: 900, scheme: 'light' },
  phone: { width: 375, height: 812, scheme: 'light' },
  dark: { width: 1280, height: 900, scheme: 'dark' },
} as const;

/** Goes through the tour and keeps a picture of each page and kind. Throws where a page is not there. */
export async function takePictures(
  browser: Browser,
  instance: TestInstance,
  scene: Readonly<Record<string, string>>,
  folder: string,
): Promise<readonly Shown[]> {
  const contexts = new Map<Reader, BrowserContext>();
  const shown: Shown[] = [];
  for (const stop of TOUR) {
    const context = contexts.get(stop.reader) ?? (await contextFor(browser, instance, stop.reader));
    contexts.set(stop.reader, context);
    shown.push(await pictures(context, instance, stop, scene, folder));
  }
  await Promise.all([...contexts.values()].map((context) => context.close()));
  return shown;
}

async function contextFor(browser: Browser, instance: TestInstance, reader: Reader): Promise<BrowserContext> {
  const context = await browser.newContext({ timezoneId: 'Pacific/Auckland', locale: 'en-NZ' });
  if (reader === 'anybody') return context;
  const token = readFileSync(join(instance.dataDir, 'evaluation', `${reader}.token`), 'utf8').trim();
  const page = await context.newPage();
  await page.goto(`${instance.urls.portal}/console/sign-in`);
  await page.locator('#token').fill(token);
  await page.locator('form:has(#token) button[type=submit]').click();
  await page.waitForURL('**/console');
  await page.close();
  return context;
}

async function pictures(
  context: BrowserContext,
  instance: TestInstance,
  { name, path, reader, at }: Stop,
  scene: Readonly<Record<string, string>>,
  folder: string,
): Promise<Shown> {
  const place = path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => {
    const found = scene[key];
    if (!found) throw new Error(`the scene has no ${key}`);
    return found;
  });
  const page = await context.newPage();
  const response = await page.goto(`${instance.urls[at ?? 'portal']}${place}`, { waitUntil: 'networkidle' });
  const status = response?.status() ?? 0;
  if (status >= 500 || (status >= 400 && !/-(?:not-found|wrong)$/.test(name))) throw new Error(`${name}: ${status}`);
  const files: Record<string, string> = {};
  for (const [kind, { width, height, scheme }] of Object.entries(KINDS)) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    files[kind] = `${name}-${kind}.png`;
    await page.screenshot({ path: join(folder, files[kind]), fullPage: true });
  }
  await page.close();
  return { name, path, reader, pictures: files };
}
