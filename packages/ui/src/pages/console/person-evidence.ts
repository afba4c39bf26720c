import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { errorOf } from '../../components/error-summary.ts';
import { details } from '../../components/notice.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import type { ConsoleReader } from '../../layout/console-page.ts';
import { evidenceText, methodText } from './evidence-words.ts';
import type { EvidenceLine, PersonFacts } from './person-page.ts';

/** What shows who the person is, what it is enough for, and the forms to add and withdraw. */
export function evidenceSection(reader: ConsoleReader, facts: PersonFacts): SafeHtml {
  const enough = facts.assessments.filter((one) => one.enough);
  const lacking = facts.assessments.filter((one) => !one.enough);
  return html`<section id="evidence">
${table({
  caption: t`Evidence of who this is`,
  head: [t`What`, t`Seen`, t`Counts until`, t`Withdraw`],
  rows: facts.evidence.map((item) => [
    html`${evidenceText(item.kind)}${item.issuer && html`<br><span class="see-muted">${item.issuer}</span>`}${item.note && html`<br><span class="see-muted">${item.note}</span>`}`,
    html`${dayText(item.sightedOn)}, ${methodText(item.method)}<br><span class="see-muted">${t`by ${item.sightedBy}`}</span>`,
    counts(item),
    facts.may.addEvidence && item.withdrawnBecause === null ? withdrawal(reader, facts.id, item) : '–',
  ]),
  empty: t`No evidence is on record.`,
})}
${enough.length > 0 && html`<p class="govuk-body">${t`Enough today for: ${enough.map(({ type }) => type).join(', ')}.`}</p>`}
${
  lacking.length > 0 &&
  details(
    t`Not enough for ${lacking.length} certificate types`,
    html`<ul class="govuk-list govuk-list--bullet">${lacking.map(({ type, missing }) => html`<li>${type}: <span lang="en-NZ">${missing.join('; ')}</span></li>`)}</ul>`,
  )
}
${facts.may.addEvidence && !facts.leftAt && addition(reader, facts)}
</section>`;
}

function counts({ withdrawnBecause, standing, countsUntil }: EvidenceLine): SafeHtml {
  if (withdrawnBecause !== null) return html`${tag(t`Withdrawn`, 'grey')}<br>${withdrawnBecause}`;
  if (countsUntil === null) return tag(t`Counts as nothing`, 'grey');
  return html`${dayText(countsUntil)} ${standing === 'stale' && tag(t`Too old`, 'red')}${standing === 'due' && tag(t`Due`, 'orange')}`;
}

function withdrawal(reader: ConsoleReader, person: string, { id, kind }: EvidenceLine): SafeHtml {
  return details(
    t`Withdraw`,
    html`<form method="post" action="/console/people/${person}/evidence/${id}/withdraw">
<input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ id: `reason-${id}`, name: 'reason', label: t`Why`, maxLength: 500 })}
${submitButton({ text: t`Withdraw`, look: 'secondary', more: evidenceText(kind) })}</form>`,
  );
}

function addition(reader: ConsoleReader, facts: PersonFacts): SafeHtml {
  const { typed, errors } = facts;
  const open = errors.length > 0 && Object.keys(typed).length > 0;
  const form = html`<form method="post" action="/console/people/${facts.id}/evidence" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
<p class="govuk-body">${t`Record what you have seen yourself. Never the number of a document.`}</p>
${select({
  id: 'kind',
  label: t`What you have seen`,
  value: typed['kind'] ?? '',
  options: facts.kinds.map(({ kind, points }) => ({
    value: kind,
    text: points === null ? evidenceText(kind) : t`${evidenceText(kind)} (${points} points)`,
  })),
})}
${textInput({ id: 'issuer', label: t`Who issued it`, value: typed['issuer'] ?? '', maxLength: 200, ...errorOf(errors, 'issuer') })}
${select({
  id: 'method',
  label: t`How you saw it`,
  value: typed['method'] ?? '',
  options: [
    { value: '', text: t`as usual: in person, or a sponsor’s own knowledge` },
    { value: 'in-person', text: methodText('in-person') },
    { value: 'remote', text: methodText('remote') },
  ],
})}
${textInput({ id: 'sightedOn', label: t`Day on which you saw it`, type: 'date', inputClass: 'govuk-input--width-10', value: typed['sightedOn'] ?? '', ...errorOf(errors, 'sightedOn') })}
${textInput({ id: 'expiresOn', label: t`Day on which the document ends, if it does`, type: 'date', inputClass: 'govuk-input--width-10', value: typed['expiresOn'] ?? '', ...errorOf(errors, 'expiresOn') })}
${textInput({ id: 'note', label: t`Note, if one is needed`, value: typed['note'] ?? '', maxLength: 500 })}
${submitButton({ text: t`Record it` })}</form>`;
  return open ? html`<h2 class="govuk-heading-s">${t`Add evidence`}</h2>${form}` : details(t`Add evidence`, form);
}
