import type { Locator } from 'playwright-core';

/** Presses a button that sends a form, and returns when the page that answers is there. Not for answers that are downloads. */
export async function sendForm(button: Locator): Promise<void> {
  await Promise.all([button.page().waitForEvent('domcontentloaded'), button.click()]);
}
