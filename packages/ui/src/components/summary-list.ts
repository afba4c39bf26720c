import { type HtmlValue, html, type SafeHtml } from '@see/language';

export interface SummaryRow {
  readonly key: HtmlValue;
  readonly value: HtmlValue;
}

/** Names and values, one a row. Rows whose value is undefined, null or false are left out. */
export function summaryList(rows: readonly SummaryRow[], className = ''): SafeHtml {
  const shown = rows.filter(({ value }) => value !== undefined && value !== null && value !== false);
  return html`<dl class="govuk-summary-list ${className}">
${shown.map(({ key, value }) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`)}
</dl>`;
}
