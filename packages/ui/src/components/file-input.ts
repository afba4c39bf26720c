import { type HtmlValue, html, type SafeHtml } from '@see/language';
import { errorMessage } from './text-input.ts';

export interface FileInputParts {
  readonly id: string;
  readonly label: HtmlValue;
  readonly hint?: HtmlValue;
  readonly error?: HtmlValue;
  /** Endings and types that the browser offers first; others can be chosen too. */
  readonly accept?: string;
}

/** A file to choose, with label, hint and error. Its form is sent as multipart/form-data. */
export function fileInput({ id, label, hint, error, accept }: FileInputParts): SafeHtml {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="govuk-form-group ${error && 'govuk-form-group--error'}">
<label class="govuk-label" for="${id}">${label}</label>
${hint && html`<div id="${id}-hint" class="govuk-hint">${hint}</div>`}
${error && errorMessage(id, error)}
<input class="govuk-file-upload see-file-upload ${error && 'govuk-file-upload--error'}" id="${id}" name="${id}" type="file"${accept && html` accept="${accept}"`}${describedBy && html` aria-describedby="${describedBy}"`}>
</div>`;
}
