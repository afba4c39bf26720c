import { type SafeHtml, t } from '@see/language';
import { barChart } from '../../charts/bar-chart.ts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { counted, monthText } from '../../components/time.ts';

export interface ExpiriesFacts {
  /** Months in order, those in which nothing ends included. */
  readonly months: readonly { readonly month: string; readonly count: number }[];
}

/** When certificates end: whether a month is coming in which many people come at once. */
export function expiriesFigure({ months }: ExpiriesFacts): SafeHtml {
  const all = months.reduce((sum, { count }) => sum + count, 0);
  const most = months.reduce((best, one) => (one.count > best.count ? one : best), { month: '', count: 0 });
  return chartFigure({
    id: 'expiries',
    title: t`When certificates end`,
    sentence:
      all === 0
        ? t`No certificate that is good today ends in the next ${months.length} months.`
        : t`${counted(all, t`1 certificate ends`, t`${all} certificates end`)} in the next ${months.length} months, the most, ${most.count}, in ${monthText(most.month)}.`,
    picture:
      all === 0
        ? undefined
        : barChart(months.map(({ month, count }) => ({ label: monthText(month), values: [count] }))),
    head: [t`Month`, t`Certificates`],
    rows: months.map(({ month, count }) => [monthText(month), count]),
  });
}
