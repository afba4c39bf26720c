import { createHash, generateKeyPairSync } from 'node:crypto';
import { parseSpki } from '@see/x509';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyIdentifier, ocspKeyHash } from './key-identifier.ts';
import { caPointers } from './pointers.ts';
import { serialNumber } from './serial-number.ts';

describe('a serial number', () => {
  it.each([
    ['00', '40000000000000000000000000000000'],
    ['ff', '7fffffffffffffffffffffffffffffff'],
    ['80', '40808080808080808080808080808080'],
  ])('of octets %s', (octet, want) => {
    expect(serialNumber(Uint8Array.fromHex(octet.repeat(16))).toHex()).toBe(want);
  });

  it('is positive, sixteen octets long in its shortest form, and keeps 126 bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (random) => {
        const serial = serialNumber(random);
        const first = serial[0] ?? 0;
        expect(serial.length).toBe(16);
        expect(first).toBeGreaterThanOrEqual(0x40);
        expect(first).toBeLessThan(0x80);
        expect(first & 0x3f).toBe((random[0] ?? 0) & 0x3f);
        expect(serial.subarray(1).toHex()).toBe(random.subarray(1).toHex());
      }),
    );
  });

  it('leaves what it was made of alone, and needs all of it', () => {
    const random = new Uint8Array(16);
    serialNumber(random);
    expect(random).toEqual(new Uint8Array(16));
    for (const length of [0, 15, 17, 20]) expect(() => serialNumber(new Uint8Array(length))).toThrow(RangeError);
  });
});

describe('the names of a key', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  const point = spki.subarray(-97);

  it('are hashes of its bits alone (PRF-0.12, REV-22)', () => {
    expect(parseSpki(spki).publicKeyBits.toHex()).toBe(point.toHex());
    expect(keyIdentifier(spki).toHex()).toBe(createHash('sha256').update(point).digest('hex').slice(0, 40));
    expect(ocspKeyHash(spki).toHex()).toBe(createHash('sha1').update(point).digest('hex'));
  });
});

describe('the pointers of a CA', () => {
  it('lie below the URL of va', () => {
    expect(caPointers('http://va.govt.nz', 'tls')).toEqual({
      crl: 'http://va.govt.nz/crl/tls.crl',
      ocsp: 'http://va.govt.nz/ocsp',
      caIssuers: 'http://va.govt.nz/ca/tls.cer',
    });
  });
});
