import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { english } from '../../components/english.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText, successBanner } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { momentHtml } from '../../components/time.ts';
import { deskAddress } from '../../desk-address.ts';
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
  readonly done: HtmlValue;
  readonly errors: readonly FieldError[];
}

/** What a batch holds, what stands out in it, and how to approve it. */
export function batchPage(view: View, reader: ConsoleReader, facts: BatchFacts): string {
  return consolePage(view, reader, {
    title: t`Batch of ${facts.count} orders`,
    place: 'orders',
    scripts: facts.mayApprove ? ['handover.js'] : [],
    beforeContent: backLink(t`Batches`, '/console/batches'),
    content: html`${facts.done && successBanner(facts.done)}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`${facts.count} orders of ${facts.agency}`}</h1>
<div class="see-columns"><div>
${summaryList(
  [
    { key: t`Now`, value: batchStates(facts.states) },
    { key: t`Made`, value: t`${momentHtml(facts.createdAt)} by ${facts.createdBy}` },
    {
      key: t`Signatures`,
      value: facts.quorum === 1 ? t`one` : t`${facts.quorum}, by different persons: some of the orders have a risk`,
    },
    { key: t`Import`, value: facts.importId ?? t`none` },
    { key: t`Batch`, value: html`<span class="see-serial">${facts.id}</span>` },
  ],
  'see-dense',
)}
<h2 class="govuk-heading-m">${t`What stands out: ${facts.outliers.length} of ${facts.count}`}</h2>
${facts.outliers.length > SHOWN && insetText(t`The first ${SHOWN} are shown here. The desk and the command show all of them.`)}
${table({
  caption: t`Orders that differ from the others`,
  hideCaption: true,
  head: [t`For`, t`State`, t`Why`],
  rows: facts.outliers
    .slice(0, SHOWN)
    .map((one) => [person(one), orderTag(one.state), one.reasons.map((reason) => html`${english(reason)}<br>`)]),
  empty: t`Nothing. Look at some of the orders all the same.`,
})}
<h2 class="govuk-heading-m">${t`A sample of the others`}</h2>
${table({
  caption: t`Orders that do not differ`,
  hideCaption: true,
  head: [t`For`, t`State`],
  rows: facts.sample.map((one) => [person(one), orderTag(one.state)]),
  empty: t`There are no others.`,
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
  if (pending === 0) return html`<p class="govuk-body">${t`Nothing of this batch waits for approval.`}</p>`;
  return html`<h2 class="govuk-heading-m">${t`Approve ${pending} of ${facts.count}`}</h2>
${facts.quorum > 1 && insetText(t`Orders with a risk wait until ${facts.quorum} different persons have signed this batch. They are the first of what stands out.`)}
<p class="govuk-body">${t`One signature with your own approval key, made on your machine. The desk and the command fetch every order and show what stands out before they sign. What is wrong with one order: reject it first.`}</p>
${
  facts.mayApprove &&
  html`${linkButton(t`Approve with a passkey`, deskAddress(view, `/batches/${facts.id}`))}
<p class="govuk-body" id="approval-sending" role="status" hidden>${t`Handing in your approval.`}</p>
<form method="post" action="/console/batches/${facts.id}/approve" id="approval-form" hidden>
<input type="hidden" name="formToken" value="${reader.formToken}">
<input type="hidden" name="approval" id="approval" value="">
</form>`
}
<h3 class="govuk-heading-s">${t`With a key file`}</h3>
${command(`see batch approve ${facts.id} --key FILE`)}
<p class="govuk-body-s">${t`Either way it must show this digest:`}<br>${fingerprint(facts.digest)}</p>`;
}
