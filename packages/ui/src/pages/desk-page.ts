import { command } from '../components/command.ts';
import { insetText } from '../components/notice.ts';
import { html } from '../html.ts';
import { page } from '../layout/page.ts';
import type { Site } from '../site.ts';

/** The approval origin: says how orders are approved. It has no function yet that it could pretend to have. */
export function deskPage(site: Site): string {
  return page(site, {
    title: 'Approvals',
    section: 'Approval desk',
    homeHref: '/',
    navigation: [],
    content: html`<div class="see-lead"><h1 class="govuk-heading-xl">Approvals</h1>
<p class="govuk-body-l">Orders are approved with your own approval key, on your own machine. This desk will take approvals by passkey; until then nothing is approved in a browser.</p>
<h2 class="govuk-heading-m">Approve an order</h2>
<p class="govuk-body">Find the order in the <a class="govuk-link" href="${site.urls.portal}/console/orders">queue of the console</a>. Then, where your key is:</p>
${command('see order approve ORDER --key FILE')}
<p class="govuk-body">The command fetches the order’s bytes, shows every field, hashes them itself, asks you and signs. Compare the digest with the one that the console shows.</p>
<h2 class="govuk-heading-m">You have no approval key yet</h2>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>Make one. It stays on your machine, sealed with a passphrase.${command('see operator keygen --label "Your name" --out approval.key')}</li>
<li>Have two administrators register its public half. They check that it is you.${command('see operator register approval.key.public.json')}</li>
</ol>
${insetText('Why apart from the console: whoever takes over the web server must not be able to approve anything. The signer checks each approval itself, against keys that are not in the database.')}</div>`,
  });
}
