import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { linkButton } from '../../components/button.ts';
import { fingerprint } from '../../components/command.ts';
import { details } from '../../components/notice.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** The first page: what this is, what you need, and the few things that people come for. */
export function startPage(view: View): string {
  return portalPage(view, {
    title: t`Certificates for public servants and mail gateways`,
    place: 'start',
    content: html`<h1 class="govuk-heading-xl">${t`Get your certificate`}</h1>
<div class="see-lead">
<p class="govuk-body-l">${t`A certificate proves to other agencies' systems and mail that you are you. Getting one takes about five minutes.`}</p>
<h2 class="govuk-heading-m">${t`You need`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`the one-time code from the mail that we sent you`}</li>
<li>${t`the link that your agency's sponsor gave you`}</li>
<li>${t`the computer or phone on which you want to use the certificate`}</li>
<li>${t`a place to keep a file and a passphrase`}</li>
</ul>
${linkButton(t`Start now`, '/enrol', 'start')}
${details(t`I have no code`, html`<p class="govuk-body">${t`The mail with the code comes after your agency's sponsor has ordered a certificate for you and it was approved. Ask your sponsor or your agency's registration agent; if you do not know them, your service desk does.`}</p>`)}
</div>
<h2 class="govuk-heading-l">${t`Other things to do here`}</h2>
<ul class="see-cards">
${card(t`Install a certificate`, '/install', t`Steps with pictures for Windows, Mac, iPhone, Android and Firefox.`)}
${card(t`Test your certificate`, '/test', t`See in a minute whether it works on this device.`)}
${card(t`Renew a certificate`, '/renew', t`With the file and the passphrase that you have, before it ends.`)}
${card(t`My certificates`, '/my', t`See what you have and what was done with it; suspend or revoke it at once; what we hold about you.`)}
${card(t`Report a lost key`, '/revoke', t`Make the certificate worthless before somebody uses it.`)}
${card(t`Lost a file, a passphrase or a code?`, '/lost', t`How to get another one.`)}
${card(t`Read old encrypted mail`, '/recover', t`When the key with which it was encrypted is lost.`)}
${card(t`Mail gateways and servers`, '/gateways', t`Make a request with OpenSSL and check it before you send it.`)}
${card(t`For operators and sponsors`, '/console', t`Orders, certificates, agencies and the audit trail.`)}
</ul>
<h2 class="govuk-heading-m">${t`How you know it is us`}</h2>
<p class="govuk-body">${t`The SHA-256 fingerprint of our <a class="govuk-link" href="${view.urls.va}/ca/root.cer">root certificate</a> is`}</p>
<p class="govuk-body">${fingerprint(view.rootFingerprint)}</p>
<p class="govuk-body">${t`Compare it with what you were given on paper or by telephone. The <a class="govuk-link" href="${view.urls.va}/cp">certificate policy</a> says what our certificates stand for.`}</p>`,
  });
}

function card(title: HtmlValue, href: string, text: HtmlValue): SafeHtml {
  return html`<li class="see-card"><h3 class="govuk-heading-m"><a class="govuk-link" href="${href}">${title}</a></h3><p class="govuk-body">${text}</p></li>`;
}
