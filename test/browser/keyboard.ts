import type { Page } from 'playwright-core';

/** Presses that it may take to reach anything. */
const MOST = 200;

/** A reader who has no mouse: moves from one thing to the next as the Tab key does. */
export class Keyboard {
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }

  /** Moves the focus to what the selector names; throws when it is not reached. */
  async to(selector: string): Promise<void> {
    for (let press = 0; press < MOST; press += 1) {
      const reached = await this.#page.evaluate(
        `document.activeElement !== null && document.activeElement.matches(${JSON.stringify(selector)})`,
      );
      if (reached) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  }

  /** Moves there and presses a key. */
  async press(selector: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.to(selector);
    await this.#page.keyboard.press(key);
  }
}
