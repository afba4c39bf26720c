import { html, type SafeHtml } from '../html.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as people write it, in UTC: 22 Nov 2026. */
export function dayText(time: Date): string {
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()}`;
}

/** A moment, in UTC, to the minute; the element carries the exact one. */
export function momentHtml(time: Date): SafeHtml {
  const minutes = time.toISOString().slice(11, 16);
  return html`<time datetime="${time.toISOString()}">${dayText(time)}, ${minutes}&nbsp;UTC</time>`;
}

/** How far a moment is from now, in one unit: "3 hours ago", "in 12 days". */
export function distanceText(time: Date, now: Date): string {
  const seconds = Math.round((time.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  const [count, unit] =
    size < 60
      ? [size, 'second']
      : size < 3_600
        ? [Math.round(size / 60), 'minute']
        : size < 86_400
          ? [Math.round(size / 3_600), 'hour']
          : [Math.round(size / 86_400), 'day'];
  const amount = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return seconds < 0 ? `${amount} ago` : `in ${amount}`;
}
