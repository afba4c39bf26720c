import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { scriptButton } from '../../../components/button.ts';
import { details, insetText, warningText } from '../../../components/notice.ts';
import { summaryList } from '../../../components/summary-list.ts';
import { portalPage } from '../../../layout/portal-page.ts';
import type { View } from '../../../view.ts';
import { fileParts, passphraseParts } from '../enrol/save-step.ts';

/**
 * The page on which a certificate is renewed with its own key. All steps are in the document and the renewal island shows one
 * at a time, since the new key lives in the page until its file is saved. Nothing about anybody is in it.
 */
export function renewPage(view: View): string {
  return portalPage(view, {
    title: t`Renew a certificate`,
    place: 'renew',
    scripts: ['renewal.js'],
    content: html`<div class="see-narrow">${withoutScript()}
<div id="steps" hidden>
${fileStep()}${checkStep()}${signerStep()}${makingStep()}${waitingStep()}${saveStep()}${refusedStep()}
</div></div>`,
  });
}

function withoutScript(): SafeHtml {
  return html`<div id="no-script"><h1 class="govuk-heading-l">${t`Renew a certificate`}</h1>
<p class="govuk-body">${t`This page makes your new key on this device, so it needs a browser of the last two years with scripts switched on. If nothing changes here in a few seconds, use a current Chrome, Edge, Firefox or Safari, or ask your sponsor for a new order.`}</p></div>
<div id="old-browser" hidden><h1 class="govuk-heading-l">${t`This browser cannot make keys`}</h1>
<p class="govuk-body">${t`It is too old, or the address does not begin with https. Use a current Chrome, Edge, Firefox or Safari.`}</p></div>`;
}

/** A file and its passphrase; both stay in the page. */
function fileForm(form: 'old' | 'signer', file: HtmlValue, hint: HtmlValue): SafeHtml {
  return html`<form id="${form}-form" novalidate>
<div class="govuk-form-group" id="${form}-group">
<p id="${form}-error" class="govuk-error-message" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> <span id="${form}-error-text"></span></p>
<div class="govuk-form-group"><label class="govuk-label govuk-label--s" for="${form}-file">${file}</label><div class="govuk-hint" id="${form}-hint">${hint}</div>
<input class="see-file-input" id="${form}-file" type="file" accept=".p12,.pfx,.pem" aria-describedby="${form}-hint ${form}-error"></div>
<label class="govuk-label govuk-label--s" for="${form}-passphrase">${t`Its passphrase`}</label>
<input class="govuk-input see-serial" id="${form}-passphrase" type="password" autocomplete="off" spellcheck="false" autocapitalize="none">
</div>
<button type="submit" class="govuk-button" id="${form}-continue">${t`Continue`}</button>
</form>`;
}

function fileStep(): SafeHtml {
  return html`<section data-step="file" hidden><h1 class="govuk-heading-l">${t`Renew a certificate`}</h1>
<p class="govuk-body">${t`You renew a certificate with its own file. A new key is made here; an operator approves; then you save the new file.`}</p>
${fileForm('old', t`The file of your certificate`, t`The .p12 file that you got here, or the file of a renewal that waits for its approval.`)}
${insetText(t`File and passphrase do not leave this device. What is sent is a request that is signed with your key.`)}
${details(t`When can it be renewed?`, html`<p class="govuk-body">${t`You get mails before it ends. A certificate of a year can be renewed in its last 60 days; the calendar file and <a class="govuk-link" href="/my">My certificates</a> say the day.`}</p>`)}
${details(t`I do not have the file any more`, html`<p class="govuk-body">${t`Then ask your sponsor for a new order: see <a class="govuk-link" href="/lost">Lost a file, a passphrase or a code?</a>`}</p>`)}
</section>`;
}

function checkStep(): SafeHtml {
  return html`<section data-step="check" hidden><h1 class="govuk-heading-l">${t`Is this the certificate?`}</h1>
${summaryList([
  { key: t`Name`, value: html`<span id="check-name"></span>` },
  { key: t`Valid until`, value: html`<span id="check-until"></span>` },
  { key: t`Reference`, value: html`<span class="see-serial" id="check-serial"></span>` },
])}
<p class="govuk-body" id="check-signer" hidden>${t`It is for encrypted mail and cannot sign, so you need the file of your certificate for signing in or for signing mail too.`}</p>
${warningText(t`The old certificate stays good until it ends. Keep its file: it opens old mail.`)}
${scriptButton({ text: t`Renew it`, id: 'check-continue' })}
</section>`;
}

function signerStep(): SafeHtml {
  return html`<section data-step="signer" hidden><h1 class="govuk-heading-l">${t`Sign with another certificate of yours`}</h1>
${fileForm('signer', t`The file of your certificate for signing in or signing mail`, t`It has to be good today.`)}
</section>`;
}

function makingStep(): SafeHtml {
  return html`<section data-step="making" hidden><h1 class="govuk-heading-l">${t`Making your new key on this device`}</h1>
<p class="govuk-body">${t`Keep this page open. The key is made here and does not leave this device.`}</p>
<progress class="see-progress" aria-labelledby="making-status"></progress>
<p id="making-status" class="govuk-body" role="status" aria-live="polite"></p>
</section>`;
}

function waitingStep(): SafeHtml {
  return html`<section data-step="waiting" hidden><h1 class="govuk-heading-l">${t`An operator has to approve`}</h1>
<p class="govuk-body" role="status" id="waiting-state"></p>
${summaryList([{ key: t`Reference`, value: html`<span class="see-serial" id="waiting-reference"></span>` }])}
<p class="govuk-body">${t`It mostly takes some hours on working days. Save this file now, so that you can close the page: it holds your new key, which is nowhere else.`}</p>
<p><a class="govuk-button" id="waiting-file">${t`Save the file for later`}</a></p>
<p class="govuk-body">${t`Come back to this page tomorrow, choose that file and type the passphrase of your old file: it opens this one too. If you leave the page open, it goes on by itself.`}</p>
</section>`;
}

function saveStep(): SafeHtml {
  return html`<section data-step="save" hidden>
<h1 class="govuk-heading-l">${t`Save your new file and its passphrase`}</h1>
<p class="govuk-body see-no-print">${t`Your new certificate is ready. The passphrase is a new one too.`}</p>
${passphraseParts()}
<h2 class="govuk-heading-m">${t`2. Save the files`}</h2>
<p class="govuk-body see-no-print" id="flavour-note" hidden>${t`These files have the form that older Apple and Android systems open too.`}</p>
${fileParts()}
<p class="govuk-body">${t`Valid until <strong id="valid-until"></strong>. Reference: <span id="serials" class="see-serial"></span>`}</p>
<div class="see-no-print">
<div id="confirm-later" hidden>${insetText(t`Others encrypt to your old key until you or your sponsor has confirmed the new one. Tell your sponsor when you have installed it.`)}</div>
<h2 class="govuk-heading-m">${t`3. Check that you have both`}</h2>
<p class="govuk-error-message" id="saved-error" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> ${t`Tick the box when the files and the passphrase are saved.`}</p>
<div class="govuk-form-group see-tick"><input type="checkbox" id="saved"><label class="govuk-label" for="saved">${t`I have saved the files and the passphrase in different places`}</label></div>
${scriptButton({ text: t`Continue to installing`, id: 'save-continue' })}
</div></section>`;
}

function refusedStep(): SafeHtml {
  return html`<section data-step="refused" hidden>
<h1 class="govuk-heading-l" id="refused-title"></h1>
<p class="govuk-body" id="refused-text"></p>
<div id="refused-said">${details(t`What the service said`, html`<p class="govuk-body" lang="en-NZ" id="refused-detail"></p>`)}</div>
${scriptButton({ text: t`Try again`, id: 'try-again' })}
<p class="govuk-body"><a class="govuk-link" href="/renew">${t`Choose another file`}</a></p>
</section>`;
}
