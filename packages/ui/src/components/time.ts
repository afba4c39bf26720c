import { type HtmlValue, html, type Language, type SafeHtml, type Speech, t } from '@see/language';

/** Names of months as Te Taura Whiri i te Reo Māori has them, short; `Intl` has the borrowed ones. */
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  mi: ['Kohi', 'Hui', 'Pou', 'Pae', 'Hara', 'Pipi', 'Hōngo', 'Here', 'Mahu', 'Nuku', 'Rangi', 'Haki'],
};

/** The name of a month of the calendar, short: `2026-11` is Nov 2026. Not a moment, so no zone changes it. */
export function monthText(month: string): HtmlValue {
  return ({ language }: Speech) => `${MONTHS[language][Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** A day of the calendar, short: `2026-11-22` is 22 Nov. */
export function shortDay(day: string): HtmlValue {
  return ({ language }: Speech) => `${Number(day.slice(8, 10))} ${MONTHS[language][Number(day.slice(5, 7)) - 1]}`;
}

/** A moment on the calendar and clock of a zone. */
interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Hours and minutes: 15:04. */
  readonly clock: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallOf(time: Date, zone: string): Wall {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-NZ', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    clock: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

/** A day as people write it: 22 Nov 2026. */
export function dayIn(time: Date, { zone, language }: Speech): string {
  return dayOf(wallOf(time, zone), language);
}

function dayOf(wall: Wall, language: Language): string {
  return `${wall.day} ${MONTHS[language][wall.month - 1]} ${wall.year}`;
}

/** A day in the reader's zone and words: 22 Nov 2026. The element carries the exact moment. */
export function dayText(time: Date): SafeHtml {
  return html`<time datetime="${time.toISOString()}" data-moment="day">${plainDay(time)}</time>`;
}

/** The same without markup, for places that take none: titles and attributes. */
export function plainDay(time: Date): HtmlValue {
  return (speech: Speech) => dayIn(time, speech);
}

/**
 * A moment to the minute, in the reader's zone with UTC beside; the element carries the exact one. The server writes the
 * zone of the site; the script of every page writes that of the browser where it is another.
 */
export function momentHtml(time: Date): SafeHtml {
  return html`<time datetime="${time.toISOString()}" data-moment="minute">${(speech: Speech) => momentIn(time, speech)}</time>`;
}

/** "22 Nov 2026, 15:04 (02:04 UTC)", and the day of UTC where it is another. */
export function momentIn(time: Date, { zone, language }: Speech): string {
  const [here, utc] = [wallOf(time, zone), wallOf(time, 'UTC')];
  const otherDay = here.day === utc.day ? '' : `${utc.day} ${MONTHS[language][utc.month - 1]} `;
  return `${dayOf(here, language)}, ${here.clock} (${otherDay}${utc.clock}\u00a0UTC)`;
}

/** The hour and minute of a moment in the reader's zone: 15:04. */
export function clockIn(time: Date): HtmlValue {
  return ({ zone }: Speech) => wallOf(time, zone).clock;
}

/** How far a moment is from now, in one unit: "3 hours ago", "in 12 days". */
export function distanceText(time: Date, now: Date): SafeHtml {
  const seconds = Math.round((time.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  const amount =
    size < 60
      ? counted(size, t`1 second`, t`${size} seconds`)
      : size < 3_600
        ? counted(Math.round(size / 60), t`1 minute`, t`${Math.round(size / 60)} minutes`)
        : size < 86_400
          ? counted(Math.round(size / 3_600), t`1 hour`, t`${Math.round(size / 3_600)} hours`)
          : counted(Math.round(size / 86_400), t`1 day`, t`${Math.round(size / 86_400)} days`);
  return seconds < 0 ? t`${amount} ago` : t`in ${amount}`;
}

/** The words for one of a thing, or for another number of it. */
export function counted(count: number, one: SafeHtml, many: SafeHtml): SafeHtml {
  return count === 1 ? one : many;
}
