import { type HtmlValue, type SafeHtml, t } from '@see/language';
import { barChart } from '../../charts/bar-chart.ts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { counted, distanceText } from '../../components/time.ts';

export interface WaitingFacts {
  readonly now: Date;
  /** Since when each order waits for approval, the oldest first. */
  readonly since: readonly Date[];
}

const HOUR = 3_600_000;
const STEPS: readonly (readonly [number, HtmlValue])[] = [
  [HOUR, t`under 1 hour`],
  [4 * HOUR, t`1 to 4 hours`],
  [24 * HOUR, t`4 to 24 hours`],
  [72 * HOUR, t`1 to 3 days`],
  [Number.POSITIVE_INFINITY, t`over 3 days`],
];

/** How long the orders in the queue have been there. */
export function waitingFigure({ now, since }: WaitingFacts): SafeHtml {
  const ages = since.map((time) => now.getTime() - time.getTime());
  const bars = STEPS.map(([below, label], index) => {
    const from = STEPS[index - 1]?.[0] ?? Number.NEGATIVE_INFINITY;
    return { label, values: [ages.filter((age) => age >= from && age < below).length] };
  });
  const [oldest] = since;
  return chartFigure({
    id: 'waiting',
    title: t`How long orders have been waiting`,
    sentence: oldest
      ? t`${counted(since.length, t`1 order waits`, t`${since.length} orders wait`)} for approval; the oldest came ${distanceText(oldest, now)}.`
      : t`No order waits for approval.`,
    picture: oldest ? barChart(bars) : undefined,
    head: [t`Waiting for`, t`Orders`],
    rows: oldest ? bars.map(({ label, values }) => [label, values[0]]) : [],
  });
}
