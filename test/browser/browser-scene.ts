import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { EvaluationPeople } from '../support/evaluation-people.ts';
import { type InstanceOptions, newInstance, type TestInstance } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { launchChromium } from './chromium.ts';
import type { PageCheck } from './page-check.ts';

/** Who opens a page: what their browser is like, and what listens to it from its first line on. */
export interface Opening extends BrowserContextOptions {
  readonly check?: PageCheck | undefined;
}

/** A running evaluation instance with its people, a browser, and a folder for what is saved; all of it ends with `close`. */
export class BrowserScene {
  readonly instance: TestInstance;
  readonly people: EvaluationPeople;
  readonly browser: Browser;
  readonly folder: string;

  private constructor(instance: TestInstance, browser: Browser) {
    this.instance = instance;
    this.people = new EvaluationPeople(instance);
    this.browser = browser;
    this.folder = mkdtempSync(join(tmpdir(), 'see-scene-'));
  }

  static async open(options: InstanceOptions = {}): Promise<BrowserScene> {
    const instance = await newInstance(options);
    try {
      await instance.start('start');
      return new BrowserScene(instance, await launchChromium());
    } catch (error) {
      await instance.remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.instance.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** An address of the portal and console. */
  url(path: string): string {
    return `${this.instance.urls.portal}${path}`;
  }

  query<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    return query<T>(this.instance.database.superuserUrl, text, values);
  }

  /** A page of a browser of its own, on a desktop in New Zealand unless the options say otherwise. What a page asks its reader is answered by yes. */
  async page({ check, ...options }: Opening = {}): Promise<Page> {
    const here: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, timezoneId: 'Pacific/Auckland' };
    const context = await this.browser.newContext({ ...here, ...options });
    const page = await context.newPage();
    check?.watch(page);
    page.on('dialog', (dialog) => void dialog.accept());
    return page;
  }

  /** The same, at a path of the portal. */
  async at(path: string, opening: Opening = {}): Promise<Page> {
    const page = await this.page(opening);
    await page.goto(this.url(path));
    return page;
  }

  /** The same, signed in by the token of somebody of the evaluation instance. */
  async signedIn(who: string, path: string, opening: Opening = {}): Promise<Page> {
    const page = await this.page(opening);
    await this.signIn(page, who, path);
    return page;
  }

  /** Signs in on a page that nobody is signed in on, and ends where the path leads. */
  async signIn(page: Page, who: string, path: string): Promise<void> {
    await page.goto(this.url(path));
    await page.locator('#token').fill(this.people.secret(`${who}.token`));
    await page.locator('form:has(#token) button[type=submit]').click();
    await page.waitForURL(`**${path}`);
  }

  /** Saves what a page offers at a place; returns where. */
  async save(page: Page, selector: string): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(selector).first().click()]);
    const path = join(this.folder, `${crypto.randomUUID()}-${download.suggestedFilename()}`);
    await download.saveAs(path);
    return path;
  }
}
