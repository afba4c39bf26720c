import { html, type SafeHtml, t } from '@see/language';
import { scriptButton } from '../../../components/button.ts';

/** What stands in the way, in words that the island chooses, with the next thing to do. */
export function deadEndStep(orderId: string): SafeHtml {
  return html`<section data-step="dead-end" hidden>
<h1 class="govuk-heading-l" id="dead-end-title"></h1>
<p class="govuk-body" id="dead-end-text"></p>
<p class="govuk-body">${t`Reference:`} <span class="see-serial">${orderId}</span></p>
${scriptButton({ text: t`Try again`, id: 'try-again' })}
<p class="govuk-body" id="dead-end-lost"><a class="govuk-link" href="/lost">${t`I used the code, and the file or its passphrase is lost`}</a></p>
</section>`;
}
