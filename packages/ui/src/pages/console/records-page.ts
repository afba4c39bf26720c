import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { successBanner } from '../../components/notice.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type HoldsFacts, holdsSection } from './holds-section.ts';
import { type RecordState, recordTag } from './people-page.ts';

export interface RecordLine {
  readonly kind: string;
  readonly name: string;
  /** Where it is looked at; undefined where no page has it. */
  readonly href: string | undefined;
  readonly agency: string;
  readonly asOf: Date;
  readonly nextReviewAt: Date;
  readonly standing: RecordState;
}

export interface RecordsFacts {
  readonly standing: string;
  readonly kind: string;
  readonly records: readonly RecordLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  /** Undefined for those who do not see them. */
  readonly holds: HoldsFacts | undefined;
  readonly done: RecordsDone | undefined;
  readonly errors: readonly FieldError[];
}

export type RecordsDone = 'held' | 'lifted' | 'proposed' | 'approved';

const DONE: Readonly<Record<RecordsDone, SafeHtml>> = {
  held: t`The hold is placed. Nothing of it is disposed of until it is lifted.`,
  lifted: t`The hold is lifted.`,
  proposed: t`The disposal is proposed. Two administrators have to approve it.`,
  approved: t`Your approval is recorded.`,
};

const KINDS: Readonly<Record<string, SafeHtml>> = {
  agency: t`Agency`,
  domain: t`Domain`,
  delegation: t`Sponsor or registration agent`,
  person: t`Person`,
  evidence: t`Evidence`,
};

/** Records by the day on which they have to be looked at again, and what is held and disposed of. */
export function recordsPage(view: View, reader: ConsoleReader, facts: RecordsFacts): string {
  return consolePage(view, reader, {
    title: t`Records due for review`,
    place: 'people',
    beforeContent: backLink(t`People`, '/console/people'),
    content: html`${facts.done && successBanner(DONE[facts.done])}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Records due for review`}</h1>
<p class="govuk-body">${t`A record past its review blocks orders until somebody confirms it.`}</p>
<form class="see-filters" method="get" action="/console/records">
${select({
  id: 'standing',
  label: t`Record`,
  value: facts.standing,
  options: [
    { value: 'stale', text: t`Past its review` },
    { value: 'due', text: t`Due within 30 days` },
    { value: 'current', text: t`Current` },
    { value: 'all', text: t`All` },
  ],
})}
${select({
  id: 'kind',
  label: t`Kind`,
  value: facts.kind,
  options: [{ value: 'all', text: t`All` }, ...Object.entries(KINDS).map(([value, text]) => ({ value, text }))],
})}
${submitButton({ text: t`Show`, look: 'secondary' })}
</form>
${table({
  caption: t`Records due for review`,
  hideCaption: true,
  head: [t`What`, t`Kind`, t`Agency`, t`As of`, t`Next review`, t`Record`],
  rows: facts.records.map((record) => [
    nameOf(record),
    KINDS[record.kind] ?? record.kind,
    record.agency,
    dayText(record.asOf),
    dayText(record.nextReviewAt),
    recordTag(record),
  ]),
  empty: facts.standing === 'stale' ? t`Nothing is past its review.` : t`There is no such record.`,
})}
${pagination(facts.first, facts.next)}
${facts.holds && holdsSection(reader, facts.holds)}`,
  });
}

function nameOf({ name, href }: RecordLine): HtmlValue {
  return href === undefined ? name : html`<a class="govuk-link" href="${href}">${name}</a>`;
}
