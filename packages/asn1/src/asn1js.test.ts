import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as der from './index.ts';

const hex = (bytes: Uint8Array | ArrayBuffer) => Buffer.from(bytes as ArrayBuffer).toString('hex');

// asn1js as a second opinion on every value that both can write.
describe('asn1js writes the same octets', () => {
  it('for numbers, strings and times', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.uint8Array({ maxLength: 300 }),
        (number, text, bytes) => {
          expect(hex(asn1js.Integer.fromBigInt(number).toBER())).toBe(hex(der.derInteger(number)));
          expect(hex(new asn1js.Utf8String({ value: text }).toBER())).toBe(hex(der.derUtf8(text)));
          expect(hex(new asn1js.OctetString({ valueHex: bytes }).toBER())).toBe(hex(der.derOctetString(bytes)));
          expect(hex(new asn1js.BitString({ valueHex: bytes }).toBER())).toBe(hex(der.derBitString(bytes)));
        },
      ),
    );
    const date = new Date('2026-11-22T01:02:03Z');
    expect(hex(new asn1js.UTCTime({ valueDate: date }).toBER())).toBe(hex(der.derUtcTime(date)));
    expect(hex(new asn1js.GeneralizedTime({ valueDate: date }).toBER())).toBe(hex(der.derGeneralizedTime(date)));
  });

  it('for structures', () => {
    const sequence = new asn1js.Sequence({
      value: [
        new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.1.11' }),
        new asn1js.Null(),
        new asn1js.Boolean({ value: true }),
        new asn1js.Enumerated({ value: 6 }),
        new asn1js.Constructed({
          idBlock: { tagClass: 3, tagNumber: 3 },
          value: [new asn1js.PrintableString({ value: 'NZ' })],
        }),
      ],
    });
    const ours = der.derSequence(
      der.derOid('1.2.840.113549.1.1.11'),
      der.derNull(),
      der.derBoolean(true),
      der.derEnumerated(6),
      der.derExplicit(3, der.derPrintable('NZ')),
    );
    expect(hex(sequence.toBER())).toBe(hex(ours));
  });

  it('and reads what it is sent', () => {
    // Any octets at all, and short elements of every type with a true length, which chance alone seldom makes.
    const element = fc
      .tuple(fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 12 }))
      .map(([identifier, content]) => Uint8Array.of(identifier, content.length, ...content));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), element), (bytes) => {
        const ours = (() => {
          try {
            der.checkDer(bytes);
            return true;
          } catch {
            return false;
          }
        })();
        // Whatever is DER for us is at least BER for them.
        if (ours) expect(asn1js.fromBER(Uint8Array.from(bytes)).offset).toBe(bytes.length);
      }),
      { numRuns: 20_000 },
    );
  });
});
