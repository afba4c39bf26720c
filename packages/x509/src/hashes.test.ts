import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyHashOf, keyIdentifierOf, parseSpki, sha1, sha256 } from './index.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('hashes agree with node:crypto', () => {
  it('for any message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        expect(hex(sha1(message))).toBe(createHash('sha1').update(message).digest('hex'));
        expect(hex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
      }),
    );
  });

  it('for every length around the block', () => {
    for (let length = 0; length < 200; length++) {
      const message = new Uint8Array(length).fill(length);
      expect(hex(sha1(message))).toBe(createHash('sha1').update(message).digest('hex'));
      expect(hex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
    }
  });
});

describe('key hashes', () => {
  it('are over the key bits alone', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const key = parseSpki(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));
    const { x, y } = publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([
      Buffer.of(4),
      Buffer.from(x as string, 'base64url'),
      Buffer.from(y as string, 'base64url'),
    ]);
    expect(hex(keyHashOf(key))).toBe(createHash('sha1').update(point).digest('hex'));
    expect(hex(keyIdentifierOf(key))).toBe(createHash('sha256').update(point).digest('hex').slice(0, 40));
  });
});
