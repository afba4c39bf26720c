import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { linkButton } from '../../components/button.ts';
import { english } from '../../components/english.ts';
import { insetText } from '../../components/notice.ts';
import { consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/**
 * The page behind a registration link, on which a person makes a passkey for signing in. It is the same for everybody;
 * whom the link is for, its script asks. `fault` says why passkeys cannot be used here, when they cannot.
 */
export function passkeyPage(view: View, fault: string | undefined): string {
  return consolePage(view, undefined, {
    title: t`Register a passkey`,
    scripts: ['passkey.js'],
    content: html`<div class="see-narrow" id="passkey" data-offered="${fault === undefined ? 'yes' : 'no'}">
<div id="no-script">
<h1 class="govuk-heading-l">${t`Register a passkey`}</h1>
<p class="govuk-body">${t`Passkeys are made by a script on your own machine, so this page needs a current browser with scripts switched on.`}</p>
</div>
${deadEnd('old-browser', t`This browser has no passkeys`, t`Open the link in a current Chrome, Edge, Firefox or Safari.`)}
${deadEnd('not-offered', t`There are no passkeys here`, fault !== undefined && english(fault))}
${deadEnd('no-link', t`The link is not complete`, t`Open it exactly as you were given it: what stands behind the # belongs to it.`)}
<section data-step="dead-end" hidden>
<h1 class="govuk-heading-l">${t`This link opens nothing`}</h1>
<p class="govuk-body" id="dead-end-text"></p>
<p class="govuk-body">${t`An administrator makes a new one, on your page under People.`}</p>
</section>
${makeStep()}
<section data-step="done" hidden>
<h1 class="govuk-heading-l">${t`Your passkey is registered`}</h1>
<p class="govuk-body">${t`You sign in with it from now on, without a name and without a password.`}</p>
${linkButton(t`Sign in`, '/console/sign-in')}
</section>
</div>`,
  });
}

function deadEnd(step: string, title: HtmlValue, text: HtmlValue): SafeHtml {
  return html`<section data-step="${step}" hidden>
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${text}</p>
</section>`;
}

function makeStep(): SafeHtml {
  return html`<section data-step="make" hidden>
<h1 class="govuk-heading-l">${t`Register a passkey for ${html`<span id="whose"></span>`}`}</h1>
${insetText(t`If this is not your name, close the page and tell the administrator who gave you the link.`)}
<p class="govuk-body">${t`A passkey lives in your security key, phone or computer and signs you in after a touch with PIN, finger or face. It approves nothing: passkeys for approvals are made on the approval desk.`}</p>
<form id="label-form" novalidate>
<div class="govuk-form-group" id="label-group">
<label class="govuk-label govuk-label--s" for="label">${t`Where is it kept?`}</label>
<div id="label-hint" class="govuk-hint">${t`For example: blue security key, work laptop`}</div>
<p id="label-error" class="govuk-error-message" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> <span id="label-error-text"></span></p>
<input class="govuk-input" id="label" type="text" autocomplete="off" maxlength="100" aria-describedby="label-hint label-error">
</div>
<button type="submit" class="govuk-button" id="make">${t`Make a passkey`}</button>
<p class="govuk-hint" id="make-status" role="status"></p>
</form>
</section>`;
}
