import { html, type SafeHtml } from '../html.ts';

/** A text of the API as a sentence. It is English in every language, and marked so that it is read out rightly. */
export function apiText(text: string): SafeHtml {
  const end = /[.!?:]$/.test(text) ? '' : '.';
  return html`<span lang="en-NZ">${text.charAt(0).toUpperCase()}${text.slice(1)}${end}</span>`;
}
