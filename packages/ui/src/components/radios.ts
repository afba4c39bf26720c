import { type HtmlValue, html, type SafeHtml } from '@see/language';
import { errorMessage } from './text-input.ts';

export interface RadioOption {
  readonly value: string;
  readonly text: HtmlValue;
  readonly hint?: HtmlValue;
}

export interface RadiosParts {
  readonly name: string;
  readonly legend: HtmlValue;
  readonly hint?: HtmlValue;
  readonly options: readonly RadioOption[];
  readonly value?: string;
  readonly error?: HtmlValue;
  readonly small?: boolean;
}

/** One choice of a few, each with what it means. */
export function radios({ name, legend, hint, options, value, error, small }: RadiosParts): SafeHtml {
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="govuk-form-group ${error && 'govuk-form-group--error'}">
<fieldset class="govuk-fieldset"${describedBy && html` aria-describedby="${describedBy}"`}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--${small ? 's' : 'm'}">${legend}</legend>
${hint && html`<div id="${name}-hint" class="govuk-hint">${hint}</div>`}
${error && errorMessage(name, error)}
<div class="govuk-radios ${small && 'govuk-radios--small'}" data-module="govuk-radios">
${options.map((option, index) => radio(name, option, index, value))}
</div>
</fieldset>
</div>`;
}

function radio(name: string, option: RadioOption, index: number, value: string | undefined): SafeHtml {
  const id = index === 0 ? name : `${name}-${index + 1}`;
  return html`<div class="govuk-radios__item">
<input class="govuk-radios__input" id="${id}" name="${name}" type="radio" value="${option.value}"${option.value === value && html` checked`}${option.hint && html` aria-describedby="${id}-item-hint"`}>
<label class="govuk-label govuk-radios__label" for="${id}">${option.text}</label>
${option.hint && html`<div id="${id}-item-hint" class="govuk-hint govuk-radios__hint">${option.hint}</div>`}
</div>`;
}
