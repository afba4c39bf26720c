/** A whole day on which something is to be done. */
export interface CalendarEvent {
  /** Globally unique, and the same whenever the event is written again: calendars then change it instead of adding one. */
  readonly uid: string;
  /** When what the event says was last decided. */
  readonly stamp: Date;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly summary: string;
  readonly description: string;
  /** Days before, at nine in the morning, on which the calendar reminds. */
  readonly remindDaysBefore: readonly number[];
}

const encoder = new TextEncoder();
const MAX_OCTETS = 75;

/**
 * A calendar (RFC 5545) of events without a time of day: UTF-8, lines ending in CR LF and of at most 75 octets. Whatever text it is
 * given can not end a line or a property. The same events always give the same octets.
 */
export function writeCalendar(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Secure Electronic Environment//SEE PKI//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${text(name)}`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent): string[] {
  const { uid, stamp, day, summary, description, remindDaysBefore } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${text(uid)}`,
    `DTSTAMP:${dateTime(stamp)}`,
    `DTSTART;VALUE=DATE:${date(day)}`,
    `DTEND;VALUE=DATE:${date(dayAfter(day))}`,
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(description)}`,
    'TRANSP:TRANSPARENT',
    ...remindDaysBefore.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      // An event without a time starts at midnight: nine hours later on that day, or so many days before.
      `TRIGGER:${days === 0 ? 'PT9H' : `-P${days - 1}DT15H`}`,
      `DESCRIPTION:${text(summary)}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ];
}

/** TEXT of RFC 5545 3.3.11. Line ends become `\n`; other control characters are left out. */
function text(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/\\|;|,/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n|\u2028|\u2029/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');
}

/** Breaks a line after at most 75 octets (RFC 5545 3.1), never inside a character. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

function date(day: string): string {
  return day.replaceAll('-', '');
}

function dateTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** The next day of a day `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
