import { html, type SafeHtml, t } from '@see/language';

/** A text to send to somebody, with a copy button where scripts run. The text has no markup. */
export function copyText(text: SafeHtml): SafeHtml {
  return html`<div class="see-command"><p class="govuk-body see-command__text see-command__words">${text}</p><button type="button" class="govuk-button govuk-button--secondary see-command__copy" data-copy="${text}" hidden>${t`Copy`}</button></div>`;
}
