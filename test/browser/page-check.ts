import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The widths at which every page has to work: 320 CSS pixels is also 1280 at 400 % zoom. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 900 },
] as const;

/** Octets of HTML, CSS and scripts, compressed, that a page may weigh. */
const LIGHT = 60_000;
/** The same of pages that make keys. */
const KEYS = 150_000;

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SHOTS = process.env['SEE_SCREENSHOTS'];

/** What a page in te reo Māori says itself, without what it marks as of another language and what is no prose. */
const MAORI_TEXT = `(() => {
  if (document.documentElement.lang !== 'mi-NZ') return undefined;
  const body = document.body.cloneNode(true);
  for (const other of body.querySelectorAll('[lang], [hidden], code, pre, .see-serial, script, style, template, noscript, textarea')) other.remove();
  return document.title + ' ' + body.textContent.replace(/\\s+/g, ' ');
})()`;
/** Words that English can hardly do without, te reo Māori does not have, and names of agencies and people do not either. */
const ENGLISH =
  /.{0,40}\b(?:you|your|is|are|was|were|this|with|from|has|have|been|will|must|when|which|not|cannot|until)\b.{0,40}/;

export interface CheckOptions {
  /** It makes keys, so it may weigh more. */
  readonly makesKeys?: boolean;
  /** It is the answer to a form or a step of a script: it has no address under which it could be seen in another language. */
  readonly inPlace?: boolean;
}

/**
 * Looks at pages as their readers have them and collects what is wrong: errors of scripts, of the console and of the
 * service, violations of the CSP, of WCAG 2.2 AA (axe), pages wider than the screen, and too heavy ones. Pages with an address are looked
 * at in both languages.
 */
export class PageCheck {
  readonly problems: string[] = [];

  /** Listens to a page from its first line on. Refusals that a journey provokes (4xx) are no errors. */
  watch(page: Page): void {
    page.on('pageerror', (error) => this.problems.push(`script: ${error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 500) this.problems.push(`${response.status()}: ${response.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() !== 'error' || /status of 4\d\d/.test(message.text())) return;
      this.problems.push(`console: ${message.text()}`);
    });
  }

  /** Looks at what the page shows now. With SEE_SCREENSHOTS, pictures are kept in that folder. */
  async look(page: Page, name: string, options: CheckOptions = {}): Promise<void> {
    await this.#lookOnce(page, name, options);
    if (options.inPlace) return;
    const address = page.url();
    const other = page.locator('.see-languages__link').first();
    if ((await other.count()) === 0) {
      this.problems.push(`${name}: there is no way to the other language`);
      return;
    }
    await other.click();
    if (page.url() !== address) this.problems.push(`${name}: choosing a language leads to ${page.url()}`);
    await this.#lookOnce(page, `${name}-${await page.locator('html').getAttribute('lang')}`, options);
    await page.locator('.see-languages__link').first().click();
  }

  /** Looks at a station of somebody's journey as they have it: on their screen, in their language. Much quicker than `look`. */
  async glance(page: Page, name: string, locale: string): Promise<void> {
    await this.#read(page, name);
    const language = await page.locator('html').getAttribute('lang');
    if (language !== locale) this.problems.push(`${name}: in ${language} for a reader of ${locale}`);
    const screen = page.viewportSize()?.width ?? 0;
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > screen) this.problems.push(`${name}: ${width} wide at ${screen}: ${await widest(page)}`);
    await this.#picture(page, `${name}-${locale}-${screen}`);
  }

  async #read(page: Page, name: string): Promise<void> {
    if ((await page.locator('main').count()) !== 1) this.problems.push(`${name}: not one main`);
    if ((await page.locator('h1:visible').count()) !== 1) this.problems.push(`${name}: not one heading`);
    const stray = (await page.evaluate<string | undefined>(MAORI_TEXT))?.match(ENGLISH);
    if (stray) this.problems.push(`${name}: English in te reo Māori: ${stray[0].trim()}`);
  }

  async #lookOnce(page: Page, name: string, { makesKeys = false }: CheckOptions): Promise<void> {
    await this.#read(page, name);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await this.#picture(page, `${name}-${size.width}`);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > size.width) this.problems.push(`${name}: ${width} wide at ${size.width}: ${await widest(page)}`);
      for (const fault of await violations(page)) this.problems.push(`${name} at ${size.width}: ${fault}`);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    await this.#picture(page, `${name}-dark`);
    for (const fault of await violations(page)) this.problems.push(`${name} in the dark: ${fault}`);
    await page.emulateMedia({ colorScheme: null });
    const weight = await weightOf(page);
    if (weight > (makesKeys ? KEYS : LIGHT)) this.problems.push(`${name}: ${weight} octets`);
  }

  async #picture(page: Page, name: string): Promise<void> {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  }
}

/** The innermost elements that reach beyond the right edge of the screen, with their words. */
function widest(page: Page): Promise<string> {
  return page.evaluate<string>(`[...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth && one.children.length === 0 && !one.closest('thead'))
    .map((one) => one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 60)).slice(0, 3).join(' | ')`);
}

/** What axe says against the page, a line each: the rule, and where. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3).join(' | ')))`);
}

/** Octets of the document, compressed, and of the styles and scripts as they came. */
async function weightOf(page: Page): Promise<number> {
  const assets = await page.evaluate<number>(
    `performance.getEntriesByType('resource').filter(({ name }) => /\\.(?:js|css)$/.test(name))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  );
  return assets + gzipSync(await page.content()).length;
}
