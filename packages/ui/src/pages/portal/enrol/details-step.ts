import { html, type SafeHtml, t } from '@see/language';
import { scriptButton } from '../../../components/button.ts';
import { details, warningText } from '../../../components/notice.ts';
import { summaryList } from '../../../components/summary-list.ts';
import { stepCaption } from '../steps.ts';

/** For whom the certificates are and which ones; and, before any key is made, who else could open the one for mail. */
export function detailsStep(): SafeHtml {
  return html`<section data-step="details" hidden>
${stepCaption('details')}
<h1 class="govuk-heading-l">${t`Check your details`}</h1>
${summaryList([
  { key: t`Name`, value: html`<span id="details-name"></span>` },
  { key: t`E-mail`, value: html`<span id="details-email"></span>` },
  { key: t`Agency`, value: html`<span id="details-agency"></span>` },
])}
<h2 class="govuk-heading-m">${t`You will get certificates for`}</h2>
<ul class="govuk-list govuk-list--bullet" id="details-profiles"></ul>
<div id="no-escrow">${warningText(t`There is no copy of your encryption key anywhere else. Keep the file and its passphrase: without them, mail that was encrypted to you stays closed for ever.`)}</div>
<div id="escrow" data-kept hidden>${warningText(t`A copy of your encryption key is kept for your agency. Two of these people together can open it, never one alone: <strong id="escrow-agents"></strong>. They may do so when you ask for it, or when the law gives your agency the right to read mail sent to you. You are told when it happens, unless two of them have recorded a reason in law why not. The keys with which you sign and sign in are never copied.`)}</div>
${details(t`Something is not right`, html`<p class="govuk-body">${t`Stop here; nothing has been made yet. Tell the person who ordered your certificate what has to change. They make a new order, and you get a new code.`}</p>`)}
${scriptButton({ text: t`My details are right`, id: 'details-continue' })}
</section>`;
}
