import { html, type SafeHtml, t } from '@see/language';
import { command } from '../../components/command.ts';
import { verbatim } from '../../verbatim.ts';

/** Makes a key and a request for signing, as it is typed. */
export const SIGN_KEY = verbatim`openssl ecparam -name secp384r1 -genkey -noout -out gateway-sign.key
openssl req -new -sha384 -key gateway-sign.key -subj / -out gateway-sign.csr`;

/** The same for encryption. */
export const ENCRYPT_KEY = verbatim`openssl genrsa -out gateway-encrypt.key 3072
openssl req -new -sha256 -key gateway-encrypt.key -subj / -out gateway-encrypt.csr`;

/** How a right key and request are made with OpenSSL, for both uses. */
export function keyCommands(): SafeHtml {
  return html`<p class="govuk-body">${t`To sign, and for servers: a key on the curve P-384.`}</p>
${command(SIGN_KEY)}
<p class="govuk-body">${t`To decrypt mail: RSA with 3072 bits, which most gateways need.`}</p>
${command(ENCRYPT_KEY)}`;
}
