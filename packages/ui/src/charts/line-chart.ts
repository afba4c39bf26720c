import { type HtmlValue, html, type SafeHtml } from '@see/language';
import { chartSvg, FRAME, heightOf, PLOT, point } from './frame.ts';
import { ticksUpTo } from './ticks.ts';

export interface Line {
  readonly name: HtmlValue;
  /** A number for each of the chart's labels, or undefined where there is none. */
  readonly values: readonly (number | undefined)[];
}

const LABELS = 8;

/** Lines over the same labels, up to five; each has a dash of its own, so that they are told apart without colours. */
export function lineChart(
  labels: readonly HtmlValue[],
  lines: readonly Line[],
  tickText: (tick: number) => HtmlValue = (tick) => tick,
): SafeHtml {
  const ticks = ticksUpTo(Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const step = PLOT.width / Math.max(1, labels.length - 1);
  const at = (index: number): number => FRAME.left + (labels.length === 1 ? PLOT.width / 2 : index * step);
  const drawn = lines.map(({ values }, kind) => {
    const points = values.flatMap((value, index) =>
      value === undefined ? [] : [`${point(at(index))},${point(FRAME.top + PLOT.height - heightOf(value, ticks))}`],
    );
    const [only, ...more] = points;
    if (only !== undefined && more.length === 0) {
      const [x, y] = only.split(',');
      return html`<circle class="see-chart__dot see-chart__dot--${kind + 1}" cx="${x}" cy="${y}" r="4"/>`;
    }
    return html`<polyline class="see-chart__curve see-chart__curve--${kind + 1}" points="${points.join(' ')}"/>`;
  });
  const every = Math.ceil(labels.length / LABELS);
  const below = labels.flatMap((text, index) => (index % every === 0 ? [{ x: at(index), text }] : []));
  return chartSvg(ticks, tickText, drawn, below);
}
