import { type HtmlValue, html, type SafeHtml } from '@see/language';

/** The way back, above the heading. */
export function backLink(text: HtmlValue, href: string): SafeHtml {
  return html`<a href="${href}" class="govuk-back-link">${text}</a>`;
}
