import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton } from '../../components/button.ts';
import { pagination } from '../../components/pagination.ts';
import { table } from '../../components/table.ts';
import { type TagColour, tag } from '../../components/tag.ts';
import { momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface ImportLine {
  readonly id: string;
  readonly agency: string;
  readonly state: string;
  readonly rows: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

const STATES: Readonly<Record<string, readonly [SafeHtml, TagColour]>> = {
  running: [t`Running`, 'teal'],
  paused: [t`Paused`, 'orange'],
  done: [t`Finished`, 'green'],
};

export function importTag(state: string): SafeHtml {
  const [text, colour] = STATES[state] ?? [state, 'grey' as const];
  return tag(text, colour);
}

/** Imports of people, the newest first. */
export function importsPage(
  view: View,
  reader: ConsoleReader,
  facts: {
    readonly imports: readonly ImportLine[];
    readonly mayImport: boolean;
    readonly first: string | undefined;
    readonly next: string | undefined;
  },
): string {
  return consolePage(view, reader, {
    title: t`Imports of people`,
    place: 'people',
    beforeContent: backLink(t`People`, '/console/people'),
    content: html`<h1 class="govuk-heading-l">${t`Imports of people`}</h1>
${facts.mayImport && linkButton(t`Import people from a spreadsheet`, '/console/imports/new')}
${table({
  caption: t`Imports of people`,
  hideCaption: true,
  head: [t`Started`, t`Agency`, t`Rows`, t`Entered`, t`Skipped`, t`Failed`, t`State`],
  rows: facts.imports.map((line) => [
    html`<a class="govuk-link" href="/console/imports/${line.id}">${momentHtml(line.createdAt)}</a><br><span class="see-muted">${t`by ${line.createdBy}`}</span>`,
    line.agency,
    line.rows,
    line.done,
    line.skipped,
    line.failed,
    importTag(line.state),
  ]),
  empty: t`Nobody was imported yet.`,
})}
${pagination(facts.first, facts.next)}`,
  });
}
