import { html, type SafeHtml, t } from '@see/language';
import { chartFigure } from '../../charts/chart-figure.ts';
import { lineChart } from '../../charts/line-chart.ts';
import { shortDay } from '../../components/time.ts';

export interface CrlSizesFacts {
  /** Days in order. */
  readonly days: readonly string[];
  readonly cas: readonly {
    readonly ca: string;
    /** By day; undefined where no list was made on it. */
    readonly octets: readonly (number | undefined)[];
    readonly entries: readonly (number | undefined)[];
  }[];
}

/** How large the revocation lists are that every client loads. */
export function crlSizesFigure({ days, cas }: CrlSizesFacts): SafeHtml {
  const largest = cas
    .map(({ ca, octets, entries }) => ({ ca, octets: lastOf(octets), entries: lastOf(entries) }))
    .toSorted((a, b) => b.octets - a.octets)[0];
  return chartFigure({
    id: 'crl-sizes',
    title: t`Size of the revocation lists`,
    sentence: largest
      ? t`The largest list is that of the CA ${html`<code class="see-serial">${largest.ca}</code>`}: ${largest.octets} octets with ${largest.entries} entries.`
      : t`No revocation list was made in this time.`,
    legend: cas.map(({ ca }) => ca),
    drawnAs: 'lines',
    picture: largest
      ? lineChart(
          days.map(shortDay),
          cas.map(({ ca, octets }) => ({ name: ca, values: octets })),
        )
      : undefined,
    head: [t`CA`, t`Octets`, t`Entries`],
    rows: cas.map(({ ca, octets, entries }) => [ca, lastOf(octets), lastOf(entries)]),
  });
}

function lastOf(values: readonly (number | undefined)[]): number {
  return values.findLast((value) => value !== undefined) ?? 0;
}
