import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bmpPassword } from './password.ts';
import { PfxError } from './pfx-error.ts';
import { kdfPurpose, pkcs12Kdf } from './pkcs12-kdf.ts';
import { tripleDesDecrypt, tripleDesEncrypt } from './triple-des.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const { subtle } = globalThis.crypto;

describe('3DES', () => {
  it('agrees with node:crypto', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 24, maxLength: 24 }),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.uint8Array({ maxLength: 40 }),
        (key, iv, plaintext) => {
          const cipher = createCipheriv('des-ede3-cbc', key, iv);
          const expected = Buffer.concat([cipher.update(plaintext), cipher.final()]);
          const actual = tripleDesEncrypt(key, iv, plaintext);
          expect(hex(actual)).toBe(hex(expected));
          expect(hex(tripleDesDecrypt(key, iv, actual))).toBe(hex(plaintext));
        },
      ),
    );
  });

  it('gives the published DES result', () => {
    const key = Buffer.from('133457799bbcdff1'.repeat(3), 'hex');
    const block = Buffer.from('0123456789abcdef', 'hex');
    expect(hex(tripleDesEncrypt(key, new Uint8Array(8), block).subarray(0, 8))).toBe('85e813540f0ab405');
  });

  it('refuses half blocks, wrong keys and bad padding', () => {
    const key = randomBytes(24);
    const iv = new Uint8Array(8);
    expect(() => tripleDesDecrypt(key, iv, new Uint8Array(9))).toThrow(PfxError);
    expect(() => tripleDesDecrypt(key, iv, new Uint8Array(0))).toThrow(PfxError);
    expect(() => tripleDesEncrypt(key.subarray(1), iv, new Uint8Array(9))).toThrow(PfxError);
    const cipher = createCipheriv('des-ede3-cbc', key, iv).setAutoPadding(false);
    const badly = Buffer.concat([cipher.update(new Uint8Array(8).fill(9)), cipher.final()]);
    expect(() => createDecipheriv('des-ede3-cbc', key, iv).update(badly)).not.toThrow();
    expect(() => tripleDesDecrypt(key, iv, badly)).toThrow(expect.objectContaining({ code: 'wrong-password' }));
  });
});

describe('the PKCS#12 key derivation', () => {
  // Values that circulate with all implementations (first published by RSA's PKCS #12 test suite): password "smeg".
  it.each([
    ['key', kdfPurpose.key, '0a58cf64530d823f', 1, 24, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
    ['iv', kdfPurpose.iv, '0a58cf64530d823f', 1, 8, '79993dfe048d3b76'],
    ['mac', kdfPurpose.mac, '3d83c0e4546ac140', 1, 20, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
  ] as const)('%s', async (_name, purpose, salt, iterations, length, expected) => {
    const parameters = { hash: 'SHA-1', salt: Buffer.from(salt, 'hex'), iterations } as const;
    expect(hex(await pkcs12Kdf(subtle, bmpPassword('smeg'), parameters, purpose, length))).toBe(expected);
  });

  it('refuses passwords it cannot write', () => {
    expect(() => bmpPassword('')).toThrow(expect.objectContaining({ code: 'bad-password' }));
    expect(() => bmpPassword('\ud800')).toThrow(expect.objectContaining({ code: 'bad-password' }));
    expect(() => bmpPassword('x'.repeat(1025))).toThrow(expect.objectContaining({ code: 'bad-password' }));
    expect(hex(bmpPassword('aā'))).toBe('006101010000');
  });

  it('does a hundred thousand rounds in well under two seconds', async () => {
    const before = performance.now();
    await pkcs12Kdf(
      subtle,
      bmpPassword('x'),
      { hash: 'SHA-256', salt: new Uint8Array(16), iterations: 100_000 },
      3,
      32,
    );
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
