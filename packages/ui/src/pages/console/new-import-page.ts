import { html, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { checkboxes } from '../../components/checkboxes.ts';
import { command } from '../../components/command.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { fileInput } from '../../components/file-input.ts';
import { details } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { select } from '../../components/select.ts';
import { textArea } from '../../components/text-area.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/** What was chosen, as the form has it. */
export interface ImportChoices {
  readonly agencyId: string;
  readonly sameName: string;
  readonly leaveOut: boolean;
  readonly profiles: readonly string[];
  readonly sponsorId: string;
}

export interface NewImportFacts {
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly profiles: readonly { readonly id: string; readonly title: string }[];
  /** Who may stand for orders; empty for those who may not order. */
  readonly sponsors: readonly { readonly id: string; readonly name: string; readonly agency: string }[];
  readonly chosen: ImportChoices;
  readonly text: string;
  readonly sample: string;
  readonly errors: readonly FieldError[];
}

/** Takes a spreadsheet of people; the next page says what would happen. */
export function newImportPage(view: View, reader: ConsoleReader, facts: NewImportFacts): string {
  const { chosen, errors } = facts;
  return consolePage(view, reader, {
    title: t`Import people from a spreadsheet`,
    place: 'people',
    beforeContent: backLink(t`Imports of people`, '/console/imports'),
    content: html`<div class="see-narrow">${errorSummary(errors)}
<h1 class="govuk-heading-l">${t`Import people from a spreadsheet`}</h1>
<p class="govuk-body">${t`Save the spreadsheet as “CSV UTF-8”: a first row with names of columns, then a person in each row. You see what would happen before anything is done.`}</p>
${details(t`An example`, command(facts.sample))}
<form method="post" action="/console/imports/preview" enctype="multipart/form-data" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${select({ id: 'agencyId', label: t`Agency`, value: chosen.agencyId, options: facts.agencies.map(({ id, name }) => ({ value: id, text: name })) })}
${fileInput({ id: 'file', label: t`The file`, hint: t`CSV, up to 4 MB and 20,000 rows.`, accept: '.csv,.txt,text/csv', ...errorOf(errors, 'file') })}
${textArea({ id: 'text', label: t`Or its text`, value: facts.text, rows: 6, ...errorOf(errors, 'text') })}
${radios({
  name: 'sameName',
  legend: t`When somebody of the same name is there already`,
  small: true,
  value: chosen.sameName,
  options: [
    { value: 'skip', text: t`Skip the row: it is the same person` },
    { value: 'create', text: t`Enter another person: they are namesakes` },
  ],
})}
${checkboxes({
  name: 'leaveOut',
  legend: t`Rows with mistakes`,
  options: [{ value: 'yes', text: t`Leave them out and import the others` }],
  values: chosen.leaveOut ? ['yes'] : [],
})}
${
  facts.sponsors.length > 0 &&
  html`${checkboxes({
    name: 'profiles',
    legend: t`Order for each person`,
    hint: t`Nothing is ordered if you choose nothing.`,
    options: facts.profiles.map(({ id, title }) => ({ value: id, text: title })),
    values: chosen.profiles,
  })}
${select({
  id: 'sponsorId',
  label: t`Sponsor of the orders`,
  value: chosen.sponsorId,
  options: facts.sponsors.map(({ id, name, agency }) => ({ value: id, text: html`${name} (${agency})` })),
})}`
}
${submitButton({ text: t`Show what will happen` })}
</form></div>`,
  });
}
