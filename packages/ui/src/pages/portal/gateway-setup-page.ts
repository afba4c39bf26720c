import { html, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { command } from '../../components/command.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';
import { type GATEWAY_PRODUCTS, SETUP_FOLDER, type SetupStep } from './gateway-setups.ts';

/** The steps for one product, with the addresses and fingerprints of this instance. */
export function gatewaySetupPage(view: View, product: (typeof GATEWAY_PRODUCTS)[number]): string {
  const { lead, steps } = product.write({ ...view.urls, rootFingerprint: view.rootFingerprint });
  return portalPage(view, {
    title: t`Set up ${product.name}`,
    place: 'gateways',
    beforeContent: backLink(t`Mail gateways and servers`, '/gateways'),
    content: html`<div class="see-lead"><h1 class="govuk-heading-xl">${t`Set up ${product.name}`}</h1>
<p class="govuk-body-l">${lead}</p>
<p class="govuk-body">${t`Work in a folder that only you and the program can read, like <span class="see-serial">${SETUP_FOLDER}</span>, with the key that you made for the request in it. Write the SHA-256 of your certificate in place of SHA256.`}</p>
<ol class="see-steps">
${steps.map(step)}
</ol></div>`,
  });
}

function step({ text, command: typed, file, prints }: SetupStep) {
  return html`<li class="see-step"><p class="govuk-body">${text}</p>
${file && html`<p class="govuk-body-s see-step__file"><span class="see-serial">${file}</span></p>`}${typed && command(typed)}${prints && html`<p class="govuk-body-s see-prints"><samp class="see-serial">${prints}</samp></p>`}</li>`;
}
