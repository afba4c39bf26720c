import { type HtmlValue, html, type SafeHtml } from '@see/language';
import { errorMessage } from './text-input.ts';

export interface CheckboxesParts {
  readonly name: string;
  readonly legend: HtmlValue;
  readonly hint?: HtmlValue;
  readonly options: readonly { readonly value: string; readonly text: HtmlValue; readonly hint?: HtmlValue }[];
  readonly values: readonly string[];
  readonly error?: HtmlValue;
}

/** Any of a few choices, each with what it means. */
export function checkboxes({ name, legend, hint, options, values, error }: CheckboxesParts): SafeHtml {
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="govuk-form-group ${error && 'govuk-form-group--error'}">
<fieldset class="govuk-fieldset"${describedBy && html` aria-describedby="${describedBy}"`}>
<legend class="govuk-fieldset__legend">${legend}</legend>
${hint && html`<div id="${name}-hint" class="govuk-hint">${hint}</div>`}
${error && errorMessage(name, error)}
<div class="govuk-checkboxes govuk-checkboxes--small">
${options.map((option, index) => {
  const id = index === 0 ? name : `${name}-${index + 1}`;
  return html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="${id}" name="${name}" type="checkbox" value="${option.value}"${values.includes(option.value) && html` checked`}${option.hint && html` aria-describedby="${id}-item-hint"`}><label class="govuk-label govuk-checkboxes__label" for="${id}">${option.text}</label>${option.hint && html`<div id="${id}-item-hint" class="govuk-hint govuk-checkboxes__hint">${option.hint}</div>`}</div>`;
})}
</div>
</fieldset>
</div>`;
}
