import { html, type SafeHtml, t } from '@see/language';
import { command } from '../../components/command.ts';
import { insetText, warningText } from '../../components/notice.ts';
import { deskPage } from '../../layout/desk-page.ts';
import type { View } from '../../view.ts';

/** The page on which an operator makes a passkey for approvals and gets what administrators register. */
export function registerPage(view: View, rpId: string): string {
  return deskPage(view, {
    title: t`Make a passkey for approvals`,
    scripts: ['registration.js'],
    content: html`<div class="see-narrow" id="registration" data-rp="${rpId}">
<div id="no-script">
<h1 class="govuk-heading-l">${t`Make a passkey for approvals`}</h1>
<p class="govuk-body">${t`Passkeys are made by a script on your own machine, so this page needs a current browser with scripts switched on.`}</p>
</div>
<section data-step="old-browser" hidden>
<h1 class="govuk-heading-l">${t`This browser has no passkeys`}</h1>
<p class="govuk-body">${t`Open this page in a current Chrome, Edge, Firefox or Safari, under its own address. Or use a key file:`} <code class="see-serial">see operator keygen</code></p>
</section>
${makeStep()}
${madeStep()}
</div>`,
  });
}

function makeStep(): SafeHtml {
  return html`<section data-step="make" hidden>
<h1 class="govuk-heading-l">${t`Make a passkey for approvals`}</h1>
<p class="govuk-body">${t`A passkey lives in your security key, phone or computer, and signs orders after a touch with PIN, finger or face. It approves nothing before two administrators have registered it.`}</p>
<form id="label-form" novalidate>
<div class="govuk-form-group" id="label-group">
<label class="govuk-label govuk-label--s" for="label">${t`Whose passkey is it, and where is it kept?`}</label>
<div id="label-hint" class="govuk-hint">${t`For example: Mary Tane, blue security key`}</div>
<p id="label-error" class="govuk-error-message" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> <span id="label-error-text"></span></p>
<input class="govuk-input" id="label" type="text" autocomplete="off" maxlength="100" aria-describedby="label-hint label-error">
</div>
<button type="submit" class="govuk-button" id="make">${t`Make a passkey`}</button>
<p class="govuk-hint" id="make-status" role="status"></p>
</form>
</section>`;
}

function madeStep(): SafeHtml {
  return html`<section data-step="made" hidden>
<h1 class="govuk-heading-l">${t`Have your passkey registered`}</h1>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>${t`Send this file to an administrator. Nothing in it is secret.`}<br>
<a class="govuk-button" id="download-file" href="#main-content">${t`Download the file`}</a>
<pre class="see-command__text" tabindex="0"><code id="passkey-file"></code></pre>
<button type="button" class="govuk-button govuk-button--secondary" id="copy-file" data-copy="" hidden>${t`Copy`}</button></li>
<li>${t`Two administrators propose and sign it. They ask you, in person or by telephone, for this fingerprint:`}<br><code class="see-fingerprint" id="passkey-fingerprint"></code>
${command('see operator register passkey.public.json --person YOUR-PERSON-ID')}</li>
</ol>
<div id="synced" hidden>${warningText(t`This passkey is copied between devices by whoever makes your device. It approves orders, but where two persons approve, the other one has to use a key that stays in one place.`)}</div>
${insetText(t`Keep this page open until you have read the fingerprint out. If it is gone, make another passkey.`)}
</section>`;
}
