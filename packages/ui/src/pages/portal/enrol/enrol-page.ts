import { html, type SafeHtml, t } from '@see/language';
import { command } from '../../../components/command.ts';
import { portalPage } from '../../../layout/portal-page.ts';
import type { View } from '../../../view.ts';
import { codeStep } from './code-step.ts';
import { deadEndStep } from './dead-end-step.ts';
import { detailsStep } from './details-step.ts';
import { deviceStep } from './device-step.ts';
import { makingStep } from './making-step.ts';
import { saveStep } from './save-step.ts';

/**
 * The page on which a code becomes certificates. All steps are in the document, and the enrolment island shows one at a
 * time: the keys made in one step must live until the files are saved, so there can be no other page in between. Nothing
 * about the order is in it; the page looks the same whether such an order exists or not.
 */
export function enrolPage(view: View, orderId: string): string {
  return portalPage(view, {
    title: t`Get your certificates`,
    place: 'enrol',
    scripts: ['enrolment.js'],
    content: html`<div class="see-narrow" id="enrolment" data-order="${orderId}">
${withoutScript(orderId)}
<div id="steps" hidden>
${codeStep(orderId)}${detailsStep()}${deviceStep()}${makingStep()}${saveStep()}${deadEndStep(orderId)}
</div>
</div>`,
  });
}

function withoutScript(orderId: string): SafeHtml {
  return html`<div id="no-script">
<h1 class="govuk-heading-l">${t`Get your certificates`}</h1>
<p class="govuk-body">${t`This page makes your keys on this device, so it needs a browser of the last two years with scripts switched on. If nothing changes here in a few seconds, open the same address in a current Chrome, Edge, Firefox or Safari. Your code stays good.`}</p>
<p class="govuk-body">${t`Those who know the command line can use this command instead:`}</p>
${command(`see order redeem ${orderId} --code-file=code.txt --out=folder`)}
</div>
<div id="old-browser" hidden>
<h1 class="govuk-heading-l">${t`This browser cannot make keys`}</h1>
<p class="govuk-body">${t`It is too old, or the address does not begin with https. Open the link of your sponsor in a current Chrome, Edge, Firefox or Safari, on the device that you want to use. Your code is still good.`}</p>
</div>`;
}
