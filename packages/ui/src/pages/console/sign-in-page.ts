import { html, type SafeHtml, t } from '@see/language';
import { linkButton, scriptButton, submitButton } from '../../components/button.ts';
import { command } from '../../components/command.ts';
import { english } from '../../components/english.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, insetText, warningText } from '../../components/notice.ts';
import { textInput } from '../../components/text-input.ts';
import { consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface SignInOffer {
  /** Where to go afterwards. */
  readonly next: string;
  readonly token: boolean;
  readonly passkey: boolean;
  /** The name of the provider at which people sign in with an account, when that is offered. */
  readonly account?: string | undefined;
  /** Where to sign in with an operator certificate, when that is offered. */
  readonly certificateUrl?: string | undefined;
  /** Why there is no way in, when there is none. */
  readonly notice?: string | undefined;
  readonly errors: readonly FieldError[];
}

/** Signing in, by the ways that are offered: passkey first, then access token, then the way to the port for certificates. What was typed is never sent back. */
export function signInPage(
  view: View,
  { next, token, passkey, account, certificateUrl, notice, errors }: SignInOffer,
): string {
  return consolePage(view, undefined, {
    title: t`Sign in`,
    scripts: passkey ? ['handover.js', 'sign-in.js'] : ['handover.js'],
    content: html`<div class="see-narrow">
${errorSummary(errors)}
${notice && warningText(english(notice))}
<div id="approval-waits" hidden>${insetText(t`You were signed out meanwhile. Your approval is kept, and handed in once you are signed in.`)}</div>
${passkey && passkeyPart(next)}
${account && accountPart(next, account, passkey)}
${token ? tokenForm(next, passkey || account !== undefined, errors) : !passkey && !account && html`<h1 class="govuk-heading-l">${t`Sign in`}</h1>`}
${certificateUrl && html`<p class="govuk-body">${t`Or <a class="govuk-link" href="${certificateUrl}">sign in with your operator certificate</a>, if it is installed in this browser.`}</p>`}
<p class="govuk-body see-muted">${t`You are signed out after ten minutes without use.`}</p>
</div>`,
  });
}

function passkeyPart(next: string): SafeHtml {
  return html`<section id="passkey-sign-in" data-next="${next}">
<h1 class="govuk-heading-l">${t`Sign in with your passkey`}</h1>
<p class="govuk-body" id="passkey-no-script">${t`A script asks your device for the passkey, so this needs a current browser with scripts switched on.`}</p>
<div id="passkey-ready" hidden>
<p class="govuk-body">${t`Your security key, phone or computer asks for PIN, finger or face.`}</p>
<p id="passkey-error" class="govuk-error-message" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> <span id="passkey-error-text"></span></p>
${scriptButton({ text: t`Sign in with a passkey`, id: 'use-passkey' })}
<p class="govuk-hint" id="passkey-status" role="status"></p>
</div>
${details(t`I have no passkey`, html`<p class="govuk-body">${t`An administrator makes a link for you, by which your passkey is registered. They find it on your page, under People.`}</p>`)}
</section>`;
}

function accountPart(next: string, name: string, second: boolean): SafeHtml {
  const href = `/console/sign-in/oidc?next=${encodeURIComponent(next)}`;
  const way = linkButton(t`Sign in with ${name}`, href, second ? 'secondary' : undefined);
  return html`${second ? html`<h2 class="govuk-heading-m">${t`Or with your account`}</h2>` : html`<h1 class="govuk-heading-l">${t`Sign in with your account`}</h1>`}
${way}`;
}

function tokenForm(next: string, second: boolean, errors: readonly FieldError[]): SafeHtml {
  return html`${second && html`<h2 class="govuk-heading-m">${t`Or with an access token`}</h2>`}
<form method="post" action="/console/sign-in" id="sign-in-form" novalidate>
${textInput({
  id: 'token',
  label: second ? t`Your access token` : t`Sign in with your access token`,
  heading: !second,
  hint: t`It starts with see_ and was shown once, when it was made.`,
  type: 'password',
  autocomplete: 'off',
  spellcheck: false,
  maxLength: 100,
  inputClass: 'see-serial',
  ...errorOf(errors, 'token'),
})}
<input type="hidden" name="next" value="${next}">
${submitButton({ text: t`Sign in`, ...(second ? { look: 'secondary' as const } : {}) })}
</form>
${details(
  t`I have no token`,
  html`<p class="govuk-body">${t`An administrator makes one on the machine that runs SEE PKI:`}</p>${command('see token create --role operator --person PERSON --name "Your name"')}`,
)}`;
}
