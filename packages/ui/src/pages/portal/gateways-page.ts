import { command } from '../../components/command.ts';
import { insetText } from '../../components/notice.ts';
import { html } from '../../html.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** How a gateway or server administrator makes requests with their own tool, checks them, and gets certificates. */
export function gatewaysPage(view: View): string {
  const portal = view.urls.portal;
  return portalPage(view, {
    title: 'Mail gateways and servers',
    place: 'gateways',
    content: html`<div class="see-lead"><h1 class="govuk-heading-xl">Mail gateways and servers</h1>
<p class="govuk-body-l">You make the keys on your gateway and send us requests (PKCS#10). Your agency's registration agent orders, two operators approve, and the certificates are there.</p>
<h2 class="govuk-heading-m">1. Make two keys and two requests</h2>
<p class="govuk-body">One key signs, the other decrypts: never the same. P-384 for signing; RSA with 3072 or 4096 bits for encryption, because most gateways need it.</p>
${command('openssl ecparam -name secp384r1 -genkey -noout -out gateway-sign.key\nopenssl req -new -sha384 -key gateway-sign.key -subj / -out gateway-sign.csr')}
${command('openssl genrsa -out gateway-encrypt.key 3072\nopenssl req -new -sha256 -key gateway-encrypt.key -subj / -out gateway-encrypt.csr')}
${insetText('We take the public key and the proof that you have the private one. Names in a request are ignored: they come from the register of agencies, so you need not fill them in.')}
<h2 class="govuk-heading-m">2. Check them before you send them</h2>
<p class="govuk-body">Nothing is stored. The answer says what we would take, what we ignore, and every rule that a request breaks.</p>
${command('see cert inspect gateway-sign.csr')}
${command(`curl --data-binary @gateway-sign.csr -H 'Content-Type: application/x-pem-file' ${portal}/api/v1/csr-inspections`)}
<h2 class="govuk-heading-m">3. Have them ordered</h2>
<p class="govuk-body">The registration agent of your agency orders with the files, for one mail domain:</p>
${command('see order create --agency AGENCY --applicant PERSON --sponsor PERSON \\\n  --profile gateway-sign --csr gateway-sign.csr --domain agency.govt.nz')}
<h2 class="govuk-heading-m">4. Fetch the certificates</h2>
${command('see cert get SERIAL --out gateway-sign.pem')}
<h2 class="govuk-heading-m">Renew before they end</h2>
<p class="govuk-body">In the last 30 days the old key asks for the new certificate; no token is needed. Make a new key and request as in step 1, then:</p>
${command('openssl cms -sign -binary -nodetach -md sha384 -in new-sign.csr \\\n  -signer gateway-sign.pem -inkey gateway-sign.key -outform PEM -out request.pem')}
${command(`curl --data-binary @request.pem -H 'Content-Type: application/x-pem-file' ${portal}/api/v1/renewals`)}
<p class="govuk-body">For the encryption certificate the signing key signs both, the old certificate and the new request: <span class="see-serial">cat gateway-encrypt.pem new-encrypt.csr</span> in place of the request. Your sponsor agrees, two operators approve; then the same curl command answers with the certificate. The old one stays good until its end.</p>
<p class="govuk-body">Once the new encryption key is in use on your gateway, say so: only then do others encrypt to it.</p>
${command('see cert confirm new-encrypt.pem --signer gateway-sign.pem --key gateway-sign.key')}
<p class="govuk-body">The days for your calendar, by the certificate's SHA-256:</p>
${command(`curl -o renew.ics ${portal}/api/v1/certificates/SHA256/renewal.ics`)}
<h2 class="govuk-heading-m">Addresses that your gateway needs</h2>
<ul class="govuk-list govuk-list--bullet">
<li>OCSP: <span class="see-serial">${view.urls.va}/ocsp</span></li>
<li>Revocation lists: <span class="see-serial">${view.urls.va}/crl/gateway.crl</span></li>
<li>Chain: <a class="govuk-link see-serial" href="${view.urls.va}/ca/chain.pem">${view.urls.va}/ca/chain.pem</a></li>
</ul></div>`,
  });
}
