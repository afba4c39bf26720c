/** Where the people of the scheme work: days in calendars and working days are days there. */
export const SCHEME_TIME_ZONE = 'Pacific/Auckland';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: SCHEME_TIME_ZONE,
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23', weekday: 'short' },
});

/** A time as people of the scheme have it on the wall. */
export interface SchemeDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** 0 to 23. */
  readonly hour: number;
  /** Monday to Friday. Public holidays are not known here. */
  readonly isWeekday: boolean;
}

export function schemeDay(time: Date): SchemeDay {
  const found = Object.fromEntries(parts.formatToParts(time).map(({ type, value }) => [type, value]));
  return {
    day: `${found['year']}-${found['month']}-${found['day']}`,
    hour: Number(found['hour']),
    isWeekday: found['weekday'] !== 'Sat' && found['weekday'] !== 'Sun',
  };
}
