import { type HtmlValue, html, LANGUAGE_TAGS, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { command } from '../../components/command.ts';
import { insetText } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { momentHtml, monthText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type AgenciesFacts, agenciesFigure } from './agencies-figure.ts';
import { type AlgorithmsFacts, algorithmsFigure } from './algorithms-figure.ts';
import { type DaysFacts, daysFigure } from './days-figure.ts';
import { type DecisionsFacts, decisionsFigure } from './decisions-figure.ts';
import { type ExpiriesFacts, expiriesFigure } from './expiries-figure.ts';
import { reasonText } from './reason-text.ts';

export interface ReportFacts {
  /** `2026-11` */
  readonly month: string;
  readonly now: Date;
  /** Whether the month is over. */
  readonly complete: boolean;
  readonly totals: {
    readonly good: number;
    readonly people: number;
    readonly ordersMade: number;
    readonly ordersRejected: number;
    readonly ordersRefused: number;
    readonly recoveries: number;
    readonly statements: number;
    readonly failedMails: number;
  };
  readonly decisions: DecisionsFacts;
  readonly days: DaysFacts;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly expiries: ExpiriesFacts;
  readonly algorithms: AlgorithmsFacts;
  readonly agencies: AgenciesFacts;
}

/** A month on one page, for those who steer the scheme and do not work with it. */
export function reportPage(view: View, reader: ConsoleReader, facts: ReportFacts): string {
  return consolePage(view, reader, {
    title: titleOf(facts),
    place: 'figures',
    beforeContent: backLink(t`Figures`, '/console/figures'),
    content: html`${report(facts)}
<div class="see-no-print"><h2 class="govuk-heading-m">${t`As a file`}</h2>
<p class="govuk-body">${t`Print this page, or choose “Save as PDF” when you print. The command makes the same file:`}</p>
${command(`see report ${facts.month} --out report-${facts.month}.pdf`)}</div>`,
  });
}

/** The same as a document of its own, without menus and scripts. Its style is that of the service, by address. */
export function reportDocument(view: View, facts: ReportFacts): string {
  const { speech, assets, urls } = view;
  return html`<!doctype html>
<html lang="${LANGUAGE_TAGS[speech.language]}" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${titleOf(facts)} – SEE PKI</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${urls.portal}${assets['site.css'].url}" integrity="${assets['site.css'].integrity}" crossorigin="anonymous">
</head>
<body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper see-console">
${report(facts)}
</main></div></body>
</html>`.in(speech);
}

function titleOf({ month }: ReportFacts): SafeHtml {
  return t`Report for ${monthText(month)}`;
}

function report(facts: ReportFacts): SafeHtml {
  const { totals } = facts;
  return html`<h1 class="govuk-heading-l">${titleOf(facts)}</h1>
<p class="govuk-body see-muted">${t`Secure Electronic Environment, certification authority. Made ${momentHtml(facts.now)}.`}</p>
${!facts.complete && insetText(t`The month is not over yet: these are its numbers so far.`)}
<ul class="see-cards">
${card(totals.good, t`certificates are good`)}
${card(totals.people, t`people have one`)}
${card(facts.agencies.months.at(-1)?.members ?? 0, t`agencies are members`)}
${card(totals.ordersMade, t`orders were made`)}
</ul>
<div class="see-figures">
${decisionsFigure(facts.decisions)}
${daysFigure(facts.days)}
${reasons(facts)}
${expiriesFigure(facts.expiries)}
${agenciesFigure(facts.agencies)}
${algorithmsFigure(facts.algorithms)}
${occurrences(totals)}
</div>`;
}

function card(count: number, text: HtmlValue): SafeHtml {
  return html`<li class="see-card"><p class="govuk-body"><span class="see-figure">${count}</span> ${text}</p></li>`;
}

function reasons({ reasons: counts }: ReportFacts): SafeHtml {
  return html`<section class="see-figure-section"><h2 class="govuk-heading-m">${t`Why certificates were revoked`}</h2>
${table({
  caption: t`Revocations by reason`,
  hideCaption: true,
  head: [t`Reason`, t`Certificates`],
  rows: counts.map(({ reason, count }) => [reasonText(reason), count]),
  empty: t`None was revoked.`,
})}</section>`;
}

function occurrences(totals: ReportFacts['totals']): SafeHtml {
  const rows: readonly (readonly [HtmlValue, number])[] = [
    [t`Orders that operators rejected`, totals.ordersRejected],
    [t`Orders that the signer refused`, totals.ordersRefused],
    [t`Requests to open a kept encryption key`, totals.recoveries],
    [t`Changes of who may do what, each signed by two persons`, totals.statements],
    [t`Mails that could not be delivered`, totals.failedMails],
  ];
  return html`<section class="see-figure-section">${table({
    caption: t`What else happened`,
    head: [t`What`, t`How often`],
    rows: rows.map(([text, count]) => [text, count]),
    empty: '',
  })}</section>`;
}
