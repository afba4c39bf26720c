import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { checkboxes } from '../../components/checkboxes.ts';
import { english } from '../../components/english.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { radios } from '../../components/radios.ts';
import { textInput } from '../../components/text-input.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { SITE_TEST_WORDS } from './site-test-words.ts';

export interface NewSiteReportFacts {
  readonly agency: { readonly id: string; readonly name: string };
  readonly tests: readonly { readonly id: string; readonly title: string }[];
  /** What was typed; the result and the note of the first test are `result-0` and `note-0`, and so on. */
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
}

/** Records the report on the tests of an agency's mail gateway. */
export function newSiteReportPage(view: View, reader: ConsoleReader, facts: NewSiteReportFacts): string {
  const { agency, typed, errors } = facts;
  const field = (id: string) => ({ id, value: typed[id] ?? '', ...errorOf(errors, id) });
  return consolePage(view, reader, {
    title: t`Record the report on a site`,
    place: 'agencies',
    beforeContent: backLink(agency.name, `/console/agencies/${agency.id}`),
    content: html`<div class="see-narrow">${errorSummary(errors)}
<h1 class="govuk-heading-l">${t`Record the report on a site`}</h1>
<p class="govuk-body">${t`The mail gateway of ${agency.name} was tested. A report on which every test has passed certifies the site for a year; two operators then make the agency a member by it. It cannot be changed or deleted.`}</p>
<form method="post" action="/console/agencies/${agency.id}/site-reports/new" novalidate autocomplete="off">
<input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ ...field('product'), label: t`Product`, hint: t`The mail gateway that was tested.`, maxLength: 200 })}
${textInput({ ...field('version'), label: t`Version`, inputClass: 'govuk-input--width-10', maxLength: 200 })}
${checkboxes({
  name: 'accredited',
  legend: t`Accreditation`,
  options: [{ value: 'yes', text: t`The product is accredited in this very version` }],
  values: typed['accredited'] === 'yes' ? ['yes'] : [],
  ...errorOf(errors, 'accredited'),
})}
${textInput({ ...field('testedOn'), label: t`Day of the tests`, type: 'date', inputClass: 'govuk-input--width-10' })}
${textInput({ ...field('testedBy'), label: t`Who tested`, maxLength: 200 })}
<h2 class="govuk-heading-m">${t`Tests`}</h2>
${facts.tests.map((test, index) => result(test, index, facts))}
${submitButton({ text: t`Record the report` })}
</form></div>`,
  });
}

function result(
  test: NewSiteReportFacts['tests'][number],
  index: number,
  { typed, errors }: NewSiteReportFacts,
): SafeHtml {
  const name = `result-${index}`;
  return html`${radios({
    name,
    legend: html`<span class="see-serial">${test.id}</span> ${SITE_TEST_WORDS[test.id] ?? english(test.title)}`,
    small: true,
    value: typed[name] ?? '',
    options: [
      { value: 'passed', text: t`Passed` },
      { value: 'failed', text: t`Failed` },
    ],
    ...errorOf(errors, name),
  })}${textInput({ id: `note-${index}`, label: t`Note on ${test.id}, if one is needed`, value: typed[`note-${index}`] ?? '', maxLength: 500 })}`;
}
