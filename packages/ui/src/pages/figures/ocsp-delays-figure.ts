import { type SafeHtml, t } from '@see/language';
import { chartFigure } from '../../charts/chart-figure.ts';
import { lineChart } from '../../charts/line-chart.ts';
import { clockIn, momentHtml } from '../../components/time.ts';
import { percentile } from './decisions-figure.ts';

export interface OcspDelaysFacts {
  /** Looks in their order, each with milliseconds by CA. */
  readonly looks: readonly { readonly at: Date; readonly took: readonly (readonly [ca: string, ms: number])[] }[];
}

/** How long a client waits for an answer about a certificate, as measured by fetching answers back. */
export function ocspDelaysFigure({ looks }: OcspDelaysFacts): SafeHtml {
  const cas = [...new Set(looks.flatMap(({ took }) => took.map(([ca]) => ca)))].toSorted();
  const of = (ca: string): number[] =>
    looks.flatMap(({ took }) => took.filter(([id]) => id === ca).map(([, ms]) => ms));
  const all = looks.flatMap(({ took }) => took.map(([, ms]) => ms));
  const first = looks[0]?.at;
  return chartFigure({
    id: 'ocsp-delays',
    title: t`How long OCSP takes to answer`,
    sentence:
      first && all.length > 0
        ? t`Fetched back ${looks.length} times since ${momentHtml(first)}, as a client does: half of the answers came within ${percentile(all, 0.5)} ms, the slowest took ${Math.max(...all)} ms.`
        : t`No OCSP answer was fetched yet; it takes a minute.`,
    legend: cas,
    drawnAs: 'lines',
    picture:
      all.length === 0
        ? undefined
        : lineChart(
            looks.map(({ at }) => clockIn(at)),
            cas.map((ca) => ({ name: ca, values: looks.map(({ took }) => took.find(([id]) => id === ca)?.[1]) })),
          ),
    head: [t`CA`, t`Fastest, in ms`, t`Half within, in ms`, t`Slowest, in ms`],
    rows: cas.map((ca) => [ca, Math.min(...of(ca)), percentile(of(ca), 0.5), Math.max(...of(ca))]),
  });
}
