import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText, successBanner } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { momentHtml } from '../../components/time.ts';
import { remainingText } from '../../islands/live-import/remaining.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type ImportLine, importTag } from './imports-page.ts';

export interface ImportFacts extends ImportLine {
  readonly waiting: number;
  readonly updatedAt: Date;
  /** Profiles that are ordered for each person; empty when nothing is. */
  readonly ordered: readonly string[];
  readonly maySteer: boolean;
  /** The page does not load itself. */
  readonly still: boolean;
  readonly done: number;
  readonly said: ImportDone | undefined;
  readonly errors: readonly FieldError[];
}

/** What a button of the page has done. */
export type ImportDone = 'start' | 'pause' | 'resume' | 'retry' | 'cancel';

const SAID: Readonly<Record<ImportDone, SafeHtml>> = {
  start: t`The import has started. You can close this page: it goes on by itself.`,
  pause: t`The import is paused. What is done stays.`,
  resume: t`The import goes on.`,
  retry: t`The rows that failed are tried again.`,
  cancel: t`The import is cancelled. What is done stays.`,
};

/** Seconds after which the page of a running import loads itself, where no script keeps it up to date. */
const RELOAD = 5;

/** An import that was started: how far it is, about how long it takes, and what can be done with it. */
export function importPage(view: View, reader: ConsoleReader, facts: ImportFacts): string {
  const { id, state, rows, waiting, skipped, failed } = facts;
  const running = state === 'running';
  return consolePage(view, reader, {
    title: t`Import of people`,
    place: 'people',
    beforeContent: backLink(t`Imports of people`, '/console/imports'),
    ...(running ? { scripts: ['live-import.js' as const] } : {}),
    ...(running && !facts.still ? { reload: RELOAD } : {}),
    content: html`${facts.said && successBanner(SAID[facts.said])}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Import of people: ${facts.agency}`}</h1>
<p class="govuk-body">${importTag(state)}</p>
<label class="govuk-label" for="progress">${t`${rows - waiting} of ${rows} rows`}</label>
<progress class="see-progress" id="progress" max="${rows}" value="${rows - waiting}" data-state="${state}" data-events="/console/imports/${id}/events"></progress>
<p class="govuk-body" id="remaining" aria-live="polite">${running && remainingText(facts)}</p>
${running && !facts.still && html`<noscript><p class="govuk-body"><a class="govuk-link" href="/console/imports/${id}?still=yes">${t`Stop loading this page every few seconds`}</a></p></noscript>`}
${summaryList(
  [
    { key: t`Waiting`, value: html`<span id="count-waiting">${waiting}</span>` },
    { key: t`Entered`, value: html`<span id="count-done">${facts.done}</span>` },
    { key: t`Skipped`, value: html`<span id="count-skipped">${skipped}</span>` },
    { key: t`Failed`, value: html`<span id="count-failed">${failed}</span>` },
    { key: t`Ordered for each`, value: facts.ordered.length > 0 ? facts.ordered.join(', ') : t`nothing` },
    { key: t`Started`, value: html`${momentHtml(facts.createdAt)} ${t`by ${facts.createdBy}`}` },
    { key: t`Reference`, value: html`<span class="see-serial">${id}</span>` },
  ],
  'see-dense',
)}
${facts.maySteer && buttons(reader, facts)}
<p class="govuk-body"><a class="govuk-link" href="/console/imports/${id}/result.csv" download>${t`What became of each row, as CSV`}</a></p>
${state === 'done' && facts.ordered.length > 0 && facts.done > 0 && insetText(t`The orders wait for one approval of all of them: <a class="govuk-link" href="/console/batches">approve many orders at once</a>. Then the codes are mailed.`)}`,
  });
}

function buttons(reader: ConsoleReader, { id, state, failed }: ImportFacts): SafeHtml {
  const button = (way: ImportDone, text: SafeHtml, look?: 'secondary' | 'warning'): SafeHtml =>
    html`<form method="post" action="/console/imports/${id}/${way}"><input type="hidden" name="formToken" value="${reader.formToken}">${submitButton({ text, ...(look ? { look } : {}) })}</form>`;
  return html`<div class="see-forms">
${state === 'running' && button('pause', t`Pause`, 'secondary')}
${state === 'paused' && button('resume', t`Go on`)}
${failed > 0 && button('retry', t`Try the rows that failed again`, 'secondary')}
${state !== 'done' && button('cancel', t`Cancel what waits`, 'warning')}
</div>`;
}
