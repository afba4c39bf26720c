import { html, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText, warningText } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { dayText } from '../../components/time.ts';
import { portalPage } from '../../layout/portal-page.ts';
import { profileWords } from '../../profile-words.ts';
import type { View } from '../../view.ts';

export interface ReissueFacts {
  /** The address to which the link went. */
  readonly address: string;
  readonly certificates: readonly { readonly profileId: string; readonly notAfter: Date }[];
  /** `choose`: the question was not answered. */
  readonly errors: readonly FieldError[] | 'choose';
}

/** Asks whoever came by the link of a mail what is to happen with lost certificates. Works without script. */
export function reissuePage(view: View, { address, certificates, errors: given }: ReissueFacts): string {
  const errors = given === 'choose' ? [{ field: 'others', text: t`Say whether somebody else may have it.` }] : given;
  return portalPage(view, {
    title: t`Get new certificates`,
    content: html`<div class="see-narrow">${errorSummary(errors)}<h1 class="govuk-heading-xl">${t`Get new certificates`}</h1>
<p class="govuk-body">${t`We sent the link to <strong class="see-lines">${address}</strong>. These certificates are to be replaced:`}</p>
${
  certificates.length === 0
    ? html`<p class="govuk-body see-empty">${t`There is nothing to replace any more. Ask your sponsor for a new order.`}</p>`
    : html`<ul class="govuk-list govuk-list--bullet">${certificates.map(({ profileId, notAfter }) => html`<li><strong>${profileWords(profileId, profileId)}</strong><br>${t`Valid until ${dayText(notAfter)}`}</li>`)}</ul>
<form method="post" novalidate>
${radios({
  name: 'others',
  legend: t`May somebody else have the file, the passphrase or the device?`,
  options: [
    {
      value: 'no',
      text: t`No, it is only lost`,
      hint: t`The old certificates are revoked when the new ones are made.`,
    },
    {
      value: 'yes',
      text: t`Yes, or I am not sure`,
      hint: t`All of them are revoked at once. It cannot be undone.`,
    },
  ],
  ...errorOf(errors, 'others'),
})}
${warningText(t`Your old encrypted mail does not open with the new certificates.`)}
${submitButton({ text: t`Order new certificates` })}
</form>`
}
${insetText(t`This was not you? Then close this page. Nothing has happened.`)}</div>`,
  });
}

/** Says what was done and what comes next. */
export function reissuedPage(
  view: View,
  { reference, revoked }: { readonly reference: string; readonly revoked: boolean },
): string {
  return portalPage(view, {
    title: t`New certificates are ordered`,
    content: html`<div class="see-narrow">
<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${t`New certificates are ordered`}</h1><div class="govuk-panel__body">${t`Your reference`}<br><strong class="see-reference">${reference}</strong></div></div>
${revoked && html`<p class="govuk-body">${t`The old certificates are revoked. In a minute nobody accepts them any more.`}</p>`}
<h2 class="govuk-heading-m">${t`What happens next`}</h2>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>${t`Operators look at the order. They may ask you or your sponsor whether it was you.`}</li>
<li>${t`You get a mail with a new code, and your sponsor gets the link. Ask your sponsor for it.`}</li>
<li>${t`You make new keys with both, as the first time.`}</li>
</ol></div>`,
  });
}
