import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { linkButton, submitButton } from '../../components/button.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, successBanner } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { agencyTag } from './states.ts';

export interface AgencyLine {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly domains: readonly string[];
  readonly nextReviewAt: Date;
}

/** An agency that wants to be a member. */
export interface ApplicationLine {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly organizationIdentifier: string;
  readonly letter: { readonly reference: string; readonly signedBy: string; readonly signedOn: Date };
  readonly state: 'proposed' | 'verified' | 'declined';
  readonly reason: string | null;
  readonly proposedBy: string;
  readonly createdAt: Date;
  readonly mayVerify: boolean;
  readonly mayDecline: boolean;
}

export interface AgenciesFacts {
  readonly now: Date;
  readonly agencies: readonly AgencyLine[];
  /** Undefined for those who do not see them. */
  readonly applications: readonly ApplicationLine[] | undefined;
  /** Whether the reader may see the feeds of HR systems. */
  readonly feeds: boolean;
  readonly mayApply: boolean;
  readonly done: AgenciesDone | undefined;
  readonly errors: readonly FieldError[];
}

/** What a form has done. */
export type AgenciesDone = 'applied' | 'verified' | 'declined';

const DONE: Readonly<Record<AgenciesDone, SafeHtml>> = {
  applied: t`The application is entered. Another operator verifies it.`,
  verified: t`The application is verified.`,
  declined: t`The application is declined.`,
};

/** The members, when each is due for review, and those that want to be members. */
export function agenciesPage(view: View, reader: ConsoleReader, facts: AgenciesFacts): string {
  const { done } = facts;
  return consolePage(view, reader, {
    title: t`Agencies`,
    place: 'agencies',
    content: html`${done && successBanner(DONE[done])}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Agencies`}</h1>
${facts.feeds && html`<p class="govuk-body"><a class="govuk-link" href="/console/hr-feeds">${t`Feeds of HR systems`}</a></p>`}
${table({
  caption: t`Agencies`,
  hideCaption: true,
  head: [t`Name`, t`Domains`, t`State`, t`Next review`],
  rows: facts.agencies.map((agency) => [
    html`<a class="govuk-link" href="/console/agencies/${agency.id}">${agency.name}</a>`,
    agency.domains.join(', '),
    agencyTag(agency.status),
    html`${dayText(agency.nextReviewAt)}${agency.nextReviewAt < facts.now && html` ${tag(t`Overdue`, 'red')}`}`,
  ]),
  empty: t`No agency is a member yet.`,
})}
${facts.applications && applications(reader, facts.applications)}
${facts.mayApply && linkButton(t`Enter an application`, '/console/agencies/applications/new', 'secondary')}`,
  });
}

function applications(reader: ConsoleReader, lines: readonly ApplicationLine[]): SafeHtml {
  return table({
    caption: t`Applications`,
    head: [t`Agency`, t`Letter`, t`State`, t`Decide`],
    rows: lines.map((line) => [
      html`${line.name}<br><span class="see-muted see-serial">${line.agencyId}, ${line.organizationIdentifier}</span>`,
      html`${line.letter.reference}<br><span class="see-muted">${t`by ${line.letter.signedBy}`}, ${dayText(line.letter.signedOn)}</span>`,
      html`${applicationTag(line)}<br><span class="see-muted">${t`by ${line.proposedBy}`}, ${dayText(line.createdAt)}</span>`,
      html`${line.mayVerify && verifyForm(reader, line)}${line.mayDecline && declineForm(reader, line)}${!line.mayVerify && !line.mayDecline && '–'}`,
    ]),
    empty: t`No agency has applied.`,
  });
}

function applicationTag({ state, reason }: ApplicationLine): HtmlValue {
  if (state === 'declined') return html`${tag(t`Declined`, 'grey')}<br>${reason}`;
  return state === 'verified' ? tag(t`Verified`, 'teal') : tag(t`Applied`, 'orange');
}

function verifyForm(reader: ConsoleReader, { id, name }: ApplicationLine): SafeHtml {
  return details(
    t`Verify`,
    html`<form method="post" action="/console/agencies/applications/${id}/verify" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ id: `register-${id}`, name: 'name', label: t`Register in which it stands`, maxLength: 200 })}
${textInput({ id: `entry-${id}`, name: 'entry', label: t`Number of the entry`, maxLength: 200 })}
${textInput({ id: `extract-${id}`, name: 'extractOf', label: t`Day of the extract`, type: 'date', inputClass: 'govuk-input--width-10' })}
${submitButton({ text: t`Verify`, more: name })}</form>`,
  );
}

function declineForm(reader: ConsoleReader, { id, name }: ApplicationLine): SafeHtml {
  return details(
    t`Decline`,
    html`<form method="post" action="/console/agencies/applications/${id}/decline" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ id: `reason-${id}`, name: 'reason', label: t`Why`, maxLength: 500 })}
${submitButton({ text: t`Decline`, look: 'warning', more: name })}</form>`,
  );
}
