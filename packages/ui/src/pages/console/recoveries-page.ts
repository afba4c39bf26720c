import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { english } from '../../components/english.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, successBanner } from '../../components/notice.ts';
import { pagination } from '../../components/pagination.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { type TagColour, tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { capacityText } from './recovery-words.ts';

export interface RecoveryLine {
  readonly id: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly subject: string;
  readonly requester: string;
  readonly agency: string;
  readonly purpose: string;
  readonly createdAt: Date;
}

export interface RecoveryFacts extends RecoveryLine {
  readonly certificate: string;
  readonly capacity: string;
  readonly legalBasis: string;
  readonly messagesFrom: Date;
  readonly messagesUntil: Date;
  readonly suppressNotice: string | null;
  readonly expiresAt: Date;
  readonly agents: readonly { readonly name: string; readonly agency: string }[];
  readonly approvedBy: readonly { readonly name: string; readonly at: Date }[];
  /** What the reader does with a key of their own, as typed. */
  readonly commands: readonly string[];
  readonly mayRefuse: boolean;
  readonly mayClose: boolean;
  readonly done: RecoveryDone | undefined;
  readonly errors: readonly FieldError[];
}

/** What a form has done. */
export type RecoveryDone = 'requested' | 'refused' | 'closed';

const DONE: Readonly<Record<RecoveryDone, SafeHtml>> = {
  requested: t`The agents are asked. Tell them: no mail goes to them by itself.`,
  refused: t`The recovery is refused. Whoever asked sees why.`,
  closed: t`The recovery is closed.`,
};

const STATES: Readonly<Record<string, readonly [SafeHtml, TagColour]>> = {
  requested: [t`Waits for agents`, 'orange'],
  'approved-1': [t`One agent approved`, 'orange'],
  'approved-2': [t`Two agents approved`, 'teal'],
  released: [t`Released`, 'green'],
  closed: [t`Closed`, 'grey'],
  refused: [t`Refused`, 'red'],
  expired: [t`Lapsed`, 'grey'],
};

function recoveryTag(state: string): SafeHtml {
  const [text, colour] = STATES[state] ?? [state, 'grey' as const];
  return tag(text, colour);
}

/** Recoveries of kept encryption keys: all for agents and auditors, their own for others. */
export function recoveriesPage(
  view: View,
  reader: ConsoleReader,
  facts: {
    readonly recoveries: readonly RecoveryLine[];
    readonly mayRequest: boolean;
    readonly first: string | undefined;
    readonly next: string | undefined;
  },
): string {
  return consolePage(view, reader, {
    title: t`Recoveries of keys`,
    place: 'people',
    beforeContent: backLink(t`People`, '/console/people'),
    content: html`<h1 class="govuk-heading-l">${t`Recoveries of keys`}</h1>
<p class="govuk-body">${t`An old encryption key is opened by two agents, one of them of another agency, so that mail can be read that was encrypted to it.`}</p>
${facts.mayRequest && linkButton(t`Ask for a kept key`, '/console/recoveries/new')}
${table({
  caption: t`Recoveries of keys`,
  hideCaption: true,
  head: [t`Asked for`, t`Whose key`, t`By`, t`Agency`, t`State`],
  rows: facts.recoveries.map(({ id, createdAt, subject, requester, agency, state }) => [
    html`<a class="govuk-link" href="/console/recoveries/${id}">${momentHtml(createdAt)}</a>`,
    subject,
    requester,
    agency,
    recoveryTag(state),
  ]),
  empty: t`No key was asked for.`,
})}
${pagination(facts.first, facts.next)}`,
  });
}

/** A recovery: what was asked and why, who agreed, and what comes next. */
export function recoveryPage(view: View, reader: ConsoleReader, facts: RecoveryFacts): string {
  const { id, done } = facts;
  return consolePage(view, reader, {
    title: t`Recovery of a key`,
    place: 'people',
    beforeContent: backLink(t`Recoveries of keys`, '/console/recoveries'),
    content: html`${done && successBanner(DONE[done])}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Recovery of a key of ${facts.subject}`}</h1>
<p class="govuk-body">${recoveryTag(facts.state)} ${facts.stateReason && english(facts.stateReason)}</p>
${summaryList(
  [
    { key: t`Asked by`, value: html`${facts.requester}, ${momentHtml(facts.createdAt)}` },
    { key: t`Agency`, value: facts.agency },
    { key: t`Who needs it?`, value: capacityText(facts.capacity) },
    { key: t`Purpose`, value: facts.purpose },
    { key: t`Law that allows it`, value: facts.legalBasis },
    { key: t`Mail`, value: t`from ${dayText(facts.messagesFrom)} until ${dayText(facts.messagesUntil)}` },
    {
      key: t`Certificate`,
      value: html`<a class="govuk-link" href="/console/certificates/${facts.certificate}">${fingerprint(facts.certificate)}</a>`,
    },
    { key: t`The holder is not told`, value: facts.suppressNotice },
    { key: t`Lapses`, value: momentHtml(facts.expiresAt) },
    { key: t`Agents`, value: facts.agents.map(({ name, agency }) => html`<div>${name} (${agency})</div>`) },
    {
      key: t`Approved by`,
      value:
        facts.approvedBy.length > 0 &&
        facts.approvedBy.map(({ name, at }) => html`<div>${name}, ${momentHtml(at)}</div>`),
    },
    { key: t`Reference`, value: html`<span class="see-serial">${id}</span>` },
  ],
  'see-dense',
)}
${facts.commands.length > 0 && html`<h2 class="govuk-heading-m">${t`What you can do with your key`}</h2><p class="govuk-body">${t`Keys are used on the machine of their owner and never sent here, so this is done by command:`}</p>${facts.commands.map((text) => command(text))}`}
${facts.mayRefuse && end(reader, id, 'refuse', t`Refuse it`)}
${facts.mayClose && end(reader, id, 'close', t`Close it`)}`,
  });
}

function end(reader: ConsoleReader, id: string, way: 'refuse' | 'close', text: SafeHtml): SafeHtml {
  return details(
    text,
    html`<form method="post" action="/console/recoveries/${id}/${way}"><input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ id: `reason-${way}`, name: 'reason', label: t`Why`, maxLength: 500 })}
${submitButton({ text, look: 'warning' })}</form>`,
  );
}
