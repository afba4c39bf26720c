import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDer,
  compareBytes,
  DerError,
  DerReader,
  derBitString,
  derBmp,
  derBoolean,
  derEnumerated,
  derExplicit,
  derGeneralizedTime,
  derIa5,
  derImplicit,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
  tlv,
} from './index.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof DerError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('round trips', () => {
  it('integers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), (value) => {
        const der = derInteger(value);
        checkDer(der);
        expect(DerReader.of(der).integer()).toBe(value);
      }),
    );
  });

  it('unsigned octets as integers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (octets) => {
        const value = BigInt(`0x${toHex(octets)}`);
        expect(DerReader.of(derInteger(octets)).integer()).toBe(value);
      }),
    );
  });

  it('object identifiers, 128-bit arcs too', () => {
    const arc = fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 128n }));
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2), fc.nat({ max: 39 }), fc.array(arc, { maxLength: 5 }), (a, b, rest) => {
        const dotted = [a, b, ...rest].join('.');
        expect(DerReader.of(derOid(dotted)).oid()).toBe(dotted);
      }),
    );
    expect(toHex(derOid('2.999.3'))).toBe('0603883703');
    expect(DerReader.of(derOid('2.25.340282366920938463463374607431768211455')).oid()).toBe(
      '2.25.340282366920938463463374607431768211455',
    );
  });

  it('times', () => {
    const date = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (raw) => {
        const whole = new Date(Math.floor(raw.getTime() / 1000) * 1000);
        expect(DerReader.of(derTime(whole)).time().getTime()).toBe(whole.getTime());
        expect(DerReader.of(derGeneralizedTime(whole)).time().getTime()).toBe(whole.getTime());
      }),
    );
    expect(toHex(derTime(new Date('2049-12-31T23:59:59Z'))).slice(0, 2)).toBe('17');
    expect(toHex(derTime(new Date('2050-01-01T00:00:00Z'))).slice(0, 2)).toBe('18');
  });

  it('strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(DerReader.of(derUtf8(text)).utf8()).toBe(text);
        expect(DerReader.of(derUtf8(text)).anyString()).toBe(text);
      }),
    );
    expect(DerReader.of(derBmp('Kāpiti')).anyString()).toBe('Kāpiti');
    expect(DerReader.of(derIa5('a@b')).ia5()).toBe('a@b');
    expect(DerReader.of(derPrintable('NZ')).printable()).toBe('NZ');
    const long = 'x'.repeat(10_000);
    expect(DerReader.of(derIa5(long)).ia5()).toBe(long);
  });

  it('content of every length class', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000]) {
      const der = derOctetString(new Uint8Array(length));
      checkDer(der);
      expect(DerReader.of(der).octetString().length).toBe(length);
    }
  });

  it('bits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 15 }), { maxLength: 9 }), (bits) => {
        const expected = bits.reduce((sum, bit) => sum | (1 << bit), 0);
        expect(DerReader.of(derNamedBits(bits)).namedBits()).toBe(expected);
      }),
    );
    expect(toHex(derNamedBits([5, 6]))).toBe('03020106');
    expect(toHex(derNamedBits([7, 8]))).toBe('0303070180');
  });

  it('structures', () => {
    const der = derSequence(
      derBoolean(true),
      derNull(),
      derExplicit(3, derEnumerated(9)),
      derImplicit(1, derOctetString(hex('aa'))),
      derBitString(hex('f0'), 4),
    );
    checkDer(der);
    const outer = DerReader.of(der);
    const reader = outer.sequence();
    expect(reader.optionalBoolean(false)).toBe(true);
    reader.null();
    expect(reader.optionalExplicit(2)).toBeUndefined();
    expect(reader.explicit(3).enumerated()).toBe(9);
    expect(toHex(reader.octetString(0x81))).toBe('aa');
    expect(reader.bitString().unusedBits).toBe(4);
    reader.end();
    outer.end();
  });

  it('sorts SET OF', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 6 }), (values) => {
        const set = DerReader.of(derSetOf(values.map(derOctetString))).set();
        let previous: Uint8Array | undefined;
        while (!set.atEnd) {
          const next = set.any();
          if (previous) expect(compareBytes(previous, next)).toBeLessThanOrEqual(0);
          previous = next;
        }
      }),
    );
  });
});

describe('refusals', () => {
  const cases: readonly (readonly [name: string, der: string, code: string])[] = [
    ['nothing', '', 'truncated'],
    ['a tag alone', '30', 'truncated'],
    ['content cut short', '3003020101 00'.slice(0, 8), 'truncated'],
    ['trailing octets', '3000 00', 'trailing'],
    ['indefinite length', '3080 0000', 'indefinite-length'],
    ['a long form for a short length', '308105 0203010000', 'non-minimal-length'],
    ['a length with leading zeros', '30820005 0203010000', 'non-minimal-length'],
    ['a length of 127 octets', `30ff${'01'.repeat(130)}`, 'length-too-large'],
    ['a length of five octets', '308501000000000000', 'length-too-large'],
    ['a length of 4 GiB', '3084ffffffff00', 'truncated'],
    ['a high tag number', '3f1f00', 'high-tag'],
    ['end-of-contents', '30020000', 'unexpected-tag'],
    ['primitive SEQUENCE', '1000', 'unexpected-tag'],
    ['reserved universal type', '0f00', 'unexpected-tag'],
    ['REAL', '0900', 'unexpected-tag'],
    ['BOOLEAN of 01', '010101', 'bad-boolean'],
    ['BOOLEAN of two octets', '01020000', 'bad-boolean'],
    ['empty INTEGER', '0200', 'bad-integer'],
    ['padded INTEGER', '02020001', 'bad-integer'],
    ['padded negative INTEGER', '0202ff80', 'bad-integer'],
    ['NULL with content', '050100', 'bad-value'],
    ['empty OID', '0600', 'bad-oid'],
    ['padded OID arc', '0603558003', 'bad-oid'],
    ['unfinished OID', '06025584', 'bad-oid'],
    ['huge OID', `06820100${'01'.repeat(256)}`, 'too-large'],
    ['BIT STRING without octets', '0300', 'bad-bit-string'],
    ['BIT STRING with nine unused bits', '03020900', 'bad-bit-string'],
    ['BIT STRING with unused bits of nothing', '030101', 'bad-bit-string'],
    ['BIT STRING with unused bits set', '030201ff', 'bad-bit-string'],
    ['constructed OCTET STRING', '24030401aa', 'constructed-string'],
    ['constructed UTF8String', '2c030c0141', 'constructed-string'],
    ['bad UTF-8', '0c02c080', 'bad-string'],
    ['surrogate in UTF-8', '0c03eda080', 'bad-string'],
    ['PrintableString with @', '130140', 'bad-string'],
    ['IA5String above 7f', '1601c3', 'bad-string'],
    ['NumericString with a letter', '120141', 'bad-string'],
    ['odd BMPString', '1e03004100', 'bad-string'],
    ['surrogate in BMPString', '1e02d800', 'bad-string'],
    ['UTCTime without seconds', '170b323630313031303030305a', 'bad-time'],
    ['UTCTime with an offset', '17113236303130313030303030302b30303030', 'bad-time'],
    ['30 February', '170d3236303233303030303030305a', 'bad-time'],
    ['hour 24', '170d3236303230313234303030305a', 'bad-time'],
    ['a time of letters', '170d3236303230313234303030415a', 'bad-time'],
    ['GeneralizedTime with a fraction', '181132303236303130313030303030302e355a', 'bad-time'],
  ];

  it.each(cases)('%s', (_name, der, code) => {
    expect(codeOf(() => checkDer(hex(der)))).toBe(code);
  });

  it('bounds depth, elements and bytes without overflowing the stack', () => {
    let deep = new Uint8Array(0);
    for (let level = 0; level < 200; level++) deep = Uint8Array.from(tlv(0x30, deep));
    expect(codeOf(() => checkDer(deep))).toBe('too-deep');
    const nested = Buffer.alloc(40_000, 0x30);
    expect(codeOf(() => checkDer(nested))).not.toBe('accepted');
    let reader = DerReader.of(deep);
    expect(
      codeOf(() => {
        for (;;) reader = reader.sequence();
      }),
    ).toBe('too-deep');
    const wide = tlv(
      0x30,
      new Uint8Array(2000).map((_, index) => (index % 2 === 0 ? 5 : 0)),
    );
    expect(codeOf(() => checkDer(wide, { maxElements: 500 }))).toBe('too-many');
    expect(codeOf(() => checkDer(wide))).toBe('accepted');
    expect(codeOf(() => checkDer(wide, { maxBytes: 100 }))).toBe('too-large');
    expect(codeOf(() => DerReader.of(wide, { maxBytes: 100 }))).toBe('too-large');
  });

  it('by the reader itself', () => {
    expect(codeOf(() => DerReader.of(hex('020101')).sequence())).toBe('unexpected-tag');
    expect(codeOf(() => DerReader.of(hex('2c030c0141')).utf8())).toBe('constructed-string');
    expect(codeOf(() => DerReader.of(hex('010100')).optionalBoolean(false))).toBe('default-encoded');
    expect(codeOf(() => DerReader.of(hex('03020780')).namedBits())).toBe('accepted');
    expect(codeOf(() => DerReader.of(hex('03020700')).namedBits())).toBe('bad-bit-string');
    expect(codeOf(() => DerReader.of(hex('03020640')).namedBits())).toBe('accepted');
    expect(codeOf(() => DerReader.of(hex('03020600')).namedBits())).toBe('bad-bit-string');
    expect(codeOf(() => DerReader.of(hex('0201ff')).smallInteger())).toBe('bad-value');
    expect(codeOf(() => DerReader.of(hex('020107ff')).end())).toBe('trailing');
    expect(codeOf(() => DerReader.of(hex('')).any())).toBe('truncated');
    expect(codeOf(() => DerReader.of(hex('1f8100')).any())).toBe('high-tag');
    expect(codeOf(() => DerReader.of(hex('0400')).anyString())).toBe('unexpected-tag');
  });

  it('names the offset and the rule', () => {
    try {
      checkDer(hex('3006 0201 01 0201'));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DerError);
      expect((error as DerError).offset).toBe(1);
    }
    try {
      checkDer(hex('3006 020101 010101'));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad-boolean', offset: 7, rule: 'X.690 11.1' });
    }
  });

  it('of the writer', () => {
    expect(codeOf(() => derOid('3.1'))).toBe('bad-oid');
    expect(codeOf(() => derOid('1.40'))).toBe('bad-oid');
    expect(codeOf(() => derOid('1.2.03'))).toBe('bad-oid');
    expect(codeOf(() => derPrintable('a@b'))).toBe('bad-string');
    expect(codeOf(() => derIa5('ā'))).toBe('bad-string');
    expect(codeOf(() => derBmp('😀'))).toBe('bad-string');
    expect(codeOf(() => derUtf8('\ud800'))).toBe('bad-string');
    expect(codeOf(() => derTime(new Date(1500)))).toBe('bad-time');
    expect(codeOf(() => derTime(new Date(Number.NaN)))).toBe('bad-time');
    expect(codeOf(() => derBitString(hex('ff'), 1))).toBe('bad-bit-string');
    expect(codeOf(() => derInteger(new Uint8Array(0)))).toBe('bad-integer');
  });
});

describe('any bytes at all', () => {
  it('are accepted or refused with a DerError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        codeOf(() => checkDer(bytes));
        const reader = DerReader.of(bytes);
        codeOf(() => {
          while (!reader.atEnd) reader.rawElement();
        });
      }),
      { numRuns: 2000 },
    );
  });
});
