import { type HtmlValue, html, type SafeHtml } from '@see/language';
import { chartSvg, FRAME, heightOf, PLOT, point } from './frame.ts';
import { ticksUpTo } from './ticks.ts';

export interface Bar {
  readonly label: HtmlValue;
  /** One number, or two that stand side by side. */
  readonly values: readonly number[];
}

/** Signs below a chart at most; others are left out at even distances. */
const LABELS = 8;
/** Up to so many bars have their number above them. */
const NUMBERED = 24;

/** Bars of one or two kinds; the second kind is hatched, so that it is told apart without colours. */
export function barChart(bars: readonly Bar[]): SafeHtml {
  const ticks = ticksUpTo(Math.max(0, ...bars.flatMap(({ values }) => values)));
  const slot = PLOT.width / Math.max(1, bars.length);
  const kinds = Math.max(1, ...bars.map(({ values }) => values.length));
  const width = Math.min(40, (slot * 0.8) / kinds);
  const every = Math.ceil(bars.length / LABELS);
  const numbered = bars.length * kinds <= NUMBERED;
  const middle = (index: number): number => FRAME.left + slot * (index + 0.5);
  const drawn = bars.map(({ values }, index) =>
    values.map((value, kind) => {
      const x = middle(index) + (kind - values.length / 2) * width;
      const height = heightOf(value, ticks);
      const y = FRAME.top + PLOT.height - height;
      if (value === 0) return undefined;
      return html`<rect class="see-chart__bar see-chart__bar--${kind + 1}" x="${point(x)}" y="${point(y)}" width="${point(width * 0.92)}" height="${point(height)}"/>${numbered && html`<text class="see-chart__text see-chart__text--number" x="${point(x + width * 0.46)}" y="${point(y - 4)}" text-anchor="middle">${value}</text>`}`;
    }),
  );
  const below = bars.flatMap(({ label }, index) => (index % every === 0 ? [{ x: middle(index), text: label }] : []));
  return chartSvg(ticks, (tick) => tick, drawn, below);
}
