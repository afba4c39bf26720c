import { DerError } from './der-error.ts';

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads UTCTime content octets, only in the form YYMMDDHHMMSSZ (RFC 5280 4.1.2.5.1: 50..99 are 1950..1999).
 * Throws `bad-time` for offsets, missing seconds and dates that do not exist.
 */
export function decodeUtcTime(bytes: Uint8Array, start: number, end: number): Date {
  if (end - start !== 13) throw badTime(start, 'RFC 5280 4.1.2.5.1', 'UTCTime is not YYMMDDHHMMSSZ');
  const year = twoDigits(bytes, start);
  return decodeRest(bytes, start + 2, year < 50 ? 2000 + year : 1900 + year, 'RFC 5280 4.1.2.5.1');
}

/**
 * Reads GeneralizedTime content octets, only in the form YYYYMMDDHHMMSSZ (RFC 5280 4.1.2.5.2: no fractions, no offsets).
 * Throws `bad-time` otherwise and for dates that do not exist.
 */
export function decodeGeneralizedTime(bytes: Uint8Array, start: number, end: number): Date {
  if (end - start !== 15) throw badTime(start, 'RFC 5280 4.1.2.5.2', 'GeneralizedTime is not YYYYMMDDHHMMSSZ');
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  return decodeRest(bytes, start + 4, year, 'RFC 5280 4.1.2.5.2');
}

function decodeRest(bytes: Uint8Array, at: number, year: number, rule: string): Date {
  const month = twoDigits(bytes, at);
  const day = twoDigits(bytes, at + 2);
  const hour = twoDigits(bytes, at + 4);
  const minute = twoDigits(bytes, at + 6);
  const second = twoDigits(bytes, at + 8);
  if (bytes[at + 10] !== 0x5a) throw badTime(at + 10, rule, 'time does not end in Z');
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) {
    throw badTime(at, rule, 'no such date or time');
  }
  if (year >= 100) return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const early = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  early.setUTCFullYear(year, month - 1, day);
  return early;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return DAYS_IN_MONTH[month - 1] as number;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw badTime(at, 'X.690 11.7', 'time holds something not a digit');
  return tens * 10 + ones;
}

/** Content octets YYYYMMDDHHMMSSZ. Whole seconds only: milliseconds ≠ 0 and years outside 0..9999 throw `bad-time`. */
export function encodeGeneralizedTime(date: Date): Uint8Array {
  const octets = new Uint8Array(15);
  const year = encodableYear(date);
  writeTwo(octets, 0, Math.floor(year / 100));
  writeRest(octets, 2, date, year);
  return octets;
}

/** Content octets YYMMDDHHMMSSZ. Throws `bad-time` outside 1950..2049 and for milliseconds ≠ 0. */
export function encodeUtcTime(date: Date): Uint8Array {
  const octets = new Uint8Array(13);
  const year = encodableYear(date);
  if (year < 1950 || year > 2049) throw badTime(0, 'RFC 5280 4.1.2.5.1', `UTCTime cannot express the year ${year}`);
  writeRest(octets, 0, date, year);
  return octets;
}

function encodableYear(date: Date): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw badTime(0, 'X.690 11.7', 'not a date');
  if (time % 1000 !== 0) throw badTime(0, 'RFC 5280 4.1.2.5', 'time has a fraction of a second');
  const year = date.getUTCFullYear();
  if (year < 0 || year > 9999) throw badTime(0, 'X.690 11.7', `time cannot express the year ${year}`);
  return year;
}

function writeRest(octets: Uint8Array, at: number, date: Date, year: number): void {
  writeTwo(octets, at, year % 100);
  writeTwo(octets, at + 2, date.getUTCMonth() + 1);
  writeTwo(octets, at + 4, date.getUTCDate());
  writeTwo(octets, at + 6, date.getUTCHours());
  writeTwo(octets, at + 8, date.getUTCMinutes());
  writeTwo(octets, at + 10, date.getUTCSeconds());
  octets[at + 12] = 0x5a;
}

function writeTwo(octets: Uint8Array, at: number, value: number): void {
  octets[at] = 0x30 + Math.floor(value / 10);
  octets[at + 1] = 0x30 + (value % 10);
}

function badTime(offset: number, rule: string, message: string): DerError {
  return new DerError('bad-time', offset, rule, message);
}
