import { html, t } from '@see/language';
import { command } from '../../components/command.ts';
import { insetText } from '../../components/notice.ts';
import { deskPage } from '../../layout/desk-page.ts';
import type { View } from '../../view.ts';

/** The start of the approval origin: says how orders are approved and how one gets a key. */
export function deskStartPage(view: View): string {
  return deskPage(view, {
    title: t`Approvals`,
    content: html`<div class="see-lead"><h1 class="govuk-heading-xl">${t`Approvals`}</h1>
<p class="govuk-body-l">${t`Orders are approved with your own approval key: a passkey in your browser, or a key file on your machine.`}</p>
<h2 class="govuk-heading-m">${t`Approve an order`}</h2>
<p class="govuk-body">${t`Find the order in the <a class="govuk-link" href="${view.urls.portal}/console/orders">queue of the console</a> and choose to approve it with a passkey: it opens here, shows every field of what will be signed, and asks for your touch. With a key file, use the command where the key is:`}</p>
${command('see order approve ORDER --key FILE')}
<p class="govuk-body">${t`Either way the order’s bytes are read and hashed on your machine. Compare the digest with the one that the console shows.`}</p>
<h2 class="govuk-heading-m">${t`You have no approval key yet`}</h2>
<p class="govuk-body">${t`<a class="govuk-link" href="/register">Make a passkey</a>, or a key file:`}</p>
${command('see operator keygen --label "Your name" --out approval.key')}
<p class="govuk-body">${t`Then two administrators check that it is you and register its public half.`}</p>
${command('see operator register FILE.public.json')}
${insetText(t`Why apart from the console: whoever takes over the web server must not be able to approve anything. The signer checks each approval itself, against keys that are not in the database.`)}</div>`,
  });
}
