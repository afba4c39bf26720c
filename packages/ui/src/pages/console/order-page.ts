import type { Violation } from '@see/http';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText, successBanner, warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { textArea } from '../../components/text-area.ts';
import { momentHtml } from '../../components/time.ts';
import { type HtmlValue, html, type SafeHtml } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { WordedFact, WordedSection } from '../../order-in-words.ts';
import type { View } from '../../view.ts';
import { orderTag } from './states.ts';

export interface OrderFacts {
  readonly id: string;
  readonly subject: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly quorum: number;
  readonly dual: boolean;
  /** Why it needs more approvals than its profiles ask for, in words. */
  readonly risks: readonly string[];
  readonly approvals: readonly {
    readonly name: string;
    readonly personId: string;
    readonly credentialId: string;
    readonly at: Date;
  }[];
  /** Digest that approvers sign, hex; undefined while a code is bound to the order. */
  readonly digest: string | undefined;
  readonly sections: readonly WordedSection[];
  /** What was seen, by kind; undefined when it is not what the content's digest covers. */
  readonly evidence: Readonly<Record<string, string>> | undefined;
  readonly warnings: readonly Violation[];
  readonly createdBy: string;
  readonly refusal: { readonly code: string; readonly detail: string } | undefined;
  readonly deliveries: readonly { readonly kind: string; readonly recipient: string; readonly sentAt: Date }[];
  readonly certificates: readonly { readonly sha256: string; readonly serial: string; readonly profile: string }[];
  /** Where the person uses the code, while they can; only those of the agency and operators see it. */
  readonly enrolmentUrl: string | undefined;
  readonly mayApprove: boolean;
  readonly mayReject: boolean;
  readonly done: string | undefined;
  readonly errors: readonly FieldError[];
}

/** Everything that an approver must know, in the words of what will be signed, and how to decide. */
export function orderPage(view: View, reader: ConsoleReader, facts: OrderFacts): string {
  return consolePage(view, reader, {
    title: `Order for ${facts.subject}`,
    place: 'orders',
    scripts: facts.mayApprove ? ['handover.js'] : [],
    beforeContent: backLink('Orders', '/console/orders?state=pending'),
    content: html`${facts.done && successBanner(facts.done)}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">Order for ${facts.subject}</h1>
<p class="govuk-body">${orderTag(facts.state)} ${facts.stateReason && html` <span>${facts.stateReason}</span>`}</p>
${facts.refusal && warningText(html`The signer refused this order: ${facts.refusal.detail} (${facts.refusal.code})`)}
${facts.risks.length > 0 && warningText(html`This order needs ${facts.quorum} approvals: ${facts.risks.join('; ')}.`)}
${facts.warnings.map((warning) => warningText(warning.message))}
<div class="see-columns"><div>
${facts.digest === undefined ? insetText('The code is being bound to this order. It takes a few seconds; load the page again.') : html`<p class="govuk-body">This is what is signed, field by field.</p>`}
${evidence(facts.evidence)}
${facts.sections.map(section)}
</div><div>
${decision(view, facts, reader)}
${approvals(facts)}
${outcome(facts)}
${link(facts)}
${rejection(facts, reader)}
</div></div>`,
  });
}

function evidence(seen: OrderFacts['evidence']): HtmlValue {
  if (seen === undefined)
    return warningText(
      'The evidence is not on record as it was ordered. Do not approve before you have seen it yourself.',
    );
  const entries = Object.entries(seen);
  if (entries.length === 0) return undefined;
  return html`<h2 class="govuk-heading-m">Evidence seen</h2>${summaryList(
    entries.map(([key, value]) => ({ key, value })),
    'see-dense',
  )}`;
}

function section({ title, facts }: WordedSection): SafeHtml {
  return html`<h2 class="govuk-heading-m">${title}</h2>${summaryList(
    facts.map((fact) => ({ key: fact.key, value: lines(fact) })),
    'see-dense',
  )}`;
}

function lines(fact: WordedFact): HtmlValue {
  return fact.lines.map(
    (line, index) => html`${index > 0 && html`<br>`}<span class="${fact.code && 'see-serial'}">${line}</span>`,
  );
}

function decision(view: View, facts: OrderFacts, reader: ConsoleReader): SafeHtml | undefined {
  if (facts.state !== 'pending' || facts.digest === undefined) return undefined;
  return html`<h2 class="govuk-heading-m">Approve</h2>
<p class="govuk-body">Approving is a signature with your own approval key, made on your machine. The desk and the command show all of this again before they sign.</p>
${facts.dual && insetText('Two persons approve this order, one of them with a key file or a passkey that stays on its device. A passkey that is copied between devices does not count as that one.')}
${facts.mayApprove && passkey(view, facts, reader)}
<h3 class="govuk-heading-s">With a key file</h3>
${command(`see order approve ${facts.id} --key FILE`)}
<p class="govuk-body-s">Either way it must show this digest:<br>${fingerprint(facts.digest)}</p>`;
}

/** The way to the desk, and the form in which the handover island sends back what was signed there. */
function passkey(view: View, facts: OrderFacts, reader: ConsoleReader): SafeHtml {
  return html`${linkButton('Approve with a passkey', `${view.urls.desk}/orders/${facts.id}`)}
<p class="govuk-body" id="approval-sending" role="status" hidden>Handing in your approval.</p>
<form method="post" action="/console/orders/${facts.id}/approve" id="approval-form" hidden>
<input type="hidden" name="formToken" value="${reader.formToken}">
<input type="hidden" name="approval" id="approval" value="">
</form>`;
}

function link({ enrolmentUrl }: OrderFacts): SafeHtml | undefined {
  if (enrolmentUrl === undefined) return undefined;
  return html`<h2 class="govuk-heading-m">Link for the person</h2>
<p class="govuk-body">The code goes to them by mail. Give them this link yourself, by another way: neither is of use without the other.</p>
${command(enrolmentUrl)}`;
}

function rejection(facts: OrderFacts, reader: ConsoleReader): SafeHtml | undefined {
  if (!facts.mayReject) return undefined;
  return html`<h2 class="govuk-heading-m">Reject</h2>
<form method="post" action="/console/orders/${facts.id}/reject" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${textArea({ id: 'reason', label: 'Why', hint: 'Those who ordered read this. It cannot be undone; they make a new order.', rows: 3, ...errorOf(facts.errors, 'reason') })}
${submitButton({ text: 'Reject the order', look: 'warning' })}
</form>`;
}

function approvals(facts: OrderFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">Approvals: ${facts.approvals.length} of ${facts.quorum}</h2>
${
  facts.approvals.length === 0
    ? html`<p class="govuk-body">None yet.</p>`
    : html`<ul class="govuk-list">${facts.approvals.map(({ name, at, credentialId }) => html`<li><strong>${name}</strong><br>${momentHtml(at)}<br><span class="see-serial see-muted">key ${credentialId.slice(0, 16)}…</span></li>`)}</ul>`
}
<p class="govuk-body-s see-muted">Entered by ${facts.createdBy}.</p>`;
}

function outcome(facts: OrderFacts): HtmlValue {
  return [
    facts.deliveries.length > 0 &&
      table({
        caption: 'Sent',
        head: ['What', 'To', 'When'],
        rows: facts.deliveries.map(({ kind, recipient, sentAt }) => [kind, recipient, momentHtml(sentAt)]),
        empty: '',
      }),
    facts.certificates.length > 0 &&
      html`<h2 class="govuk-heading-m">Certificates</h2><ul class="govuk-list">${facts.certificates.map(({ sha256, serial, profile }) => html`<li><a class="govuk-link" href="/console/certificates/${sha256}">${profile}</a><br><span class="see-serial see-muted">${serial}</span></li>`)}</ul>`,
  ];
}
