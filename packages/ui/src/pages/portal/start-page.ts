import { linkButton } from '../../components/button.ts';
import { fingerprint } from '../../components/command.ts';
import { details } from '../../components/notice.ts';
import { html } from '../../html.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** The first page: what this is, what you need, and the few things that people come for. */
export function startPage(view: View): string {
  return portalPage(view, {
    title: 'Certificates for public servants and mail gateways',
    place: 'start',
    content: html`<h1 class="govuk-heading-xl">Get your certificate</h1>
<div class="see-lead">
<p class="govuk-body-l">A certificate proves to other agencies' systems and mail that you are you. Getting one takes about five minutes.</p>
<h2 class="govuk-heading-m">You need</h2>
<ul class="govuk-list govuk-list--bullet">
<li>the one-time code from the mail that we sent you</li>
<li>the link that your agency's sponsor gave you</li>
<li>the computer or phone on which you want to use the certificate</li>
<li>a place to keep a file and a passphrase</li>
</ul>
${linkButton('Start now', '/enrol', 'start')}
${details('I have no code', html`<p class="govuk-body">The mail with the code comes after your agency's sponsor has ordered a certificate for you and it was approved. Ask your sponsor or your agency's registration agent; if you do not know them, your service desk does.</p>`)}
</div>
<h2 class="govuk-heading-l">Other things to do here</h2>
<ul class="see-cards">
${card('Install a certificate', '/install', 'Steps for Windows, Mac, iPhone, Android and Firefox.')}
${card('Lost a device or a file?', '/revoke', 'Make the certificate worthless before somebody uses it.')}
${card('Mail gateways and servers', '/gateways', 'Make a request with OpenSSL and check it before you send it.')}
${card('For operators and sponsors', '/console', 'Orders, certificates, agencies and the audit trail.')}
</ul>
<h2 class="govuk-heading-m">How you know it is us</h2>
<p class="govuk-body">The SHA-256 fingerprint of our <a class="govuk-link" href="${view.urls.va}/ca/root.cer">root certificate</a> is</p>
<p class="govuk-body">${fingerprint(view.rootFingerprint)}</p>
<p class="govuk-body">Compare it with what you were given on paper or by telephone. The <a class="govuk-link" href="${view.urls.va}/cp">certificate policy</a> says what our certificates stand for.</p>`,
  });
}

function card(title: string, href: string, text: string) {
  return html`<li class="see-card"><h3 class="govuk-heading-m"><a class="govuk-link" href="${href}">${title}</a></h3><p class="govuk-body">${text}</p></li>`;
}
