import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

export type { Browser, BrowserContext } from 'playwright-core';

const PATH = '/usr/bin/chromium';

/** Whether the browser of the system is there. Tests that need it skip loudly where it is not. */
export const hasChromium = existsSync(PATH);
if (!hasChromium) console.warn(`SKIPPED: the browser tests need ${PATH} (apt-get install chromium)`);

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
  });
}
