import { html, t } from '@see/language';
import { command } from '../../components/command.ts';
import type { View } from '../../view.ts';
import { approvalFrame } from './approval-frame.ts';

/** The page on which a passkey approves all orders of a batch. */
export function approveBatchPage(view: View, batchId: string, rpId: string): string {
  return approvalFrame(view, {
    title: t`Approve a batch of orders`,
    question: t`Approve all of these orders?`,
    island: 'batch.js',
    subject: ['batch', batchId],
    rpId,
    back: `${view.urls.portal}/console/batches/${batchId}`,
    byCommand: command(`see batch approve ${batchId} --key FILE`),
    digestHint: t`Your passkey signs this once, for all of these orders and no others. It must be the digest that the console shows.`,
    facts: html`<p class="govuk-body">${t`Every order was fetched and hashed here, and all of them together are what will be signed. Look at what stands out, and at some of the others.`}</p>
<div id="batch-facts"></div>
<h2 class="govuk-heading-m">${t`What stands out`}</h2>
<p class="govuk-body" id="batch-outlier-count"></p>
<ul class="govuk-list govuk-list--spaced see-lines" id="batch-outliers"></ul>
<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t`Every order`}</span></summary>
<div class="govuk-details__text"><ol class="govuk-list govuk-list--spaced see-lines" id="batch-orders"></ol></div></details>`,
  });
}
