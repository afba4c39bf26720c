import { Refusal } from '@see/http';
import { HOME_ZONE } from '@see/language';

/**
 * The start of a day on the calendar of the site, as a form of a page gives it (`YYYY-MM-DD`); undefined for an empty
 * field. Throws Refusal `invalid-request` that names the field.
 */
export function dayOfForm(text: string | undefined, field: string): Date | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const utc = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(utc.getTime()) || !utc.toISOString().startsWith(text)) {
    const message = 'give a day like 2026-11-22';
    throw new Refusal('invalid-request', 'Give a day like 2026-11-22.', {
      violations: [{ code: 'wrong-form', path: `body/${field}`, message }],
    });
  }
  // Twice, since the offset of the guess may be that of another season.
  const guess = new Date(utc.getTime() - offsetAt(utc));
  return new Date(utc.getTime() - offsetAt(guess));
}

/** By how many milliseconds the clocks of the site are ahead of UTC at a moment. */
function offsetAt(time: Date): number {
  const parts = new Intl.DateTimeFormat('en-NZ', {
    timeZone: HOME_ZONE,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(time);
  const number = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(number('year'), number('month') - 1, number('day'), number('hour'), number('minute'));
  return wall - Math.floor(time.getTime() / 60_000) * 60_000;
}
