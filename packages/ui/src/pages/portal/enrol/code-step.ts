import { html, type SafeHtml, t } from '@see/language';
import { insetText } from '../../../components/notice.ts';
import { stepCaption } from '../steps.ts';

/** The reader types the code. The order is named by the start of its id, as in the mail with the code. */
export function codeStep(orderId: string): SafeHtml {
  return html`<section data-step="code" hidden>
<form id="code-form" novalidate>
${stepCaption('code')}
<h1 class="govuk-heading-l">${t`Enter your code`}</h1>
<p class="govuk-body">${t`The code came by mail, for the request with the reference <strong class="see-serial">${orderId.slice(0, 8).toUpperCase()}</strong>. You need about five minutes on the device that you want to use.`}</p>
<div class="govuk-form-group" id="code-group">
<label class="govuk-label govuk-label--s" for="code">${t`One-time code`}</label>
<div id="code-hint" class="govuk-hint">${t`16 letters and digits in four groups, like 7K3M-9QF2-XT0A-BC4D. Capitals, spaces and dashes do not matter.`}</div>
<p id="code-error" class="govuk-error-message" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> <span id="code-error-text"></span></p>
<input class="govuk-input see-code" id="code" type="text" inputmode="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" aria-describedby="code-hint" maxlength="40">
</div>
<button type="submit" class="govuk-button" id="code-continue">${t`Continue`}</button>
<p id="code-status" class="govuk-hint" role="status"></p>
${insetText(t`The code stays on this device. What we receive proves that you have it.`)}
<p class="govuk-body"><a class="govuk-link" href="/lost">${t`I have no code, or it does not work`}</a></p>
</form>
</section>`;
}
