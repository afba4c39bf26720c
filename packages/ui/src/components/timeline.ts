import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { table } from './table.ts';
import { dayText } from './time.ts';

export interface TimelineBar {
  readonly name: HtmlValue;
  readonly from: Date;
  readonly until: Date;
  readonly look: 'now' | 'next' | 'window' | 'overlap' | 'over';
}

const WIDTH = 1_000;

/**
 * Stretches of time below each other, with today across all of them. The picture has no words in it, so it can be as
 * narrow as a phone: each bar has its name and days above it, `sentence` says what it shows, and a table has the same.
 */
export function timeline(sentence: HtmlValue, bars: readonly TimelineBar[], now: Date): SafeHtml {
  const times = [...bars.flatMap(({ from, until }) => [from.getTime(), until.getTime()]), now.getTime()];
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const place = (time: Date): number => Math.round(((time.getTime() - start) / Math.max(1, end - start)) * WIDTH);
  return html`<figure class="see-timeline"><figcaption class="govuk-body">${sentence}</figcaption>
${bars.map(
  ({ name, from, until, look }) =>
    html`<p class="govuk-body-s see-timeline__name" aria-hidden="true">${name}</p><svg class="see-timeline__row" viewBox="0 0 ${WIDTH} 24" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="see-timeline__track" x="0" y="11" width="${WIDTH}" height="2"/><rect class="see-timeline__bar see-timeline__bar--${look}" x="${place(from)}" y="3" width="${Math.max(6, place(until) - place(from))}" height="18"/><rect class="see-timeline__today" x="${Math.min(WIDTH - 4, Math.max(0, place(now) - 2))}" y="0" width="4" height="24"/></svg>`,
)}
<p class="govuk-body-s see-timeline__legend" aria-hidden="true">${t`The upright line is today.`}</p>
${table({
  caption: t`The same as days`,
  hideCaption: true,
  head: [t`What`, t`From`, t`Until`],
  rows: bars.map(({ name, from, until }) => [name, dayText(from), dayText(until)]),
  empty: '',
})}</figure>`;
}
