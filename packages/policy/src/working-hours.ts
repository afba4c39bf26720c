import type { WorkingHours } from '@see/domain';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Why a moment (seconds) lies outside of working hours, in words; undefined when it lies within. By the local clock, so a
 * change to summer time moves nothing. Public holidays are not known. A time zone that this machine does not know counts as
 * outside.
 */
export function outsideHours(at: number, hours: WorkingHours): string | undefined {
  const local = localTime(at, hours.zone);
  if (!local) return `ordered at an unknown local time: this machine does not know the time zone ${hours.zone}`;
  const { day, time } = local;
  if (hours.days.includes(day) && hours.from <= time && time < hours.until) return undefined;
  const days = hours.days.map((one) => DAYS[one % 7]).join(', ');
  return `ordered on ${DAYS[day % 7]} at ${time} (${hours.zone}), outside ${days} from ${hours.from} to ${hours.until}`;
}

/** Day of the week (1 is Monday) and `hh:mm` on the clocks of a zone. */
function localTime(at: number, zone: string): { readonly day: number; readonly time: string } | undefined {
  const clock = clockOf(zone);
  if (!clock) return undefined;
  const parts = new Map(clock.formatToParts(at * 1000).map(({ type, value }) => [type, value]));
  const day = DAYS.indexOf(parts.get('weekday') ?? '');
  return { day: day === 0 ? 7 : day, time: `${parts.get('hour')}:${parts.get('minute')}` };
}

function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = clocks.get(timeZone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(timeZone, made);
    return made;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
