import { describe, expect, it } from 'vitest';
import { type CalendarEvent, dayAfter, writeCalendar } from './icalendar.ts';
import { renewalCalendar } from './renewal-calendar.ts';
import { schemeDay } from './scheme-day.ts';

const event: CalendarEvent = {
  uid: 'renewal-00@see-pki',
  stamp: new Date('2026-11-22T09:08:07.654Z'),
  day: '2027-12-31',
  summary: 'Renew',
  description: 'How',
  remindDaysBefore: [0, 1, 7],
};

/** Lines as a reader has them after unfolding (RFC 5545 3.1). */
const unfolded = (calendar: string): string[] => calendar.replaceAll('\r\n ', '').split('\r\n');

describe('a calendar (RFC 5545)', () => {
  it('is an object with its events, each a whole day', () => {
    expect(unfolded(writeCalendar('SEE', [event]))).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Secure Electronic Environment//SEE PKI//EN'],
      ...['CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'X-WR-CALNAME:SEE', 'BEGIN:VEVENT', 'UID:renewal-00@see-pki'],
      ...['DTSTAMP:20261122T090807Z', 'DTSTART;VALUE=DATE:20271231', 'DTEND;VALUE=DATE:20280101'],
      ...['SUMMARY:Renew', 'DESCRIPTION:How', 'TRANSP:TRANSPARENT'],
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:PT9H', 'DESCRIPTION:Renew', 'END:VALARM'],
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-P0DT15H', 'DESCRIPTION:Renew', 'END:VALARM'],
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-P6DT15H', 'DESCRIPTION:Renew', 'END:VALARM'],
      ...['END:VEVENT', 'END:VCALENDAR', ''],
    ]);
  });

  it.each([
    ['the separators', 'a,b;c\\d', 'a\\,b\\;c\\\\d'],
    ['line ends of every kind', 'a\r\nb\rc\nd\u2028e', 'a\\nb\\nc\\nd\\ne'],
    ['a property that was smuggled in', 'x\r\nATTACH:http://evil.example/', 'x\\nATTACH:http://evil.example/'],
    ['control characters', 'a\u0000b\u0007c', 'abc'],
    ['macrons and other letters', 'Te Tari Taiwhenua – Ōtautahi 漢字', 'Te Tari Taiwhenua – Ōtautahi 漢字'],
  ])('escapes %s', (_name, given, written) => {
    expect(unfolded(writeCalendar('SEE', [{ ...event, summary: given }]))).toContain(`SUMMARY:${written}`);
  });

  it('has no line of more than 75 octets, and no character is cut', () => {
    for (const letter of ['a', 'ā', '漢', '😀', '\\', ',']) {
      for (let count = 55; count < 90; count += 1) {
        const calendar = writeCalendar('SEE', [{ ...event, summary: letter.repeat(count) }]);
        const lines = calendar.split('\r\n');
        expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
        expect(Buffer.from(calendar).toString()).toBe(calendar);
        expect(calendar).not.toMatch(/[^\r]\n|\r[^\n]/);
        const escaped = letter === '\\' || letter === ',' ? `\\${letter}` : letter;
        expect(unfolded(calendar)).toContain(`SUMMARY:${escaped.repeat(count)}`);
      }
    }
  });

  it('knows the next day', () => {
    expect(['2026-12-31', '2028-02-28', '2027-02-28'].map(dayAfter)).toEqual([
      '2027-01-01',
      '2028-02-29',
      '2027-03-01',
    ]);
  });
});

describe('the calendar of a renewal', () => {
  const certificate = {
    sha256: 'ab'.repeat(32),
    serial: Uint8Array.fromHex('5a6b7c8d9e0f1011'),
    profileId: 'gateway-encrypt',
    issuedAt: new Date('2026-11-22T00:00:00Z'),
    opensAt: new Date('2027-11-24T10:59:59Z'),
    notAfter: new Date('2027-12-24T10:59:59Z'),
  };

  it('starts on the first whole day on which it will be taken, and ends on the last, in New Zealand', () => {
    const lines = unfolded(renewalCalendar('Treasury', [certificate]));
    // 23:59:59 on the 24th there: renewable all through the 25th.
    expect(lines.filter((line) => line.startsWith('DTSTART'))).toEqual([
      'DTSTART;VALUE=DATE:20271125',
      'DTSTART;VALUE=DATE:20271224',
    ]);
    expect(lines).toContain('X-WR-CALNAME:SEE certificates\\, Treasury | Ngā tiwhikete SEE\\, Treasury');
    expect(lines.filter((line) => line.startsWith('UID'))).toEqual([
      `UID:renewal-${'ab'.repeat(32)}@see-pki`,
      `UID:end-${'ab'.repeat(32)}@see-pki`,
    ]);
    expect(lines).toContain(
      'SUMMARY:Renew the certificate for the mail gateway\\, encryption | Whakahoutia te tiwhikete mō te kūaha mēra\\, whakamuna',
    );
  });

  it('has the end alone for what is not renewed, and is the same octets each time', () => {
    const [one, other] = [certificate, certificate].map((each) => renewalCalendar('T', [{ ...each, opensAt: null }]));
    expect(one).toBe(other);
    expect(one?.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });
});

describe('days of the scheme', () => {
  it.each([
    ['2026-11-22T10:59:59Z', { day: '2026-11-22', hour: 23, isWeekday: false }],
    ['2026-11-22T11:00:00Z', { day: '2026-11-23', hour: 0, isWeekday: true }],
    ['2026-07-03T12:00:00Z', { day: '2026-07-04', hour: 0, isWeekday: false }],
    ['2026-07-03T11:59:59Z', { day: '2026-07-03', hour: 23, isWeekday: true }],
  ])('%s', (time, expected) => {
    expect(schemeDay(new Date(time))).toEqual(expected);
  });
});
