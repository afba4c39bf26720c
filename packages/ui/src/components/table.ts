import { type HtmlValue, html, type SafeHtml } from '@see/language';

export interface TableParts {
  readonly caption: HtmlValue;
  /** Shown to screen readers only. */
  readonly hideCaption?: boolean;
  readonly head: readonly HtmlValue[];
  readonly rows: readonly (readonly HtmlValue[])[];
  /** What the page says instead of an empty table. */
  readonly empty: HtmlValue;
}

/** A table that becomes a list of cards on a narrow screen: each cell carries its column's name. */
export function table({ caption, hideCaption, head, rows, empty }: TableParts): SafeHtml {
  if (rows.length === 0) return html`<p class="govuk-body see-empty">${empty}</p>`;
  return html`<table class="govuk-table see-table">
<caption class="govuk-table__caption govuk-table__caption--m ${hideCaption && 'govuk-visually-hidden'}">${caption}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${head.map((name) => html`<th scope="col" class="govuk-table__header">${name}</th>`)}</tr></thead>
<tbody class="govuk-table__body">
${rows.map((row) => html`<tr class="govuk-table__row">${row.map((cell, index) => html`<td class="govuk-table__cell" data-column="${head[index]}"><div class="see-cell">${cell}</div></td>`)}</tr>`)}
</tbody>
</table>`;
}
