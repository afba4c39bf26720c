import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, successBanner, warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import type { EventAction, LifeEventName } from './life-events.ts';
import { type RecordState, recordTag } from './people-page.ts';
import { type AccountFacts, accountsSection } from './person-accounts.ts';
import { eventsSection } from './person-events.ts';
import { evidenceSection } from './person-evidence.ts';
import { certificateTag, orderTag } from './states.ts';

export interface EvidenceLine {
  readonly id: number;
  readonly kind: string;
  readonly issuer: string | null;
  readonly method: string;
  readonly sightedOn: Date;
  readonly sightedBy: string;
  readonly countsUntil: Date | null;
  readonly standing: RecordState;
  readonly note: string | null;
  readonly withdrawnBecause: string | null;
}

export interface EventLine {
  readonly id: number;
  readonly kind: LifeEventName;
  readonly effectiveAt: Date;
  readonly declaredAt: Date;
  readonly declaredBy: string;
  readonly note: string | null;
  readonly state: 'planned' | 'carried-out' | 'called-off';
  readonly reason: string | null;
  readonly actions: readonly EventAction[];
}

export interface PersonFacts {
  readonly now: Date;
  readonly id: string;
  readonly name: string;
  readonly givenName: string | null;
  readonly surname: string;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly agency: { readonly id: string; readonly name: string } | null;
  readonly standing: RecordState;
  readonly lastVerifiedAt: Date;
  readonly verifiedBy: string | null;
  readonly nextReviewAt: Date;
  readonly leftAt: Date | null;
  readonly mailbox: {
    readonly flaggedSince: Date | null;
    readonly provedAt: Date | null;
    readonly askedUntil: Date | null;
  };
  readonly certificates: readonly {
    readonly sha256: string;
    readonly profile: string;
    readonly status: string;
    readonly notAfter: Date;
  }[];
  readonly orders: readonly {
    readonly id: string;
    readonly profiles: readonly string[];
    readonly state: string;
    readonly createdAt: Date;
  }[];
  readonly evidence: readonly EvidenceLine[];
  /** What the evidence is enough for, and what is missing where it is not, as the API says it. */
  readonly assessments: readonly {
    readonly type: string;
    readonly enough: boolean;
    readonly missing: readonly string[];
  }[];
  readonly kinds: readonly { readonly kind: string; readonly points: number | null }[];
  readonly events: readonly EventLine[];
  /** Undefined for those who do not see them. */
  readonly accounts: AccountFacts | undefined;
  readonly may: {
    readonly review: boolean;
    readonly checkMailbox: boolean;
    readonly addEvidence: boolean;
    readonly declare: boolean;
    readonly callOff: boolean;
    readonly export: boolean;
    readonly order: boolean;
    readonly number: boolean;
  };
  /** What was typed into the form of evidence, when it was refused. */
  readonly typed: Readonly<Record<string, string>>;
  readonly done: PersonDone | undefined;
  readonly errors: readonly FieldError[];
}

/** What a form of the page has done. */
export type PersonDone =
  | 'entered'
  | 'sealing'
  | 'numbered'
  | 'reviewed'
  | 'asked'
  | 'recorded'
  | 'withdrawn'
  | 'declared'
  | 'called-off'
  | 'account-added'
  | 'account-removed';

const DONE: Readonly<Record<PersonDone, SafeHtml>> = {
  entered: t`The person is in the registry. Next: order certificates for them.`,
  numbered: t`The number at the agency is recorded.`,
  sealing: t`The file is being sealed by the audit log. Ask for it again in a few seconds.`,
  reviewed: t`The record is confirmed for a year.`,
  asked: t`The mail is on its way. Its link confirms the mailbox within 24 hours.`,
  recorded: t`The evidence is recorded.`,
  withdrawn: t`The evidence is withdrawn. It stays on record and counts no more.`,
  declared: t`It is declared. What was done stands under life events.`,
  'called-off': t`It is called off. Nothing was done.`,
  'account-added': t`The account is added. Whoever signs in with it signs in as this person.`,
  'account-removed': t`The account is removed, and its sessions have ended.`,
};

/** A person: their record, what is known of them, their certificates, and what happened. */
export function personPage(view: View, reader: ConsoleReader, facts: PersonFacts): string {
  return consolePage(view, reader, {
    title: facts.name,
    place: 'people',
    beforeContent: backLink(t`People`, '/console/people'),
    content: html`${facts.done && successBanner(DONE[facts.done])}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l see-break">${facts.name}</h1>
<p class="govuk-body">${recordTag(facts)}</p>
${!facts.leftAt && facts.standing === 'stale' && warningText(t`The record is past its review: nothing can be ordered until somebody confirms it.`)}
${facts.mailbox.flaggedSince && warningText(t`Mail to this address comes back since ${dayText(facts.mailbox.flaggedSince)}: no code is sent there.`)}
${!facts.leftAt && (facts.may.order || facts.may.declare) && html`<p class="govuk-button-group see-actions">${facts.may.order && linkButton(t`Order certificates`, `/console/people/${facts.id}/order`)}${facts.may.declare && linkButton(t`Something has changed`, `/console/people/${facts.id}/declare`, 'secondary')}</p>`}
${record(facts)}
${recordForms(reader, facts)}
${table({
  caption: t`Certificates`,
  head: [t`Profile`, t`State`, t`Until`],
  rows: facts.certificates.map(({ sha256, profile, status, notAfter }) => [
    html`<a class="govuk-link" href="/console/certificates/${sha256}">${profile}</a>`,
    certificateTag(status),
    dayText(notAfter),
  ]),
  empty: t`This person has no certificate.`,
})}
${table({
  caption: t`Orders`,
  head: [t`Profiles`, t`State`, t`Made`],
  rows: facts.orders.map(({ id, profiles, state, createdAt }) => [
    html`<a class="govuk-link" href="/console/orders/${id}">${profiles.join(', ')}</a>`,
    orderTag(state),
    dayText(createdAt),
  ]),
  empty: t`Nothing was ordered for this person.`,
})}
${evidenceSection(reader, facts)}
${eventsSection(reader, facts)}
${facts.accounts && accountsSection(reader, facts.accounts)}
${
  facts.may.export &&
  html`<h2 class="govuk-heading-m" id="export">${t`What we hold about this person`}</h2><p class="govuk-body">${t`Everything in one file, for a request of access. The agency decides first whether something has to be withheld. That it was given out is recorded.`}</p>
<form method="post" action="/console/people/${facts.id}/export"><input type="hidden" name="formToken" value="${reader.formToken}">${submitButton({ text: t`Get the file`, look: 'secondary' })}</form>`
}`,
  });
}

function record(facts: PersonFacts): SafeHtml {
  const { mailbox, agency } = facts;
  return summaryList(
    [
      { key: t`Given name`, value: facts.givenName ?? '–' },
      { key: t`Surname`, value: facts.surname },
      {
        key: t`Agency`,
        value: agency ? html`<a class="govuk-link" href="/console/agencies/${agency.id}">${agency.name}</a>` : '–',
      },
      { key: t`Mail`, value: facts.email ?? '–' },
      { key: t`Mailbox`, value: mailboxText(mailbox) },
      { key: t`Number at the agency`, value: facts.externalId },
      { key: t`Person id`, value: html`<span class="see-serial">${facts.id}</span>` },
      {
        key: t`Last verified`,
        value: html`${dayText(facts.lastVerifiedAt)}${facts.verifiedBy && html` ${t`by ${facts.verifiedBy}`}`}`,
      },
      { key: t`Next review`, value: dayText(facts.nextReviewAt) },
      { key: t`Has left`, value: facts.leftAt && momentHtml(facts.leftAt) },
    ],
    'see-dense',
  );
}

function mailboxText({ provedAt, askedUntil, flaggedSince }: PersonFacts['mailbox']): HtmlValue {
  if (askedUntil) return t`asked by mail; the link works until ${momentHtml(askedUntil)}`;
  if (flaggedSince) return t`mail to it comes back`;
  return provedAt ? t`shown to be theirs on ${dayText(provedAt)}` : t`not shown to be theirs yet`;
}

function recordForms(reader: ConsoleReader, { id, may, leftAt, externalId }: PersonFacts): SafeHtml | false {
  if (leftAt || !(may.review || may.checkMailbox || may.number)) return false;
  const form = (act: string, text: HtmlValue) =>
    html`<form method="post" action="/console/people/${id}/${act}"><input type="hidden" name="formToken" value="${reader.formToken}">${submitButton({ text, look: 'secondary' })}</form>`;
  return html`<div class="see-forms">${may.review && form('review', t`The record is right: confirm it for a year`)}${may.checkMailbox && form('check-mailbox', t`Ask by mail whether the mailbox is theirs`)}</div>${
    may.number &&
    details(
      t`Change the number at the agency`,
      html`<form method="post" action="/console/people/${id}/number" novalidate><input type="hidden" name="formToken" value="${reader.formToken}">${textInput({ id: 'externalId', label: t`Number at the agency`, hint: t`By which a HR system names them. Empty removes it.`, value: externalId ?? '', inputClass: 'govuk-input--width-20', spellcheck: false, maxLength: 64 })}${submitButton({ text: t`Record the number`, look: 'secondary' })}</form>`,
    )
  }`;
}
