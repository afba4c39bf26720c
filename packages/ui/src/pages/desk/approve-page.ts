import { command } from '../../components/command.ts';
import { insetText, warningText } from '../../components/notice.ts';
import { html, type SafeHtml } from '../../html.ts';
import { deskPage } from '../../layout/desk-page.ts';
import type { Site } from '../../site.ts';

/**
 * The page on which a passkey approves an order. Nothing about the order is in it: the island fetches the bytes, shows
 * what they say and has their digest signed. It looks the same whether such an order exists or not.
 */
export function approvePage(site: Site, orderId: string, rpId: string): string {
  const back = `${site.urls.portal}/console/orders/${orderId}`;
  return deskPage(site, {
    title: 'Approve an order',
    scripts: ['approval.js'],
    content: html`<div id="approval" data-order="${orderId}" data-rp="${rpId}" data-console="${back}">
<div id="no-script">
<h1 class="govuk-heading-l">Approve an order</h1>
<p class="govuk-body">This page hashes what you approve on your own machine, so it needs a current browser with scripts switched on. Without it, use your key file:</p>
${byCommand(orderId)}
</div>
<section data-step="old-browser" hidden>
<h1 class="govuk-heading-l">This browser has no passkeys</h1>
<p class="govuk-body">Open this page in a current Chrome, Edge, Firefox or Safari, under its own address. Or use your key file:</p>
${byCommand(orderId)}
</section>
<section data-step="reading" hidden>
<h1 class="govuk-heading-l">Fetching the order</h1>
<p class="govuk-body">It takes a moment.</p>
</section>
${decideStep(orderId, back)}
<section data-step="dead-end" hidden>
<h1 class="govuk-heading-l" id="dead-end-title">The order cannot be shown</h1>
<p class="govuk-body" id="dead-end-text"></p>
<p class="govuk-body"><a class="govuk-link" href="${back}">Back to the console</a></p>
</section>
</div>`,
  });
}

function decideStep(orderId: string, back: string): SafeHtml {
  return html`<section data-step="decide" hidden>
<h1 class="govuk-heading-l">Approve this order?</h1>
<p class="govuk-body">This is every field of what will be signed, read from the bytes themselves. People and agencies are shown by their ids; the console shows their names.</p>
<div id="order-sections"></div>
<h2 class="govuk-heading-m">Digest</h2>
<p class="govuk-body">Your passkey signs this. It must be the digest that the console shows.<br><code class="see-fingerprint" id="order-digest"></code></p>
<div id="dual-order" hidden>${insetText('This order needs two persons. One of them approves with a key file or with a passkey that stays on its device.')}</div>
<p class="govuk-error-message" id="approve-error" role="alert" hidden><span class="govuk-visually-hidden">Error:</span> <span id="approve-error-text"></span></p>
<div id="no-passkey" hidden>${warningText('No operator has a registered passkey yet. Make one, and have two administrators register it.')}<p class="govuk-body"><a class="govuk-link" href="/register">Make a passkey</a></p></div>
<button type="button" class="govuk-button" id="approve" hidden>Approve with my passkey</button>
<p class="govuk-hint" id="approve-status" role="status"></p>
<p class="govuk-body">Something is wrong with it? <a class="govuk-link" href="${back}">Go back to the console</a> and reject it there.</p>
<h2 class="govuk-heading-s">With a key file instead</h2>
${byCommand(orderId)}
</section>`;
}

function byCommand(orderId: string): SafeHtml {
  return command(`see order approve ${orderId} --key FILE`);
}
