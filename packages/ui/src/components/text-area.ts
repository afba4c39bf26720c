import { type HtmlValue, html, type SafeHtml } from '@see/language';
import { errorMessage } from './text-input.ts';

export interface TextAreaParts {
  readonly id: string;
  readonly label: HtmlValue;
  readonly hint?: HtmlValue;
  readonly value?: string;
  readonly error?: HtmlValue;
  readonly rows?: number;
}

/** Several lines of text with label, hint and error. */
export function textArea({ id, label, hint, value, error, rows }: TextAreaParts): SafeHtml {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="govuk-form-group ${error && 'govuk-form-group--error'}">
<label class="govuk-label" for="${id}">${label}</label>
${hint && html`<div id="${id}-hint" class="govuk-hint">${hint}</div>`}
${error && errorMessage(id, error)}
<textarea class="govuk-textarea ${error && 'govuk-textarea--error'}" id="${id}" name="${id}" rows="${rows ?? 3}"${describedBy && html` aria-describedby="${describedBy}"`}>${value}</textarea>
</div>`;
}
