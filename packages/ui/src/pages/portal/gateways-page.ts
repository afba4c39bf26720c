import { html, type SafeHtml, t } from '@see/language';
import { linkButton } from '../../components/button.ts';
import { command } from '../../components/command.ts';
import { details, insetText } from '../../components/notice.ts';
import { portalPage } from '../../layout/portal-page.ts';
import { verbatim } from '../../verbatim.ts';
import type { View } from '../../view.ts';
import { GATEWAY_PRODUCTS } from './gateway-setups.ts';
import { keyCommands } from './key-commands.ts';

const ORDER = verbatim`see order create --agency AGENCY --applicant PERSON --sponsor PERSON \
  --profile gateway-sign --csr gateway-sign.csr --domain agency.govt.nz`;
const RENEWAL = verbatim`openssl cms -sign -binary -nodetach -md sha384 -in new-sign.csr \
  -signer gateway-sign.pem -inkey gateway-sign.key -outform PEM -out request.pem`;

/** How a gateway or server administrator makes requests with their own tool, checks them, gets certificates and uses them. */
export function gatewaysPage(view: View): string {
  const { portal, va } = view.urls;
  return portalPage(view, {
    title: t`Mail gateways and servers`,
    place: 'gateways',
    content: html`<div class="see-lead"><h1 class="govuk-heading-xl">${t`Mail gateways and servers`}</h1>
<p class="govuk-body-l">${t`You make the keys on your gateway and send us requests (PKCS#10). Your agency’s registration agent orders, two operators approve, and the certificates are there.`}</p>
${linkButton(t`Check a request`, '/gateways/check')}
<h2 class="govuk-heading-m">${t`1. Make two keys and two requests`}</h2>
<p class="govuk-body">${t`One key signs, the other decrypts: never the same.`}</p>
${keyCommands()}
${insetText(t`We take the public key and the proof that you have the private one. Names in a request are ignored: they come from the register of agencies, so you need not fill them in.`)}
<h2 class="govuk-heading-m">${t`2. Check them before you send them`}</h2>
<p class="govuk-body">${t`<a class="govuk-link" href="/gateways/check">Check a request</a>: what we would take, what we ignore, and every rule that it breaks. Nothing is stored.`}</p>
${details(t`From a command line`, html`${command('see cert inspect gateway-sign.csr')}${command(verbatim`curl --data-binary @gateway-sign.csr -H 'Content-Type: application/x-pem-file' ${portal}/api/v1/csr-inspections`)}`)}
<h2 class="govuk-heading-m">${t`3. Have them ordered`}</h2>
<p class="govuk-body">${t`The registration agent of your agency orders with the files, for one mail domain:`}</p>
${command(ORDER)}
<p class="govuk-body">${t`They can give you the address of the order, with which you see how far it is: <span class="see-serial">${portal}/gateways/orders/…</span>`}</p>
<h2 class="govuk-heading-m">${t`4. Fetch the certificates and set up your gateway`}</h2>
<p class="govuk-body">${t`The page of the order leads to each certificate as PEM, DER, PKCS#7 and with its whole chain. Then follow the steps for your product; they have the addresses and fingerprints of this instance in them.`}</p>
<ul class="govuk-list govuk-list--bullet">
${GATEWAY_PRODUCTS.map(({ id, name }) => html`<li><a class="govuk-link" href="/gateways/setup/${id}">${name}</a></li>`)}
</ul>
<h2 class="govuk-heading-m">${t`To whom you can encrypt`}</h2>
<p class="govuk-body">${t`The encryption certificates of the gateways of all members, each good now, made new every quarter of a minute. Above each certificate of the PEM file stand its agency, its domain and its fingerprint.`}</p>
<ul class="govuk-list govuk-list--bullet">
<li>${addressLink(`${va}/members.p7b`)} ${'(PKCS#7)'}</li>
<li>${addressLink(`${va}/members.pem`)}</li>
<li>${addressLink(`${va}/members.json`)} ${t`(members, domains and dates for programs; signed in <span class="see-serial">members.json.jws</span>)`}</li>
</ul>
<h2 class="govuk-heading-m">${t`Renew before they end`}</h2>
<p class="govuk-body">${t`In the last 30 days the old key asks for the new certificate; no token is needed. Make a new key and request as in step 1, then:`}</p>
${command(RENEWAL)}
${command(verbatim`curl --data-binary @request.pem -H 'Content-Type: application/x-pem-file' ${portal}/api/v1/renewals`)}
<p class="govuk-body">${t`For the encryption certificate the signing key signs both, the old certificate and the new request: <span class="see-serial">cat gateway-encrypt.pem new-encrypt.csr</span> in place of the request. Your sponsor agrees, two operators approve; then the same curl command answers with the certificate. The old one stays good until its end.`}</p>
<p class="govuk-body">${t`Once the new encryption key is in use on your gateway, say so: only then do others encrypt to it.`}</p>
${command('see cert confirm new-encrypt.pem --signer gateway-sign.pem --key gateway-sign.key')}
<p class="govuk-body">${t`The page of a certificate shows its days on a time line, and has them for your calendar.`}</p>
<h2 class="govuk-heading-m">${t`Addresses that your gateway needs`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`OCSP:`} ${address(`${va}/ocsp`)}</li>
<li>${t`Revocation lists:`} ${address(`${va}/crl/gateway.crl`)}</li>
<li>${t`Chain:`} ${addressLink(`${va}/ca/chain.pem`)}</li>
</ul></div>`,
  });
}

function address(url: string): SafeHtml {
  return html`<span class="see-serial">${url}</span>`;
}

function addressLink(url: string): SafeHtml {
  return html`<a class="govuk-link see-serial" href="${url}">${url}</a>`;
}
