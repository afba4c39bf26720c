import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { apiText } from '../../components/api-text.ts';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { details, insetText, warningText } from '../../components/notice.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { counted } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface ImportPreviewFacts {
  readonly agency: string;
  readonly confirmable: boolean;
  readonly openImport: string | null;
  readonly counts: {
    readonly rows: number;
    readonly create: number;
    readonly skip: number;
    readonly refuse: number;
    readonly problems: number;
    readonly raised: number;
  };
  readonly columns: readonly { readonly header: string; readonly field: string | null }[];
  readonly problems: readonly {
    readonly row: number | null;
    readonly column: number | null;
    readonly message: string;
    readonly remedy?: string;
  }[];
  readonly conflicts: readonly {
    readonly row: number;
    readonly message: string;
    readonly outcome: 'create' | 'skip';
    readonly wanted: string;
    readonly existing: { readonly id: string; readonly name: string; readonly email: string | null } | null;
    readonly sameAsRow: number | null;
  }[];
  readonly first: readonly { readonly row: number; readonly name: string; readonly email: string }[];
  /** Titles of the profiles that would be ordered for each person. */
  readonly ordered: readonly string[];
  /** Members of the form that starts exactly this. */
  readonly carried: Readonly<Record<string, string>>;
  readonly leaveOut: boolean;
}

const SHOWN = 100;

const FIELDS: readonly (readonly [string, SafeHtml])[] = [
  ['givenName', t`Given name`],
  ['surname', t`Surname`],
  ['displayName', t`Display name`],
  ['email', t`Mail`],
  ['externalId', t`Number at the agency`],
];

/** What an import would do, and what is wrong with its file, by row. Nothing was written. */
export function importPreviewPage(view: View, reader: ConsoleReader, facts: ImportPreviewFacts): string {
  const { counts, confirmable } = facts;
  return consolePage(view, reader, {
    title: t`What the import will do`,
    place: 'people',
    beforeContent: backLink(t`Choose another file`, '/console/imports/new'),
    content: html`<h1 class="govuk-heading-l">${t`What the import will do`}</h1>
<p class="govuk-body-l">${facts.agency}: ${counted(counts.create, t`one person is entered`, t`${counts.create} people are entered`)}, ${counted(counts.skip, t`one row is skipped`, t`${counts.skip} rows are skipped`)}, ${counted(counts.refuse, t`one row has mistakes`, t`${counts.refuse} rows have mistakes`)}.</p>
${facts.ordered.length > 0 && html`<p class="govuk-body">${t`For each person who is entered, these are ordered: ${facts.ordered.join(', ')}.`}</p>`}
${counts.raised > 0 && warningText(counted(counts.raised, t`One order would need a second approval.`, t`${counts.raised} orders would need a second approval.`))}
${verdict(facts)}
<form method="post" action="/console/imports"><input type="hidden" name="formToken" value="${reader.formToken}">
${Object.entries(facts.carried).map(([name, value]) => !name.startsWith('map-') && html`<input type="hidden" name="${name}" value="${value}">`)}
${confirmable && submitButton({ text: counted(counts.create, t`Enter one person`, t`Enter ${counts.create} people`) })}
${!confirmable && counts.problems > 0 && !facts.leaveOut && html`<button type="submit" class="govuk-button govuk-button--secondary" formaction="/console/imports/preview" name="leaveOut" value="yes">${t`Leave them out and import the others`}</button>`}
${problems(facts)}
${conflicts(facts)}
${columns(facts)}
</form>
${table({
  caption: t`The first people who would be entered`,
  head: [t`Row`, t`Name`, t`Mail`],
  rows: facts.first.map(({ row, name, email }) => [row, name, html`<span class="see-break">${email}</span>`]),
  empty: t`Nobody would be entered.`,
})}`,
  });
}

function verdict({ confirmable, openImport, counts, leaveOut }: ImportPreviewFacts): SafeHtml | false {
  if (openImport)
    return insetText(
      t`An import of this agency is not finished: <a class="govuk-link" href="/console/imports/${openImport}">look at it first</a>.`,
    );
  if (confirmable) return false;
  if (counts.problems === 0) return insetText(t`Nobody would be entered, so there is nothing to start.`);
  if (leaveOut) return insetText(t`These mistakes are of the whole file. Mend it and choose it again.`);
  return insetText(t`Mend the rows and choose the file again, or have the rows with mistakes left out.`);
}

function problems({ problems: all, counts }: ImportPreviewFacts): SafeHtml | false {
  if (all.length === 0) return false;
  return html`${table({
    caption: t`Mistakes`,
    head: [t`Row`, t`Column`, t`What is wrong`],
    rows: all
      .slice(0, SHOWN)
      .map(({ row, column, message, remedy }) => [
        row ?? '–',
        column ?? '–',
        html`${apiText(message)}${remedy && html`<br><span class="see-muted">${apiText(remedy)}</span>`}`,
      ]),
    empty: '',
  })}${more(counts.problems)}`;
}

function conflicts({ conflicts: all }: ImportPreviewFacts): SafeHtml | false {
  if (all.length === 0) return false;
  return html`${table({
    caption: t`People who may be there already`,
    head: [t`Row`, t`In the file`, t`There already`, t`What is done`],
    rows: all
      .slice(0, SHOWN)
      .map((conflict) => [
        conflict.row,
        html`${conflict.wanted}<br><span class="see-muted">${apiText(conflict.message)}</span>`,
        existing(conflict),
        conflict.outcome === 'skip' ? tag(t`Skipped`, 'grey') : tag(t`Entered`, 'teal'),
      ]),
    empty: '',
  })}${more(all.length)}`;
}

function existing({ existing: there, sameAsRow }: ImportPreviewFacts['conflicts'][number]): HtmlValue {
  if (there)
    return html`<a class="govuk-link" href="/console/people/${there.id}">${there.name}</a><br><span class="see-muted see-break">${there.email}</span>`;
  return sameAsRow === null ? '–' : t`row ${sameAsRow}`;
}

function more(count: number): SafeHtml | false {
  return count > SHOWN && html`<p class="govuk-body">${t`and ${count - SHOWN} more`}</p>`;
}

/** What is taken from each column, and other choices: they are of the same form, so that the file comes along once. */
function columns({ columns: all, carried }: ImportPreviewFacts): SafeHtml {
  const nameOf = (field: string | null): HtmlValue =>
    FIELDS.find(([id]) => id === field)?.[1] ?? html`<span class="see-muted">${t`nothing`}</span>`;
  return html`${table({
    caption: t`Columns`,
    head: [t`In the file`, t`What is taken from it`],
    rows: all.map(({ header, field }) => [header, nameOf(field)]),
    empty: t`The file has no columns.`,
  })}${
    all.length > 0 &&
    details(
      t`Take other columns`,
      html`${FIELDS.map(([id, label]) =>
        select({
          id: `map-${id}`,
          label,
          value: carried[`map-${id}`] ?? '',
          options: [
            { value: '', text: t`as it is recognised` },
            ...all.map(({ header }) => ({ value: header, text: header })),
          ],
        }),
      )}
<button type="submit" class="govuk-button govuk-button--secondary" formaction="/console/imports/preview">${t`Show what will happen`}</button>`,
    )
  }`;
}
