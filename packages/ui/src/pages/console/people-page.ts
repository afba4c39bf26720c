import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { linkButton, submitButton } from '../../components/button.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export type RecordState = 'current' | 'due' | 'stale';

export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly agency: string;
  readonly standing: RecordState;
  readonly nextReviewAt: Date;
  readonly leftAt: Date | null;
}

export interface PeopleFacts {
  readonly search: string;
  readonly agency: string;
  readonly standing: string;
  /** To choose from; empty for those who see one agency. */
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly PersonLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  readonly csv: string;
  /** Other pages of the registry that the reader may open. */
  readonly links: readonly RegistryPlace[];
  readonly mayEnter: boolean;
}

/** Pages of the registry that have no place in the menu. */
export type RegistryPlace = 'imports' | 'leavers' | 'hr-feeds' | 'records' | 'recoveries' | 'mails';

const LINKS: readonly (readonly [RegistryPlace, HtmlValue])[] = [
  ['imports', t`Imports of people`],
  ['leavers', t`People who leave`],
  ['hr-feeds', t`Feeds of HR systems`],
  ['records', t`Records due for review`],
  ['recoveries', t`Recoveries of keys`],
  ['mails', t`Mail`],
];

const STANDINGS: readonly (readonly [string, SafeHtml])[] = [
  ['', t`All`],
  ['current', t`Current`],
  ['due', t`Due within 30 days`],
  ['stale', t`Past its review`],
];

/** People of the registry by name, with the state of their records. */
export function peoplePage(view: View, reader: ConsoleReader, facts: PeopleFacts): string {
  return consolePage(view, reader, {
    title: t`People`,
    place: 'people',
    content: html`<h1 class="govuk-heading-l">${t`People`}</h1>
${registryLinks(facts.links)}
${facts.mayEnter && linkButton(t`Enter a person`, '/console/people/new')}
<form class="see-filters" method="get" action="/console/people">
${textInput({ id: 'q', label: t`Name starts with, or whole mail address`, value: facts.search, type: 'search', spellcheck: false })}
${
  facts.agencies.length > 0 &&
  select({
    id: 'agency',
    label: t`Agency`,
    value: facts.agency,
    options: [{ value: '', text: t`All` }, ...facts.agencies.map(({ id, name }) => ({ value: id, text: name }))],
  })
}
${select({ id: 'standing', label: t`Record`, value: facts.standing, options: STANDINGS.map(([value, text]) => ({ value, text })) })}
${submitButton({ text: t`Show`, look: 'secondary' })}
</form>
${table({
  caption: t`People`,
  hideCaption: true,
  head: [t`Name`, t`Mail`, t`Agency`, t`Record`, t`Next review`],
  rows: facts.people.map((person) => [
    html`<a class="govuk-link" href="/console/people/${person.id}">${person.name}</a>`,
    html`<span class="see-break">${person.email ?? '–'}</span>`,
    person.agency,
    recordTag(person),
    dayText(person.nextReviewAt),
  ]),
  empty: t`Nobody is found. Try the start of the display name, or fewer filters.`,
})}
${facts.people.length > 0 && html`<p class="govuk-body"><a class="govuk-link" href="${facts.csv}" download>${t`Everybody who is found, as CSV`}</a></p>`}
${pagination(facts.first, facts.next)}`,
  });
}

/** The ways to the other pages of the registry. */
export function registryLinks(places: readonly RegistryPlace[]): SafeHtml | false {
  if (places.length === 0) return false;
  return html`<ul class="govuk-list see-links">${LINKS.filter(([place]) => places.includes(place)).map(([place, text]) => html`<li><a class="govuk-link" href="/console/${place}">${text}</a></li>`)}</ul>`;
}

/** The state of a record in a word. */
export function recordTag({
  standing,
  leftAt,
}: Pick<PersonLine, 'standing'> & { readonly leftAt?: Date | null }): SafeHtml {
  if (leftAt) return tag(t`Has left`, 'grey');
  if (standing === 'stale') return tag(t`Past its review`, 'red');
  return standing === 'due' ? tag(t`Due`, 'orange') : tag(t`Current`, 'green');
}
