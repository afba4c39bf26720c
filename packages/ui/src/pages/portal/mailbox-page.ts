import { submitButton } from '../../components/button.ts';
import { successBanner } from '../../components/notice.ts';
import { html } from '../../html.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** Asks whoever came by the link of a mail to confirm that the mailbox is theirs. Works without script. */
export function mailboxPage(view: View, { address }: { readonly address: string }): string {
  return portalPage(view, {
    title: 'Confirm your mailbox',
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">Is this mailbox yours?</h1>
<p class="govuk-body">We sent the link to <strong>${address}</strong>. If you read that mailbox, confirm it here.</p>
<form method="post" novalidate>${submitButton({ text: 'Confirm' })}</form>
<p class="govuk-body see-muted">This confirms the address and does nothing else. If it is not yours, close this page.</p></div>`,
  });
}

/** Says that it was confirmed. */
export function mailboxConfirmedPage(view: View, { address }: { readonly address: string }): string {
  return portalPage(view, {
    title: 'Mailbox confirmed',
    content: html`<div class="see-narrow">${successBanner(html`${address} is confirmed.`)}
<p class="govuk-body">You can close this page. Mail that waited for this is on its way.</p></div>`,
  });
}
