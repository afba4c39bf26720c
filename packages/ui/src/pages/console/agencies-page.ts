import { table } from '../../components/table.ts';
import { dayText } from '../../components/time.ts';
import { html } from '../../html.ts';
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

/** The members, and when each is due for review. `feeds`: whether the reader may see the feeds of HR systems. */
export function agenciesPage(
  view: View,
  reader: ConsoleReader,
  now: Date,
  agencies: readonly AgencyLine[],
  feeds: boolean,
): string {
  return consolePage(view, reader, {
    title: 'Agencies',
    place: 'agencies',
    content: html`<h1 class="govuk-heading-l">Agencies</h1>
${feeds && html`<p class="govuk-body"><a class="govuk-link" href="/console/hr-feeds">Feeds of HR systems</a></p>`}
${table({
  caption: 'Agencies',
  hideCaption: true,
  head: ['Name', 'Domains', 'State', 'Next review'],
  rows: agencies.map((agency) => [
    html`<a class="govuk-link" href="/console/agencies/${agency.id}">${agency.name}</a>`,
    agency.domains.join(', '),
    agencyTag(agency.status),
    html`${dayText(agency.nextReviewAt)}${agency.nextReviewAt < now && html` <strong class="govuk-tag govuk-tag--red">Overdue</strong>`}`,
  ]),
  empty: 'No agency is a member yet: see statement propose agency-scope.',
})}`,
  });
}
