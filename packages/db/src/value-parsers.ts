import pg from 'pg';

const { builtins } = pg.types;
const INT8_ARRAY = 1016;
const BYTEA_ARRAY = 1001;
const DATE_ARRAY = 1182;

/**
 * How values of the database become values of TypeScript; given to each connection, never set for the process:
 *
 * - int8 is a `number`. Ours count rows, sequence numbers and milliseconds; one beyond 2^53-1 throws RangeError instead of losing digits.
 * - bytea is a plain `Uint8Array` of its own memory (not a Buffer, whose `slice` shares).
 * - timestamptz is a `Date`, to the millisecond: declare columns that are compared with a value read earlier as `timestamptz(3)`.
 * - date, timestamp, numeric and interval stay text; jsonb is parsed and `unknown`.
 */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((value: string) => unknown) => {
    const parse = format === 'binary' ? undefined : own.get(oid);
    return parse ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown);
  },
};

const own = new Map<number, (text: string) => unknown>([
  [builtins.INT8, safeInteger],
  [builtins.BYTEA, bytes],
  [builtins.DATE, asText],
  [builtins.TIMESTAMP, asText],
  [builtins.INTERVAL, asText],
  [INT8_ARRAY, (text) => arrayOf(text, safeInteger)],
  [BYTEA_ARRAY, (text) => arrayOf(text, bytes)],
  [DATE_ARRAY, (text) => arrayOf(text, asText)],
]);

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a number exactly`);
  return value;
}

function bytes(text: string): Uint8Array {
  if (!text.startsWith('\\x')) throw new TypeError('bytea_output must be hex');
  return Uint8Array.fromHex(text.slice(2));
}

function asText(text: string): string {
  return text;
}

/** One-dimensional arrays whose elements need no quoting beyond bytea's backslash. */
function arrayOf<T>(text: string, parse: (element: string) => T): (T | null)[] {
  if (text === '{}') return [];
  if (!/^\{[^{}]*\}$/.test(text)) throw new TypeError('only one-dimensional arrays are read');
  return text
    .slice(1, -1)
    .split(',')
    .map((element) => (element === 'NULL' ? null : parse(element.replace(/^"\\(.*)"$/, '$1'))));
}
