import { type SafeHtml, t } from '@see/language';
import { barChart } from '../../charts/bar-chart.ts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { counted, dayText } from '../../components/time.ts';

export interface AlgorithmsFacts {
  readonly kinds: readonly {
    readonly algorithm: string;
    readonly profile: string;
    readonly count: number;
    readonly lastNotAfter: Date;
  }[];
}

/** Keys whose signatures or secrets a quantum computer of enough size would break (Shor): all of RSA and elliptic curves. */
function isQuantumVulnerable(algorithm: string): boolean {
  return !algorithm.startsWith('ML-DSA');
}

/** The inventory of algorithms (GOV-12): which keys are in use, for what, until when. */
export function algorithmsFigure({ kinds }: AlgorithmsFacts): SafeHtml {
  const byAlgorithm = Map.groupBy(kinds, ({ algorithm }) => algorithm);
  const bars = [...byAlgorithm].map(([label, of]) => ({
    label,
    values: [of.reduce((sum, { count }) => sum + count, 0)],
  }));
  const all = kinds.reduce((sum, { count }) => sum + count, 0);
  const weak = kinds.filter(({ algorithm }) => isQuantumVulnerable(algorithm));
  const last = weak.reduce<Date | undefined>((latest, { lastNotAfter }) => {
    return latest && latest > lastNotAfter ? latest : lastNotAfter;
  }, undefined);
  return chartFigure({
    id: 'algorithms',
    title: t`Keys by algorithm`,
    sentence: last
      ? t`${counted(all, t`1 key has a good certificate`, t`${all} keys have good certificates`)}, those of our own OCSP responders included. ${weak.reduce((sum, { count }) => sum + count, 0)} of them could be broken by a large quantum computer; the last of those ends on ${dayText(last)}.`
      : t`No certificate with a key that a large quantum computer could break is good today.`,
    picture: all === 0 ? undefined : barChart(bars),
    head: [t`Algorithm`, t`Profile`, t`Certificates`, t`Last one ends`, t`Safe from quantum computers`],
    rows: kinds.map((kind) => [
      kind.algorithm,
      kind.profile,
      kind.count,
      dayText(kind.lastNotAfter),
      isQuantumVulnerable(kind.algorithm) ? t`no` : t`yes`,
    ]),
  });
}
