import type { BrowserContextOptions } from 'playwright-core';

/** Somebody who takes a journey. */
export interface Reader {
  readonly name: string;
  readonly locale: 'en-NZ' | 'mi-NZ';
  /** The device that the portal takes theirs for. */
  readonly device: 'linux' | 'android' | 'iphone';
  /** What their browser is like. */
  readonly browser: BrowserContextOptions;
}

const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1';
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
const phone: BrowserContextOptions = { viewport: { width: 375, height: 812 }, hasTouch: true };

const reader = (
  name: string,
  locale: Reader['locale'],
  device: Reader['device'],
  browser: BrowserContextOptions,
): Reader => ({ name, locale, device, browser: { ...browser, locale } });

/** Each journey is taken by all of them: on a desktop and on a phone, in English and te reo Māori. Nothing on it is found by its words. */
export const READERS: readonly Reader[] = [
  reader('Wai', 'en-NZ', 'linux', desktop),
  reader('Kiri', 'mi-NZ', 'linux', desktop),
  reader('Hana', 'en-NZ', 'iphone', { ...phone, userAgent: IPHONE }),
  reader('Tui', 'mi-NZ', 'android', { ...phone, userAgent: ANDROID }),
];
