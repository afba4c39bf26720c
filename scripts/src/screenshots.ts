import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasChromium, launchChromium } from '../../test/browser/chromium.ts';
import { startInstance } from '../../test/support/instance.ts';
import { makeScene } from '../../test/support/page-scene.ts';
import { pictureIndex } from './screenshots/picture-index.ts';
import { takePictures } from './screenshots/take-pictures.ts';

/** `npx --yes pnpm@12 screenshots [FOLDER]`: pictures of every page of an instance with demo data, and an index of them. */
const folder = resolve(process.env['INIT_CWD'] ?? '.', process.argv[2] ?? 'screenshots');
if (!hasChromium) throw new Error('pictures need Chromium: apt-get install chromium');
mkdirSync(folder, { recursive: true });
const instance = await startInstance();
const browser = await launchChromium();
try {
  const shown = await takePictures(browser, instance, await makeScene(instance), folder);
  writeFileSync(join(folder, 'index.html'), pictureIndex(shown));
  process.stdout.write(`${shown.length} pages in ${join(folder, 'index.html')}\n`);
} finally {
  await browser.close();
  await instance.remove();
}
