import { html, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { successBanner } from '../../components/notice.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** Asks whoever came by the link of a mail to confirm that the mailbox is theirs. Works without script. */
export function mailboxPage(view: View, { address }: { readonly address: string }): string {
  return portalPage(view, {
    title: t`Confirm your mailbox`,
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">${t`Is this mailbox yours?`}</h1>
<p class="govuk-body">${t`We sent the link to <strong class="see-lines">${address}</strong>. If you read that mailbox, confirm it here.`}</p>
<form method="post" novalidate>${submitButton({ text: t`Confirm` })}</form>
<p class="govuk-body see-muted">${t`This confirms the address and does nothing else. If it is not yours, close this page.`}</p></div>`,
  });
}

/** Says that it was confirmed. */
export function mailboxConfirmedPage(view: View, { address }: { readonly address: string }): string {
  return portalPage(view, {
    title: t`Mailbox confirmed`,
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">${t`Mailbox confirmed`}</h1>
${successBanner(t`<span class="see-lines">${address}</span> is confirmed.`)}
<p class="govuk-body">${t`You can close this page. Mail that waited for this is on its way.`}</p></div>`,
  });
}
