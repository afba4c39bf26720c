import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { linkButton, submitButton } from '../../components/button.ts';
import { english } from '../../components/english.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { AUDIT_KINDS } from './audit-kinds.ts';
import { type VerificationFacts, verificationLine } from './audit-verification-page.ts';
import { type AgencyOption, agencySelect, csvLink } from './list-parts.ts';

export interface AuditLine {
  readonly id: number;
  readonly at: Date;
  readonly login: string;
  readonly kind: string;
  readonly outcome: string;
  readonly actor: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly detail: string;
}

export interface AuditFacts {
  readonly now: Date;
  readonly kind: string;
  readonly object: string;
  readonly person: string;
  readonly agency: string;
  readonly from: string;
  readonly until: string;
  readonly outcome: string;
  readonly agencies: readonly AgencyOption[];
  readonly events: readonly AuditLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  readonly csv: string;
  /** The last proof that somebody started. */
  readonly verification: VerificationFacts | undefined;
  readonly errors: readonly FieldError[];
}

const PLACES: Readonly<Record<string, { readonly path: string; readonly form: RegExp }>> = {
  order: { path: '/console/orders', form: /^[0-9a-f-]{36}$/ },
  certificate: { path: '/console/certificates', form: /^[0-9a-f]{64}$/ },
  agency: { path: '/console/agencies', form: /^[a-z0-9-]+$/ },
  statement: { path: '/console/statements', form: /^[0-9a-f]{96}$/ },
  'audit-verification': { path: '/console/audit/verifications', form: /^[0-9a-f-]{36}$/ },
};

/** What an event is about, with a link where there is a page for it. Long ids are cut; the link and the API have them whole. */
function objectHtml({ objectType, objectId }: AuditLine): SafeHtml {
  const shown = objectId.length > 40 ? `${objectId.slice(0, 16)}…` : objectId;
  const place = PLACES[objectType];
  if (!place?.form.test(objectId)) return html`${objectType} <span class="see-serial">${shown}</span>`;
  return html`${objectType} <a class="govuk-link see-serial" href="${place.path}/${objectId}">${shown}</a>`;
}

/** The audit trail, the newest first, and the button that has it proved. */
export function auditPage(view: View, reader: ConsoleReader, facts: AuditFacts): string {
  return consolePage(view, reader, {
    title: t`Audit`,
    place: 'audit',
    content: html`${errorSummary(facts.errors)}<h1 class="govuk-heading-l">${t`Audit trail`}</h1>
${proof(facts, reader)}
<form class="see-filters" method="get" action="/console/audit" novalidate>
${filters(facts)}
${submitButton({ text: t`Show`, look: 'secondary' })}
${linkButton(t`Show everything`, '/console/audit', 'secondary')}
</form>
${table({
  caption: t`Audit events`,
  hideCaption: true,
  head: [t`Number`, t`When`, t`What`, t`Who`, t`Object`, t`More`],
  rows: facts.events.map((event) => [
    event.id,
    momentHtml(event.at),
    html`${event.kind.split('.').map((part, index) => html`${index > 0 && html`.<wbr>`}${part}`)}${event.outcome === 'failure' && html`<br>${tag(t`Refused`, 'red')}`}`,
    html`${event.actor === '' ? t`nobody` : event.actor}<br><span class="see-muted">${event.login}</span>`,
    objectHtml(event),
    html`<span class="see-serial">${english(event.detail)}</span>`,
  ]),
  empty: t`There is no such event.`,
})}
${pagination(facts.first, facts.next)}
${facts.events.length > 0 && csvLink(facts.csv)}`,
  });
}

function filters(facts: AuditFacts): HtmlValue {
  const { errors } = facts;
  return [
    select({
      id: 'kind',
      label: t`About`,
      value: facts.kind,
      options: AUDIT_KINDS.map(([value, text]) => ({ value, text })),
    }),
    select({
      id: 'outcome',
      label: t`Outcome`,
      value: facts.outcome,
      options: [
        { value: '', text: t`All` },
        { value: 'success', text: t`Done` },
        { value: 'failure', text: t`Refused` },
      ],
    }),
    agencySelect(facts.agencies, facts.agency),
    textInput({ id: 'from', label: t`From the day`, type: 'date', value: facts.from, ...errorOf(errors, 'from') }),
    textInput({ id: 'until', label: t`To the day`, type: 'date', value: facts.until, ...errorOf(errors, 'until') }),
    textInput({
      id: 'person',
      label: t`Who: person number or mail address`,
      type: 'search',
      spellcheck: false,
      value: facts.person,
      ...errorOf(errors, 'person'),
    }),
    textInput({
      id: 'object',
      label: t`About which order, certificate or person`,
      type: 'search',
      spellcheck: false,
      value: facts.object,
    }),
  ];
}

function proof({ verification, now }: AuditFacts, reader: ConsoleReader): SafeHtml {
  return html`<p class="govuk-body">${t`Each event stands in a log that is signed; a proof recomputes all of it and finds what is missing or was changed.`} ${verification ? verificationLine(verification, now) : t`Nobody has proved it from here yet.`}</p>
<form method="post" action="/console/audit/verifications"><input type="hidden" name="formToken" value="${reader.formToken}">${submitButton({ text: t`Verify the log now`, look: 'secondary' })}</form>`;
}
