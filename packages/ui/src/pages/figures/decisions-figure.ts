import { type HtmlValue, type SafeHtml, t } from '@see/language';
import { barChart } from '../../charts/bar-chart.ts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { counted } from '../../components/time.ts';

export interface DecisionsFacts {
  /** Seconds from each order to its approval or rejection. */
  readonly seconds: readonly number[];
}

const HOUR = 3_600;
const STEPS: readonly (readonly [number, HtmlValue])[] = [
  [HOUR / 4, t`15 minutes`],
  [HOUR, t`1 hour`],
  [4 * HOUR, t`4 hours`],
  [24 * HOUR, t`1 day`],
  [72 * HOUR, t`3 days`],
  [Number.POSITIVE_INFINITY, t`longer`],
];

/** How long people wait for a decision. */
export function decisionsFigure({ seconds }: DecisionsFacts): SafeHtml {
  const bars = STEPS.map(([within, label], index) => {
    const from = STEPS[index - 1]?.[0] ?? Number.NEGATIVE_INFINITY;
    return { label, values: [seconds.filter((one) => one >= from && one < within).length] };
  });
  return chartFigure({
    id: 'decisions',
    title: t`Time to a decision`,
    sentence:
      seconds.length === 0
        ? t`No order was decided in this time.`
        : t`${counted(seconds.length, t`1 order was decided`, t`${seconds.length} orders were decided`)}; half of them within ${durationText(percentile(seconds, 0.5))}, nine of ten within ${durationText(percentile(seconds, 0.9))}.`,
    picture: seconds.length === 0 ? undefined : barChart(bars),
    head: [t`Decided within`, t`Orders`],
    rows: seconds.length === 0 ? [] : bars.map(({ label, values }) => [label, values[0]]),
  });
}

/** The number below which a share of all numbers lies. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** A length of time in one unit, rounded up. */
export function durationText(seconds: number): SafeHtml {
  const count = (unit: number): number => Math.ceil(seconds / unit);
  if (seconds <= 60) return t`a minute`;
  if (seconds <= HOUR) return t`${count(60)} minutes`;
  if (seconds <= 48 * HOUR) return counted(count(HOUR), t`1 hour`, t`${count(HOUR)} hours`);
  return t`${count(24 * HOUR)} days`;
}
