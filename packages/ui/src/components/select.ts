import { type HtmlValue, html, type SafeHtml } from '@see/language';

export interface SelectParts {
  readonly id: string;
  /** The id, unless another form of the page has a field of this name. */
  readonly name?: string;
  readonly label: HtmlValue;
  readonly options: readonly { readonly value: string; readonly text: HtmlValue }[];
  readonly value?: string;
}

/** A choice from a list, for filters; choices that matter are radios with a hint each. */
export function select({ id, name, label, options, value }: SelectParts): SafeHtml {
  return html`<div class="govuk-form-group">
<label class="govuk-label" for="${id}">${label}</label>
<select class="govuk-select" id="${id}" name="${name ?? id}">
${options.map((option) => html`<option value="${option.value}"${option.value === value && html` selected`}>${option.text}</option>`)}
</select>
</div>`;
}
