import { backLink } from '../../components/back-link.ts';
import { linkButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText, successBanner } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { momentHtml } from '../../components/time.ts';
import { html, type SafeHtml } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { batchStates } from './batches-page.ts';
import { orderTag } from './states.ts';

/** An order of the batch that differs from the others. */
export interface OutlierLine {
  readonly orderId: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly state: string;
  readonly reasons: readonly string[];
}

export interface BatchFacts {
  readonly id: string;
  readonly agency: string;
  readonly count: number;
  /** Different persons who sign it until all orders are approved. */
  readonly quorum: number;
  readonly states: Readonly<Record<string, number>>;
  /** Hex. */
  readonly digest: string;
  readonly importId: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly outliers: readonly OutlierLine[];
  /** Orders for a look at those that do not stand out. */
  readonly sample: readonly Omit<OutlierLine, 'reasons'>[];
  readonly mayApprove: boolean;
  readonly done: string | undefined;
  readonly errors: readonly FieldError[];
}

/** What a batch holds, what stands out in it, and how to approve it. */
export function batchPage(view: View, reader: ConsoleReader, facts: BatchFacts): string {
  return consolePage(view, reader, {
    title: `Batch of ${facts.count} orders`,
    place: 'orders',
    scripts: facts.mayApprove ? ['handover.js'] : [],
    beforeContent: backLink('Batches', '/console/batches'),
    content: html`${facts.done && successBanner(facts.done)}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${facts.count} orders of ${facts.agency}</h1>
<div class="see-columns"><div>
${summaryList(
  [
    { key: 'Now', value: batchStates(facts.states) },
    { key: 'Made', value: html`${momentHtml(facts.createdAt)} by ${facts.createdBy}` },
    {
      key: 'Signatures',
      value: facts.quorum === 1 ? 'one' : `${facts.quorum}, by different persons: some of the orders have a risk`,
    },
    { key: 'Import', value: facts.importId ?? 'none' },
    { key: 'Batch', value: html`<span class="see-serial">${facts.id}</span>` },
  ],
  'see-dense',
)}
<h2 class="govuk-heading-m">What stands out: ${facts.outliers.length} of ${facts.count}</h2>
${facts.outliers.length > SHOWN && insetText(`The first ${SHOWN} are shown here. The desk and the command show all of them.`)}
${table({
  caption: 'Orders that differ from the others',
  hideCaption: true,
  head: ['For', 'State', 'Why'],
  rows: facts.outliers
    .slice(0, SHOWN)
    .map((one) => [person(one), orderTag(one.state), one.reasons.map((reason) => html`${reason}<br>`)]),
  empty: 'Nothing. Look at some of the orders all the same.',
})}
<h2 class="govuk-heading-m">A sample of the others</h2>
${table({
  caption: 'Orders that do not differ',
  hideCaption: true,
  head: ['For', 'State'],
  rows: facts.sample.map((one) => [person(one), orderTag(one.state)]),
  empty: 'There are no others.',
})}
</div><div>
${decision(view, facts, reader)}
</div></div>`,
  });
}

/** Outliers on one page. */
const SHOWN = 200;

function person({ orderId, name, names }: Omit<OutlierLine, 'reasons'>): SafeHtml {
  return html`<a class="govuk-link" href="/console/orders/${orderId}">${name}</a><br><span class="see-muted">${names.join(', ')}</span>`;
}

function decision(view: View, facts: BatchFacts, reader: ConsoleReader): SafeHtml | undefined {
  const pending = facts.states['pending'] ?? 0;
  if (pending === 0) return html`<p class="govuk-body">Nothing of this batch waits for approval.</p>`;
  return html`<h2 class="govuk-heading-m">Approve ${pending} of ${facts.count}</h2>
${facts.quorum > 1 && insetText(`Orders with a risk wait until ${facts.quorum} different persons have signed this batch. They are the first of what stands out.`)}
<p class="govuk-body">One signature with your own approval key, made on your machine. The desk and the command fetch every order and show what stands out before they sign. What is wrong with one order: reject it first.</p>
${
  facts.mayApprove &&
  html`${linkButton('Approve with a passkey', `${view.urls.desk}/batches/${facts.id}`)}
<p class="govuk-body" id="approval-sending" role="status" hidden>Handing in your approval.</p>
<form method="post" action="/console/batches/${facts.id}/approve" id="approval-form" hidden>
<input type="hidden" name="formToken" value="${reader.formToken}">
<input type="hidden" name="approval" id="approval" value="">
</form>`
}
<h3 class="govuk-heading-s">With a key file</h3>
${command(`see batch approve ${facts.id} --key FILE`)}
<p class="govuk-body-s">Either way it must show this digest:<br>${fingerprint(facts.digest)}</p>`;
}
