import { html, t } from '@see/language';
import { command } from '../../components/command.ts';
import { insetText, warningText } from '../../components/notice.ts';
import type { View } from '../../view.ts';
import { approvalFrame } from './approval-frame.ts';

/** The page on which a passkey approves an order. */
export function approvePage(view: View, orderId: string, rpId: string): string {
  return approvalFrame(view, {
    title: t`Approve an order`,
    question: t`Approve this order?`,
    island: 'approval.js',
    subject: ['order', orderId],
    rpId,
    back: `${view.urls.portal}/console/orders/${orderId}`,
    byCommand: command(`see order approve ${orderId} --key FILE`),
    digestHint: t`Your passkey signs this. It must be the digest that the console shows.`,
    facts: html`<div id="raised-order" hidden>${warningText(t`This order needs a second person, for these reasons:`)}<ul class="govuk-list govuk-list--bullet" id="raised-reasons"></ul></div>
<p class="govuk-body">${t`This is every field of what will be signed, read from the bytes themselves. People and agencies are shown by their ids; the console shows their names.`}</p>
<div id="order-sections"></div>
<div id="dual-order" hidden>${insetText(t`This order is on the dual list: two persons approve it, one of them with a key file or with a passkey that stays on its device. An approval by a passkey that is copied between devices does not count as that one.`)}</div>`,
  });
}
