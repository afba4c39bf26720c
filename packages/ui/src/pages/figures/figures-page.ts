import { html, t } from '@see/language';
import { momentHtml, monthText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type AgenciesFacts, agenciesFigure } from './agencies-figure.ts';
import { type AlgorithmsFacts, algorithmsFigure } from './algorithms-figure.ts';
import { type CrlSizesFacts, crlSizesFigure } from './crl-sizes-figure.ts';
import { type DaysFacts, daysFigure } from './days-figure.ts';
import { type DecisionsFacts, decisionsFigure } from './decisions-figure.ts';
import { type ExpiriesFacts, expiriesFigure } from './expiries-figure.ts';
import { type OcspDelaysFacts, ocspDelaysFigure } from './ocsp-delays-figure.ts';
import { type WaitingFacts, waitingFigure } from './waiting-figure.ts';

export interface FiguresFacts {
  readonly now: Date;
  readonly waiting: WaitingFacts;
  readonly decisions: DecisionsFacts;
  readonly days: DaysFacts;
  readonly expiries: ExpiriesFacts;
  readonly algorithms: AlgorithmsFacts;
  readonly agencies: AgenciesFacts;
  readonly crlSizes: CrlSizesFacts;
  readonly ocspDelays: OcspDelaysFacts;
  /** Months of which there is a report, the latest first. */
  readonly reports: readonly string[];
}

/** What people would rather look at than read: the queue, the days, what is to come, what is in use. */
export function figuresPage(view: View, reader: ConsoleReader, facts: FiguresFacts): string {
  return consolePage(view, reader, {
    title: t`Figures`,
    place: 'figures',
    content: html`<h1 class="govuk-heading-l">${t`Figures`}</h1>
<p class="govuk-body see-muted">${t`As of ${momentHtml(facts.now)}. Days and months are those of New Zealand.`}</p>
<div class="see-figures">
${waitingFigure(facts.waiting)}
${decisionsFigure(facts.decisions)}
${daysFigure(facts.days)}
${expiriesFigure(facts.expiries)}
${algorithmsFigure(facts.algorithms)}
${agenciesFigure(facts.agencies)}
${crlSizesFigure(facts.crlSizes)}
${ocspDelaysFigure(facts.ocspDelays)}
</div>
<h2 class="govuk-heading-m">${t`Monthly reports`}</h2>
<p class="govuk-body">${t`One page for the steering group, made of the same numbers.`}</p>
<ul class="govuk-list">${facts.reports.map((month) => html`<li><a class="govuk-link" href="/console/reports/${month}">${monthText(month)}</a></li>`)}</ul>`,
  });
}
