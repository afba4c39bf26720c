import { html, type SafeHtml } from '@see/ui';

/** A text of the API, which is English in every language: marked so that it is read out rightly. */
export function english(text: string): SafeHtml {
  return html`<span lang="en-NZ">${text}</span>`;
}
