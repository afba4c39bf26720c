import { type HtmlValue, html, type SafeHtml } from '@see/language';

/** The inside of every chart, in units of its viewBox: what is left of it for bars and lines. */
export const FRAME = { width: 640, height: 260, left: 52, right: 12, top: 16, bottom: 34 } as const;

export const PLOT = {
  width: FRAME.width - FRAME.left - FRAME.right,
  height: FRAME.height - FRAME.top - FRAME.bottom,
} as const;

/** Where a value stands between the first and the last of the ticks; 0 is at the bottom. */
export function heightOf(value: number, ticks: readonly number[]): number {
  return (value / (ticks.at(-1) ?? 1)) * PLOT.height;
}

/** A number of SVG, short. */
export function point(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A chart's picture: its lines with their numbers, what is drawn over them, and the names below. */
export function chartSvg(
  ticks: readonly number[],
  tickText: (tick: number) => HtmlValue,
  drawn: HtmlValue,
  below: readonly { readonly x: number; readonly text: HtmlValue }[],
): SafeHtml {
  return html`<svg class="see-chart__picture" viewBox="0 0 ${FRAME.width} ${FRAME.height}" aria-hidden="true" focusable="false">
${ticks.map((tick) => {
  const y = point(FRAME.top + PLOT.height - heightOf(tick, ticks));
  return html`<line class="see-chart__line" x1="${FRAME.left}" x2="${FRAME.width - FRAME.right}" y1="${y}" y2="${y}"/><text class="see-chart__text" x="${FRAME.left - 8}" y="${y}" text-anchor="end" dominant-baseline="middle">${tickText(tick)}</text>`;
})}
${drawn}
${below.map(({ x, text }) => html`<text class="see-chart__text" x="${point(x)}" y="${FRAME.height - 10}" text-anchor="middle">${text}</text>`)}
</svg>`;
}
