import { scriptButton } from '../../components/button.ts';
import { command } from '../../components/command.ts';
import { details, insetText, warningText } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { summaryList } from '../../components/summary-list.ts';
import { html, type SafeHtml } from '../../html.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/**
 * The page on which a code becomes certificates. All steps are in the document, and the enrolment island shows one at a
 * time: the keys made in one step must live until the last, so there can be no other page in between. Nothing about
 * the order is in it; the page looks the same whether such an order exists or not.
 */
export function enrolPage(view: View, orderId: string): string {
  return portalPage(view, {
    title: 'Get your certificates',
    place: 'enrol',
    scripts: ['enrolment.js'],
    content: html`<div class="see-narrow" id="enrolment" data-order="${orderId}">
${withoutScript(orderId)}
<div id="steps" hidden>
${codeStep(orderId)}${detailsStep()}${makingStep()}${saveStep()}${doneStep()}${deadEndStep(orderId)}
</div>
</div>`,
  });
}

function withoutScript(orderId: string): SafeHtml {
  return html`<div id="no-script">
<h1 class="govuk-heading-l">Get your certificates</h1>
<p class="govuk-body">This page makes your keys on this device, so it needs a browser of the last two years with scripts switched on. If nothing changes here in a few seconds, use another browser, or this command:</p>
${command(`see order redeem ${orderId} --code-file CODE.txt --out FOLDER`)}
</div>
<div id="old-browser" hidden>
<h1 class="govuk-heading-l">This browser is too old</h1>
<p class="govuk-body">It cannot make keys safely. Open this page in a current Chrome, Edge, Firefox or Safari. Your code is still good.</p>
</div>`;
}

function codeStep(orderId: string): SafeHtml {
  return html`<section data-step="code" hidden>
<form id="code-form" novalidate>
<h1 class="govuk-heading-l">Enter your code</h1>
<p class="govuk-body">The code came by mail, for the request with the reference <strong class="see-serial">${orderId.slice(0, 8).toUpperCase()}</strong>. You need about five minutes on the device that you want to use.</p>
<div class="govuk-form-group" id="code-group">
<label class="govuk-label govuk-label--s" for="code">One-time code</label>
<div id="code-hint" class="govuk-hint">16 letters and digits in four groups, like 7K3M-9QF2-XT0A-BC4D. Capitals, spaces and dashes do not matter.</div>
<p id="code-error" class="govuk-error-message" role="alert" hidden><span class="govuk-visually-hidden">Error:</span> <span id="code-error-text"></span></p>
<input class="govuk-input see-code" id="code" type="text" inputmode="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" aria-describedby="code-hint" maxlength="40">
</div>
<button type="submit" class="govuk-button" id="code-continue">Continue</button>
<p id="code-status" class="govuk-hint" role="status"></p>
${insetText('The code stays on this device. What we receive proves that you have it.')}
</form>
</section>`;
}

function detailsStep(): SafeHtml {
  return html`<section data-step="details" hidden>
<h1 class="govuk-heading-l">Check your details</h1>
${summaryList([
  { key: 'Name', value: html`<span id="details-name"></span>` },
  { key: 'E-mail', value: html`<span id="details-email"></span>` },
  { key: 'Agency', value: html`<span id="details-agency"></span>` },
])}
<h2 class="govuk-heading-m">You will get</h2>
<ul class="govuk-list govuk-list--bullet" id="details-profiles"></ul>
<div id="no-escrow">${warningText('There is no copy of your encryption key anywhere else. Keep the file and its passphrase: without them, mail that was encrypted to you stays closed for ever.')}</div>
<div id="escrow" data-kept hidden>${warningText(html`A copy of your encryption key is kept for your agency. Two of these people together can open it, never one alone: <strong id="escrow-agents"></strong>. They may do so when you ask for it, or when the law gives your agency the right to read mail sent to you. You are told when it happens, unless two of them have recorded a reason in law why not. The keys with which you sign and sign in are never copied.`)}</div>
${details('Something is not right', html`<p class="govuk-body">Stop here; nothing has been made yet. Tell the person who ordered your certificate what has to change. They make a new order, and you get a new code.</p>`)}
${radios({
  name: 'device',
  legend: 'Where will you use them?',
  options: [
    { value: 'windows', text: 'Windows, in Edge, Chrome or Outlook' },
    { value: 'apple', text: 'iPhone, iPad or Mac' },
    { value: 'android', text: 'Android' },
    { value: 'firefox', text: 'Firefox or Thunderbird on a computer' },
    { value: 'linux', text: 'Something else' },
  ],
})}
${warningText('Do this on a device that is yours alone. On a shared computer, others could take the file.')}
${scriptButton({ text: 'The details are right: make my keys', id: 'details-continue' })}
</section>`;
}

function makingStep(): SafeHtml {
  return html`<section data-step="making" hidden>
<h1 class="govuk-heading-l">Making your keys on this device</h1>
<p class="govuk-body">Keep this page open. The keys are made here and do not leave this device<span data-kept hidden>, but for the copy of the encryption key that you read about</span>.</p>
<progress id="making-progress" class="see-progress" aria-labelledby="making-status"></progress>
<p id="making-status" class="govuk-body" role="status" aria-live="polite"></p>
</section>`;
}

function saveStep(): SafeHtml {
  return html`<section data-step="save" hidden>
<h1 class="govuk-heading-l">Save your files and the passphrase</h1>
<p class="govuk-body">Your certificates are ready. Save each file now: when this page closes, nobody can make it again.</p>
<h2 class="govuk-heading-m">1. Write down or copy the passphrase</h2>
<p class="govuk-body">It opens every file below. The dashes belong to it.</p>
<p class="see-passphrase"><output id="passphrase"></output></p>
<div class="govuk-button-group see-no-print">
<button type="button" class="govuk-button govuk-button--secondary" id="copy-passphrase" data-copy="" hidden>Copy the passphrase</button>
${scriptButton({ text: 'Print it', look: 'secondary', id: 'print-passphrase' })}
</div>
<h2 class="govuk-heading-m">2. Save the files</h2>
<ul class="see-files" id="files"></ul>
<template id="file-template"><li class="see-file"><h3 class="govuk-heading-s see-file__title"></h3>
<p><a class="govuk-button see-file__main see-no-print"></a></p>
<details class="govuk-details see-no-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">It says that the passphrase is wrong</span></summary><div class="govuk-details__text"><p class="govuk-body">Some systems say so when they cannot read the form of the file. This one has the same key, certificate and passphrase:</p><p><a class="govuk-link see-file__other"></a></p></div></details></li></template>
<p class="govuk-body">Valid until <strong id="valid-until"></strong>. Reference: <span id="serials" class="see-serial"></span></p>
<h2 class="govuk-heading-m see-no-print">3. Done?</h2>
<p class="govuk-error-message" id="saved-error" role="alert" hidden><span class="govuk-visually-hidden">Error:</span> Tick the box when the files and the passphrase are saved.</p>
<div class="govuk-form-group see-no-print see-tick"><input type="checkbox" id="saved"><label class="govuk-label" for="saved">I have saved the files and the passphrase in different places</label></div>
<p class="see-no-print">${scriptButton({ text: 'Continue', id: 'save-continue' })}</p>
</section>`;
}

function doneStep(): SafeHtml {
  return html`<section data-step="done" hidden>
<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">All done</h1><div class="govuk-panel__body">The keys are now in your files only<span data-kept hidden>, and the one for encryption in its copy too</span></div></div>
<h2 class="govuk-heading-m">What happens next</h2>
<p class="govuk-body"><a class="govuk-link" id="install-link" href="/install">Install the certificates on this device</a>. It takes two minutes.</p>
<p class="govuk-body">Your code is used up. Before the certificates end, you get a message about new ones.</p>
<p class="govuk-body">If the device or a file is lost, <a class="govuk-link" href="/revoke">report it at once</a>.</p>
</section>`;
}

function deadEndStep(orderId: string): SafeHtml {
  return html`<section data-step="dead-end" hidden>
<h1 class="govuk-heading-l" id="dead-end-title"></h1>
<p class="govuk-body" id="dead-end-text"></p>
<p class="govuk-body">Reference: <span class="see-serial">${orderId}</span></p>
${scriptButton({ text: 'Try again', id: 'try-again' })}
</section>`;
}
