import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CanonicalError,
  type CanonicalValue,
  canonicalBytes,
  canonicalJson,
  parseCanonical,
} from './canonical-json.ts';

const utf8 = new TextEncoder();

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CanonicalError) return `${error.code} ${error.path}`;
    throw error;
  }
  return 'accepted';
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe('canonicalJson', () => {
  // RFC 8785 3.2.2 and 3.2.3, as far as the samples hold no fractions.
  it.each([
    ['literals (3.2.2)', { literals: [null, true, false] }, '{"literals":[null,true,false]}'],
    ['strings (3.2.2.2)', { string: '€$\u000f\nA\'B"\\\\"/' }, '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'],
    [
      'sorting by UTF-16 code units (3.2.3)',
      {
        '€': 'Euro Sign',
        '\r': 'Carriage Return',
        '\ufb33': 'Hebrew Letter Dalet With Dagesh',
        1: 'One',
        '😀': 'Emoji: Grinning Face',
        '\u0080': 'Control',
        ö: 'Latin Small Letter O With Diaeresis',
      },
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ],
    ['short escapes and no others', '\b\t\n\f\r\u001f\u007f\u2028/', '"\\b\\t\\n\\f\\r\\u001f\u007f\u2028/"'],
    [
      'the greatest and least numbers',
      [9007199254740991, -9007199254740991, 0],
      '[9007199254740991,-9007199254740991,0]',
    ],
    ['nothing inside', [{}, [], ''], '[{},[],""]'],
    ['an own member called __proto__', JSON.parse('{"b":1,"__proto__":{"a":2}}'), '{"__proto__":{"a":2},"b":1}'],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])('writes %s', (_name, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    ['undefined', undefined, 'bad-value $'],
    ['an undefined member', { a: [{ b: undefined }] }, 'bad-value $.a[0].b'],
    ['a hole in a list', new Array(2), 'bad-value $[0]'],
    ['a fraction', { a: 1.5 }, 'bad-number $.a'],
    ['minus zero', [-0], 'bad-number $[0]'],
    ['NaN', NaN, 'bad-number $'],
    ['infinity', -Infinity, 'bad-number $'],
    ['a number that is not exact', 2 ** 53, 'bad-number $'],
    ['a bigint', 1n, 'bad-value $'],
    ['a function', () => 1, 'bad-value $'],
    ['a date', new Date(0), 'bad-value $'],
    ['octets', new Uint8Array(1), 'bad-value $'],
    ['a map', new Map(), 'bad-value $'],
    ['half a character', { a: '\ud83d' }, 'bad-string $.a'],
    ['half a character in a name', { '\ude00': 1 }, 'bad-string $'],
    ['halves the wrong way round', '\ude00\ud83d', 'bad-string $'],
    ['depth over twelve', nested(13), 'too-deep $[0].a[0].a[0].a[0].a[0].a[0].a[0]'],
    ['an object that holds itself', selfish(), 'too-deep $.a.a.a.a.a.a.a.a.a.a.a.a.a'],
  ])('refuses %s', (_name, value, want) => {
    expect(codeOf(() => canonicalJson(value))).toBe(want);
  });

  it('takes depth twelve', () => {
    expect(canonicalJson(nested(12))).toBe('{"a":[{"a":[{"a":[{"a":[{"a":[{"a":[1]}]}]}]}]}]}');
  });
});

function selfish(): unknown {
  const value: Record<string, unknown> = {};
  value['a'] = value;
  return value;
}

describe('parseCanonical', () => {
  it.each([
    ['the same name twice', '{"a":1,"a":1}', 'not-canonical $'],
    ['the same name, once escaped', '{"a":1,"\\u0061":2}', 'not-canonical $'],
    ['names out of order', '{"b":1,"a":2}', 'not-canonical $'],
    ['white space', '{"a": 1}', 'not-canonical $'],
    ['a line end', '{"a":1}\n', 'not-canonical $'],
    ['an escape that is not needed', '"\\u0041"', 'not-canonical $'],
    ['an escaped slash', '"\\/"', 'not-canonical $'],
    ['capitals in an escape', '"\\u000F"', 'not-canonical $'],
    ['a number in another spelling', '[1.0]', 'not-canonical $'],
    ['a number with an exponent', '[1e2]', 'not-canonical $'],
    ['a fraction', '[0.5]', 'bad-number $[0]'],
    ['minus zero', '[-0]', 'bad-number $[0]'],
    ['a number beyond all numbers', '[1e999]', 'bad-number $[0]'],
    ['a number that is read as its neighbour', '[9007199254740993]', 'bad-number $[0]'],
    ['an escaped lone surrogate', '"\\ud83d"', 'bad-string $'],
    ['a byte order mark', '\ufeff{}', 'not-json $'],
    ['nothing', '', 'not-json $'],
    ['text after the end', '{}{}', 'not-json $'],
    ['a comment', '{}//', 'not-json $'],
    [
      'two million brackets',
      '['.repeat(1_000_000) + ']'.repeat(1_000_000),
      'too-deep $[0][0][0][0][0][0][0][0][0][0][0][0][0]',
    ],
  ])('refuses %s', (_name, text, want) => {
    expect(codeOf(() => parseCanonical(utf8.encode(text)))).toBe(want);
  });

  it.each([
    ['a lone surrogate as CESU-8', '22eda0bd22'],
    ['an overlong encoding', '22c0af22'],
    ['a character cut short', '22e282'],
    ['UTF-16', 'fffe7b007d00'],
  ])('refuses %s', (_name, hex) => {
    expect(codeOf(() => parseCanonical(Uint8Array.fromHex(hex)))).toBe('not-json $');
  });

  it('does not let a member reach the prototype', () => {
    const value = parseCanonical(utf8.encode('{"__proto__":{"polluted":1}}')) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(value['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

const text = fc.string({ unit: 'binary' });
const { value: anyValue } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().filter((number) => !Object.is(number, -0)),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));

describe('together', () => {
  it('give back what went in, and one text for one value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = canonicalBytes(value);
        const read = parseCanonical(bytes);
        expect(canonicalJson(read)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 200 },
    );
  });

  it('take any octets without another error than their own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const outcome = codeOf(() => parseCanonical(bytes));
        if (outcome === 'accepted') expect(canonicalBytes(parseCanonical(bytes)).toHex()).toBe(bytes.toHex());
      }),
      { numRuns: 300 },
    );
  });
});
