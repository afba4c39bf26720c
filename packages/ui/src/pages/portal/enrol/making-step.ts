import { html, type SafeHtml, t } from '@see/language';
import { stepCaption } from '../steps.ts';

/** Keys are being made; shows how far it is. */
export function makingStep(): SafeHtml {
  return html`<section data-step="making" hidden>
${stepCaption('making')}
<h1 class="govuk-heading-l">${t`Making your keys on this device`}</h1>
<p class="govuk-body">${t`Keep this page open. The keys are made here and do not leave this device.`}<span data-kept hidden> ${t`The one exception is the copy of the encryption key that you read about.`}</span></p>
<progress id="making-progress" class="see-progress" aria-labelledby="making-status"></progress>
<p id="making-status" class="govuk-body" role="status" aria-live="polite"></p>
</section>`;
}
