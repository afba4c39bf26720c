import { type HtmlValue, html, type SafeHtml } from '@see/language';
import { errorMessage } from './text-input.ts';

export interface SelectParts {
  readonly id: string;
  /** The id, unless another form of the page has a field of this name. */
  readonly name?: string;
  readonly label: HtmlValue;
  readonly hint?: HtmlValue;
  readonly error?: HtmlValue;
  readonly options: readonly { readonly value: string; readonly text: HtmlValue }[];
  readonly value?: string;
}

/** A choice from a list, for filters and long lists of names; choices that matter are radios with a hint each. */
export function select({ id, name, label, hint, error, options, value }: SelectParts): SafeHtml {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="govuk-form-group ${error && 'govuk-form-group--error'}">
<label class="govuk-label" for="${id}">${label}</label>
${hint && html`<div id="${id}-hint" class="govuk-hint">${hint}</div>`}
${error && errorMessage(id, error)}
<select class="govuk-select ${error && 'govuk-select--error'}" id="${id}" name="${name ?? id}"${describedBy && html` aria-describedby="${describedBy}"`}>
${options.map((option) => html`<option value="${option.value}"${option.value === value && html` selected`}>${option.text}</option>`)}
</select>
</div>`;
}
