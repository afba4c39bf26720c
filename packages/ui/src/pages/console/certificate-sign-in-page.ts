import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { english } from '../../components/english.ts';
import { warningText } from '../../components/notice.ts';
import { type RadioOption, radios } from '../../components/radios.ts';
import { dayText } from '../../components/time.ts';
import { consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface CertificateOffer {
  /** Where to go afterwards. */
  readonly next: string;
  /** Whom the operator certificate of the connection names, and as what they may sign in; undefined when it signs nobody in. */
  readonly holder:
    | { readonly name: string; readonly serial: string; readonly until: Date; readonly roles: readonly RadioOption[] }
    | undefined;
  /** Why signing in is not possible. */
  readonly notice?: string | undefined;
}

/** Signing in at the port for mutual TLS: the certificate was chosen already, so one button is all there is. */
export function certificateSignInPage(view: View, { next, holder, notice }: CertificateOffer): string {
  return consolePage(view, undefined, {
    title: t`Sign in`,
    scripts: ['handover.js'],
    content: html`<div class="see-narrow">
<h1 class="govuk-heading-l">${t`Sign in with your certificate`}</h1>
${notice && warningText(english(notice))}
${holder && form(next, holder)}
<p class="govuk-body see-muted">${t`You are signed out after ten minutes without use. The session is good with this certificate only.`}</p>
</div>`,
  });
}

function form(next: string, { name, serial, until, roles }: NonNullable<CertificateOffer['holder']>): SafeHtml {
  return html`<p class="govuk-body">${t`Your certificate names you, ${name}.`} <span class="see-muted">${t`Number ${serial}, until ${dayText(until)}.`}</span></p>
<form method="post" action="/console/sign-in/certificate" id="sign-in-form">
${roles.length > 1 && radios({ name: 'as', legend: t`You have several roles`, hint: t`To act in another one later, sign in again.`, options: roles })}
<input type="hidden" name="next" value="${next}">
${submitButton({ text: t`Sign in` })}
</form>`;
}
