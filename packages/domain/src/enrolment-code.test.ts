import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crockford } from './crockford.ts';
import { codeProofMessage, enrolmentCode, keyTagMessage, normaliseCode } from './enrolment-code.ts';
import { isPersonId, personId } from './person-id.ts';

const ten = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('crockford', () => {
  it.each([
    ['', ''],
    ['0000000000', '00000000'],
    ['ffffffffff', 'ZZZZZZZZ'],
    ['00443214c7', '01234567'],
    ['4254b635cf', '89ABCDEF'],
    ['84652d839ee30000000f', 'GHJJV0WYWC00000F'],
  ])('of %s', (hex, want) => {
    expect(crockford(Uint8Array.fromHex(hex))).toBe(want);
  });

  it('is the number in base 32, whatever the octets', () => {
    fc.assert(
      fc.property(ten, (bytes) => {
        let number = 0n;
        for (const character of crockford(bytes)) {
          number = number * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character));
        }
        expect(number).toBe(BigInt(`0x${bytes.toHex()}`));
      }),
    );
  });

  it('takes groups of five octets only', () => {
    expect(() => crockford(new Uint8Array(4))).toThrow(RangeError);
  });
});

describe('an enrolment code', () => {
  it('is sixteen characters in groups of four, and survives how people type it', () => {
    fc.assert(
      fc.property(ten, (bytes) => {
        const code = enrolmentCode(bytes);
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        const plain = code.replaceAll('-', '');
        expect(normaliseCode(code)).toBe(plain);
        expect(normaliseCode(code.toLowerCase())).toBe(plain);
        expect(normaliseCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(plain);
        expect(normaliseCode(code.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(plain);
        expect(normaliseCode(` ${plain.split('').join(' ')}\n`)).toBe(plain);
      }),
    );
  });

  it.each([
    ['dashes of word processors', '7K3M–9QF2—XT0A‐BC4D', '7K3M9QF2XT0ABC4D'],
    ['dots and no-break spaces', '7K3M.9QF2\u00a0XT0A\u2007BC4D', '7K3M9QF2XT0ABC4D'],
    ['one character less', '7K3M-9QF2-XT0A-BC4', undefined],
    ['one character more', '7K3M-9QF2-XT0A-BC4DD', undefined],
    ['a U', '7K3M-9QF2-XT0A-BC4U', undefined],
    ['another sign', '7K3M-9QF2-XT0A-BC4!', undefined],
    ['a letter of another script', '7К3M-9QF2-XT0A-BC4D', undefined],
    ['full-width figures', '７K3M-9QF2-XT0A-BC4D', undefined],
    ['nothing', '', undefined],
    ['a long text', 'A'.repeat(100_000), undefined],
  ])('with %s', (_name, text, want) => {
    expect(normaliseCode(text)).toBe(want);
  });

  it('needs ten octets', () => {
    expect(() => enrolmentCode(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('what a code is shown by', () => {
  const order = '0b3f4f7e-0000-4000-8000-000000000000';
  it('names the order, and is another for a check than for a key', () => {
    expect(Buffer.from(codeProofMessage(order)).toString()).toBe(`see-pki/code-check/v1\0${order}`);
    const spki = new Uint8Array(createHash('sha256').update('x').digest());
    const tag = keyTagMessage(order, spki);
    expect(Buffer.from(tag.subarray(0, 36)).toString()).toBe(order);
    expect(tag.subarray(36).toHex()).toBe(spki.toHex());
  });
});

describe('a person id', () => {
  it('is made of ten octets', () => {
    fc.assert(fc.property(ten, (bytes) => isPersonId(personId(bytes))));
    expect(() => personId(new Uint8Array(5))).toThrow(RangeError);
  });

  it.each(['', '0'.repeat(15), '0'.repeat(17), 'O'.repeat(16), 'a'.repeat(16), `${'0'.repeat(16)}\n`, 7, null])(
    'is not %j',
    (text) => {
      expect(isPersonId(text)).toBe(false);
    },
  );
});
