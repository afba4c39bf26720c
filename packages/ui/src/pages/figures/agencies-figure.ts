import { type HtmlValue, type SafeHtml, t } from '@see/language';
import { chartFigure } from '../../charts/chart-figure.ts';
import { lineChart } from '../../charts/line-chart.ts';
import { counted, monthText } from '../../components/time.ts';

export interface AgenciesFacts {
  /** Months in order with the number of members at the end of each. */
  readonly months: readonly { readonly month: string; readonly members: number; readonly joined: readonly string[] }[];
}

/** How the scheme grew. */
export function agenciesFigure({ months }: AgenciesFacts): SafeHtml {
  const members = months.at(-1)?.members ?? 0;
  const joined = months.flatMap((month) => month.joined).length;
  return chartFigure({
    id: 'agencies',
    title: t`Member agencies`,
    sentence: t`${counted(members, t`1 agency is a member`, t`${members} agencies are members`)}; ${joined} joined in these ${months.length} months.`,
    picture:
      members === 0
        ? undefined
        : lineChart(
            months.map(({ month }): HtmlValue => monthText(month)),
            [{ name: t`Members`, values: months.map((month) => month.members) }],
          ),
    head: [t`Month`, t`Members`, t`Joined`],
    rows: months.map((month) => [monthText(month.month), month.members, month.joined.join(', ')]),
  });
}
