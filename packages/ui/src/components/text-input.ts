import { type HtmlValue, html, type SafeHtml, t } from '@see/language';

export interface TextInputParts {
  readonly id: string;
  readonly name?: string;
  readonly label: HtmlValue;
  /** The label is the page's heading. */
  readonly heading?: boolean;
  readonly hint?: HtmlValue;
  readonly value?: string;
  readonly error?: HtmlValue;
  readonly inputClass?: string;
  readonly type?: 'text' | 'password' | 'search' | 'date';
  readonly autocomplete?: string;
  readonly spellcheck?: false;
  readonly maxLength?: number;
}

/** One line of text with label, hint and error, tied together for screen readers. */
export function textInput(parts: TextInputParts): SafeHtml {
  const { id, error, hint } = parts;
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const label = html`<label class="govuk-label ${parts.heading && 'govuk-label--l'}" for="${id}">${parts.label}</label>`;
  return html`<div class="govuk-form-group ${error && 'govuk-form-group--error'}">
${parts.heading ? html`<h1 class="govuk-label-wrapper">${label}</h1>` : label}
${hint && html`<div id="${id}-hint" class="govuk-hint">${hint}</div>`}
${error && errorMessage(id, error)}
<input class="govuk-input ${error && 'govuk-input--error'} ${parts.inputClass}" id="${id}" name="${parts.name ?? id}" type="${parts.type ?? 'text'}" value="${parts.value ?? ''}"${describedBy && html` aria-describedby="${describedBy}"`}${parts.autocomplete && html` autocomplete="${parts.autocomplete}"`}${parts.spellcheck === false && html` spellcheck="false" autocapitalize="none"`}${parts.maxLength && html` maxlength="${parts.maxLength}"`}>
</div>`;
}

/** The error of one field, above it. */
export function errorMessage(id: string, error: HtmlValue): SafeHtml {
  return html`<p id="${id}-error" class="govuk-error-message"><span class="govuk-visually-hidden">${t`Error:`}</span> ${error}</p>`;
}
