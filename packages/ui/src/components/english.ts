import { html, type SafeHtml } from '@see/language';

/** Words that are kept in English in every language, as refusals and reasons on record are: screen readers say them so. */
export function english(text: string): SafeHtml {
  return html`<span lang="en-NZ">${text}</span>`;
}
