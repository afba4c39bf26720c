import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { linkButton, submitButton } from '../../components/button.ts';
import { successBanner } from '../../components/notice.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { counted, dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/** An entry as the list shows it. */
export interface CatalogueLine {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly kind: 'service' | 'site';
  readonly agencyName: string;
  readonly highRisk: boolean;
  readonly notAfter: Date | null;
  readonly daysLeft: number | null;
  readonly nextReviewAt: Date;
  readonly standing: 'current' | 'due' | 'stale';
  readonly openFindings: number;
  readonly findingLate: boolean;
  readonly fault: string | null;
}

export interface CatalogueFacts {
  readonly lines: readonly CatalogueLine[];
  readonly standing: string;
  readonly mayAdd: boolean;
  readonly done: HtmlValue;
}

/** Days of a certificate below which its row says so. */
export const FEW_DAYS = 30;

/** One door: every service and site that relies on the scheme, what needs somebody on top. */
export function cataloguePage(view: View, reader: ConsoleReader, facts: CatalogueFacts): string {
  const late = facts.lines.filter(({ standing, findingLate }) => standing === 'stale' || findingLate).length;
  const ending = facts.lines.filter(({ daysLeft }) => daysLeft !== null && daysLeft < FEW_DAYS).length;
  return consolePage(view, reader, {
    title: t`Service catalogue`,
    place: 'services',
    content: html`${facts.done && successBanner(facts.done)}<h1 class="govuk-heading-l">${t`Service catalogue`}</h1>
<p class="govuk-body">${t`${counted(facts.lines.length, t`1 service or site`, t`${facts.lines.length} services and sites`)}; ${late} need a review or have a late finding, ${ending} have a certificate that ends within ${FEW_DAYS} days.`}</p>
<form class="see-filters" method="get" action="/console/services">
${select({
  id: 'standing',
  label: t`Review of the content`,
  value: facts.standing,
  options: [
    { value: '', text: t`All` },
    { value: 'stale', text: t`Overdue` },
    { value: 'due', text: t`Due within 30 days` },
    { value: 'current', text: t`Done` },
  ],
})}
${submitButton({ text: t`Show`, look: 'secondary' })}
</form>
<p class="govuk-button-group see-no-print">${facts.mayAdd && linkButton(t`Add a service or site`, '/console/services/new')}${linkButton(t`As CSV`, '/console/services.csv', 'secondary')}</p>
${table({
  caption: t`Service catalogue`,
  hideCaption: true,
  head: [t`Name`, t`Agency`, t`Certificate`, t`Content review`, t`Risk`, t`Open findings`],
  rows: facts.lines.map(row),
  empty: t`No entry was found.`,
})}`,
  });
}

function row(line: CatalogueLine): readonly HtmlValue[] {
  return [
    html`<a class="govuk-link" href="/console/services/${line.id}">${line.name}</a><br><span class="see-muted see-lines">${line.url}</span>`,
    line.agencyName,
    daysText(line),
    html`${standingTag(line.standing)} ${line.standing !== 'stale' && t`until ${dayText(line.nextReviewAt)}`}`,
    line.highRisk ? tag(t`High`, 'orange') : t`Not high`,
    line.openFindings === 0 ? 0 : html`${line.openFindings} ${line.findingLate && tag(t`Late`, 'red')}`,
  ];
}

/** How long the certificate of a site lasts, with the word for it. */
export function daysText({ notAfter, daysLeft, fault }: CatalogueLine): HtmlValue {
  if (notAfter === null || daysLeft === null) return fault ? tag(t`Not seen`, 'grey') : t`none known`;
  const colour = daysLeft < 0 ? 'red' : daysLeft < FEW_DAYS ? 'orange' : 'green';
  const words = daysLeft < 0 ? t`Expired` : counted(daysLeft, t`1 day left`, t`${daysLeft} days left`);
  return html`${tag(words, colour)} <span class="see-muted">${dayText(notAfter)}</span>`;
}

export function standingTag(standing: CatalogueLine['standing']): SafeHtml {
  if (standing === 'stale') return tag(t`Overdue`, 'red');
  return standing === 'due' ? tag(t`Due`, 'orange') : tag(t`Done`, 'green');
}
