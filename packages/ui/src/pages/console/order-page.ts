import type { Violation } from '@see/http';
import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { english } from '../../components/english.ts';
import { errorSummary } from '../../components/error-summary.ts';
import { insetText, successBanner, warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { distanceText, momentHtml } from '../../components/time.ts';
import { deskAddress } from '../../desk-address.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { WordedFact, WordedSection } from '../../order-in-words.ts';
import type { View } from '../../view.ts';
import { type ComparedItem, comparison } from './order-comparison.ts';
import { type OrderPartyFacts, partyForms } from './order-party.ts';
import { rejection } from './rejection.ts';
import { orderTag } from './states.ts';

export interface OrderFacts extends OrderPartyFacts {
  readonly now: Date;
  readonly subject: string;
  readonly agency: { readonly id: string; readonly name: string };
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
  readonly compared: readonly ComparedItem[];
  /** What was seen, by kind; undefined when it is not what the content's digest covers. */
  readonly evidence: Readonly<Record<string, string>> | undefined;
  readonly warnings: readonly Violation[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approveBefore: Date;
  readonly refusal: { readonly code: string; readonly detail: string } | undefined;
  readonly deliveries: readonly { readonly kind: string; readonly recipient: string; readonly sentAt: Date }[];
  readonly certificates: readonly { readonly sha256: string; readonly serial: string; readonly profile: string }[];
  /** Where the person uses the code, while they can; only those of the agency and operators see it. */
  readonly enrolmentUrl: string | undefined;
  readonly mayApprove: boolean;
  readonly mayReject: boolean;
  /** Ids of the orders that wait for the reader before and after this one. */
  readonly queue: { readonly previous: string | undefined; readonly next: string | undefined };
  readonly done: HtmlValue;
  /** Whether what was done is a decision, after which the next order is shown. */
  readonly decided: boolean;
  /** What was chosen and typed in the form of rejecting, when it is drawn again. */
  readonly rejected?: { readonly cause: string; readonly words: string };
}

/** Everything that an approver must know, in the words of what will be signed, and how to decide. */
export function orderPage(view: View, reader: ConsoleReader, facts: OrderFacts): string {
  return consolePage(view, reader, {
    title: t`Order for ${facts.subject}`,
    place: 'orders',
    scripts: facts.mayApprove ? ['handover.js'] : [],
    beforeContent: html`<div class="see-way">${backLink(t`Orders`, '/console/orders?state=pending')}${queueLinks(facts)}</div>`,
    content: html`${facts.done && successBanner(html`${facts.done}${facts.decided && afterDecision(facts)}`)}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Order for ${facts.subject}`}</h1>
<p class="govuk-body">${orderTag(facts.state)} ${facts.stateReason && english(facts.stateReason)}</p>
<p class="govuk-body"><a class="govuk-link" href="/console/agencies/${facts.agency.id}">${facts.agency.name}</a>. ${t`Entered by ${facts.createdBy} ${distanceText(facts.createdAt, facts.now)}.`} ${facts.state === 'pending' && t`It lapses ${distanceText(facts.approveBefore, facts.now)}.`}</p>
${facts.refusal && warningText(t`The signer refused this order: ${english(`${facts.refusal.detail} (${facts.refusal.code})`)}`)}
${facts.risks.length > 0 && warningText(t`This order needs ${facts.quorum} approvals: ${english(`${facts.risks.join('; ')}.`)}`)}
${facts.warnings.map((warning) => warningText(english(warning.message)))}
${facts.digest === undefined && insetText(t`The code is being bound to this order. It takes a few seconds; load the page again.`)}
${facts.compared.map(comparison)}
${evidence(facts.evidence)}
<div class="see-columns see-columns--even"><div>
${decision(view, facts, reader)}
${approvals(facts)}
${outcome(facts)}
${link(facts)}
</div><div>
${facts.mayReject && rejection(reader, { orderId: facts.id, errors: facts.errors, ...facts.rejected })}
${partyForms(reader, facts)}
</div></div>
<h2 class="govuk-heading-m" id="every-field">${t`Every field that is signed`}</h2>
${facts.digest !== undefined && html`<p class="govuk-body">${t`This is what is signed, field by field. The desk shows the same, read from the bytes themselves.`}</p>`}
${facts.sections.map(section)}`,
  });
}

/** One key leads on: the browser's for access keys, with N and P. */
function queueLinks({ queue: { previous, next } }: OrderFacts): SafeHtml | undefined {
  if (!previous && !next) return undefined;
  return html`<nav class="see-way__queue" aria-label="${t`Orders that wait for you`}">
${previous && html`<a class="govuk-link" href="/console/orders/${previous}" accesskey="p" rel="prev">${t`Previous order`}</a>`}
${next && html`<a class="govuk-link" href="/console/orders/${next}" accesskey="n" rel="next">${t`Next order`}</a>`}
</nav>`;
}

function afterDecision({ queue: { next } }: OrderFacts): SafeHtml {
  const way = next
    ? html`<a class="govuk-notification-banner__link" href="/console/orders/${next}" id="next-order" autofocus>${t`Go to the next order`}</a>`
    : t`No other order waits for you.`;
  return html`<br>${way}`;
}

function evidence(seen: OrderFacts['evidence']): HtmlValue {
  if (seen === undefined)
    return warningText(
      t`The evidence is not on record as it was ordered. Do not approve before you have seen it yourself.`,
    );
  const entries = Object.entries(seen);
  return html`<h2 class="govuk-heading-m">${t`Evidence seen`}</h2>${
    entries.length === 0
      ? html`<p class="govuk-body">${t`Those who ordered gave no evidence with the order.`}</p>`
      : summaryList(
          entries.map(([key, value]) => ({ key: english(key), value: english(value) })),
          'see-dense',
        )
  }`;
}

function section({ title, facts }: WordedSection): SafeHtml {
  return html`<h3 class="govuk-heading-s">${title}</h3>${summaryList(
    facts.map((fact) => ({ key: fact.key, value: lines(fact) })),
    'see-dense',
  )}`;
}

function lines(fact: WordedFact): HtmlValue {
  return fact.lines.map(
    (line, index) =>
      html`${index > 0 && html`<br>`}<span class="${fact.code && 'see-serial'}"${fact.english && html` lang="en-NZ"`}>${line}</span>`,
  );
}

function decision(view: View, facts: OrderFacts, reader: ConsoleReader): SafeHtml | undefined {
  if (facts.state !== 'pending' || facts.digest === undefined) return undefined;
  return html`<h2 class="govuk-heading-m">${t`Approve`}</h2>
<p class="govuk-body">${t`Approving is a signature with your own approval key, made on your machine. The desk and the command show all of this again before they sign.`}</p>
${facts.dual && insetText(t`Two persons approve this order, one of them with a key file or a passkey that stays on its device. A passkey that is copied between devices does not count as that one.`)}
${facts.mayApprove && passkey(view, facts, reader)}
<h3 class="govuk-heading-s">${t`With a key file`}</h3>
${command(`see order approve ${facts.id} --key FILE`)}
<p class="govuk-body-s">${t`Either way it must show this digest:`}<br>${fingerprint(facts.digest)}</p>`;
}

/** The way to the desk, and the form in which the handover island sends back what was signed there. */
function passkey(view: View, facts: OrderFacts, reader: ConsoleReader): SafeHtml {
  return html`${linkButton(t`Approve with a passkey`, deskAddress(view, `/orders/${facts.id}`))}
<p class="govuk-body" id="approval-sending" role="status" hidden>${t`Handing in your approval.`}</p>
<form method="post" action="/console/orders/${facts.id}/approve" id="approval-form" hidden>
<input type="hidden" name="formToken" value="${reader.formToken}">
<input type="hidden" name="approval" id="approval" value="">
</form>`;
}

function link({ enrolmentUrl }: OrderFacts): SafeHtml | undefined {
  if (enrolmentUrl === undefined) return undefined;
  return html`<h2 class="govuk-heading-m">${t`Link for the person`}</h2>
<p class="govuk-body">${t`The code goes to them by mail. Give them this link yourself, by another way: neither is of use without the other.`}</p>
${command(enrolmentUrl)}`;
}

function approvals(facts: OrderFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Approvals: ${facts.approvals.length} of ${facts.quorum}`}</h2>
${
  facts.approvals.length === 0
    ? html`<p class="govuk-body">${t`None yet.`}</p>`
    : html`<ul class="govuk-list">${facts.approvals.map(({ name, at, credentialId }) => html`<li><strong>${name}</strong><br>${momentHtml(at)}<br><span class="see-serial see-muted">${t`key ${credentialId.slice(0, 16)}`}…</span></li>`)}</ul>`
}`;
}

/** What was sent, by the kinds of deliveries. */
const DELIVERIES: Readonly<Record<string, SafeHtml>> = {
  code: t`Code by mail`,
  link: t`Link by mail`,
  issued: t`News that it was issued`,
};

function outcome(facts: OrderFacts): HtmlValue {
  return [
    facts.deliveries.length > 0 &&
      table({
        caption: t`Sent`,
        head: [t`What`, t`To`, t`When`],
        rows: facts.deliveries.map(({ kind, recipient, sentAt }) => [
          DELIVERIES[kind] ?? kind,
          recipient,
          momentHtml(sentAt),
        ]),
        empty: '',
      }),
    facts.certificates.length > 0 &&
      html`<h2 class="govuk-heading-m">${t`Certificates`}</h2><ul class="govuk-list">${facts.certificates.map(({ sha256, serial, profile }) => html`<li><a class="govuk-link" href="/console/certificates/${sha256}">${profile}</a><br><span class="see-serial see-muted">${serial}</span></li>`)}</ul>`,
  ];
}
