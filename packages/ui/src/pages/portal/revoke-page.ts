import { html, t } from '@see/language';
import { linkButton } from '../../components/button.ts';
import { command } from '../../components/command.ts';
import { details, insetText } from '../../components/notice.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** A file of ours as PEM, and the revocation. */
const REVOKE = [
  ['openssl', 'pkcs12', '-in', 'user-auth.p12', '-nodes', '-out', 'user-auth.pem'].join(' '),
  'see cert revoke-own user-auth.pem --key user-auth.pem --reason=keyCompromise',
];

/** What to do when a key may be in other hands: the quickest way first. */
export function revokePage(view: View): string {
  return portalPage(view, {
    title: t`Report a lost key`,
    place: 'revoke',
    content: html`<div class="see-lead"><h1 class="govuk-heading-xl">${t`Report a lost key`}</h1>
<p class="govuk-body-l">${t`A device is gone, a file was copied, a passphrase was seen: make the certificate worthless at once. A minute later nobody can use it. It cannot be undone; a new certificate takes five minutes.`}</p>
<h2 class="govuk-heading-m">${t`Your certificate for signing in still works in a browser`}</h2>
<p class="govuk-body">${t`Open your certificates with it, on this device or another one, and suspend or revoke any of them. Nobody has to be asked.`}</p>
${linkButton(t`Open my certificates`, '/my', 'warning')}
<h2 class="govuk-heading-m">${t`You no longer have the key`}</h2>
<p class="govuk-body">${t`Tell your agency's sponsor or service desk now, by telephone. They reach an operator at any hour; an operator needs your name and a minute.`}</p>
${insetText(html`<p class="govuk-body">${t`Have at hand, if you can: the serial number or the reference from your last page, and since when the key may be in other hands. If you have neither, your name is enough.`}</p>`)}
<h2 class="govuk-heading-m">${t`You may find it again`}</h2>
<p class="govuk-body">${t`The certificate with which you sign in can be suspended, and an operator puts it back when you say so. Those for signing and encrypting mail cannot be suspended: revoke them.`}</p>
${details(
  t`With the command line`,
  html`<p class="govuk-body">${t`Your key itself proves that you may. From a computer with the <span class="see-serial">see</span> command:`}</p>
${command(REVOKE.join('\n'))}
<p class="govuk-body">${t`To suspend it instead:`}</p>
${command('see cert revoke-own user-auth.pem --key user-auth.pem --hold')}
<p class="govuk-body">${t`The revocation lists and the OCSP service say so within a minute:`}</p>
${command('see cert verify user-auth.pem')}
<p class="govuk-body">${t`With other tools, send a request that is signed with the certificate's key to <span class="see-serial">${view.urls.portal}/api/v1/holder-revocations</span>. The <a class="govuk-link" href="/api/v1/openapi.json">API description</a> says how it looks.`}</p>`,
)}</div>`,
  });
}
