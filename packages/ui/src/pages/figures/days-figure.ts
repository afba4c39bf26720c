import { type SafeHtml, t } from '@see/language';
import { barChart } from '../../charts/bar-chart.ts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { counted, shortDay } from '../../components/time.ts';

export interface DaysFacts {
  /** Days in order, those on which nothing happened included. */
  readonly days: readonly { readonly day: string; readonly issued: number; readonly revoked: number }[];
}

/** How many certificates were issued and revoked each day. */
export function daysFigure({ days }: DaysFacts): SafeHtml {
  const issued = days.reduce((sum, day) => sum + day.issued, 0);
  const revoked = days.reduce((sum, day) => sum + day.revoked, 0);
  return chartFigure({
    id: 'days',
    title: t`Issued and revoked each day`,
    sentence: t`In these ${days.length} days ${counted(issued, t`1 certificate was issued`, t`${issued} certificates were issued`)} and ${counted(revoked, t`1 was revoked`, t`${revoked} were revoked`)}.`,
    legend: [t`Issued`, t`Revoked`],
    picture:
      issued + revoked === 0
        ? undefined
        : barChart(days.map((day) => ({ label: shortDay(day.day), values: [day.issued, day.revoked] }))),
    head: [t`Day`, t`Issued`, t`Revoked`],
    rows: days.filter((day) => day.issued + day.revoked > 0).map((day) => [shortDay(day.day), day.issued, day.revoked]),
  });
}
