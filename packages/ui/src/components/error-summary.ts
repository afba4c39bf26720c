import { type HtmlValue, html, type SafeHtml, t } from '@see/language';

/** One thing to mend, with the field that it is about. */
export interface FieldError {
  readonly field?: string;
  readonly text: HtmlValue;
}

/** What is wrong with a form, at its top; takes the focus when the page is shown. */
export function errorSummary(errors: readonly FieldError[]): SafeHtml | undefined {
  if (errors.length === 0) return undefined;
  return html`<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
<h2 class="govuk-error-summary__title">${t`There is a problem`}</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
${errors.map(({ field, text }) => html`<li>${field ? html`<a href="#${field}">${text}</a>` : text}</li>`)}
</ul></div>
</div></div>`;
}

/** The error of one field among many. */
export function errorOf(errors: readonly FieldError[], field: string): { error?: HtmlValue } {
  const found = errors.find((error) => error.field === field);
  return found ? { error: found.text } : {};
}
