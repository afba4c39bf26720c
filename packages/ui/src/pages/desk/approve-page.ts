import { insetText } from '../../components/notice.ts';
import { html } from '../../html.ts';
import type { Site } from '../../site.ts';
import { approvalFrame } from './approval-frame.ts';

/** The page on which a passkey approves an order. */
export function approvePage(site: Site, orderId: string, rpId: string): string {
  return approvalFrame(site, {
    title: 'Approve an order',
    question: 'Approve this order?',
    island: 'approval.js',
    subject: ['order', orderId],
    rpId,
    back: `${site.urls.portal}/console/orders/${orderId}`,
    command: `see order approve ${orderId} --key FILE`,
    digestHint: 'Your passkey signs this. It must be the digest that the console shows.',
    facts: html`<p class="govuk-body">This is every field of what will be signed, read from the bytes themselves. People and agencies are shown by their ids; the console shows their names.</p>
<div id="order-sections"></div>
<div id="dual-order" hidden>${insetText('This order needs two persons. One of them approves with a key file or with a passkey that stays on its device.')}</div>`,
  });
}
