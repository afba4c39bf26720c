import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DIGEST_OCTETS, statementDigest } from './digest.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('statementDigest', () => {
  it('is SHA-384 over kind, version, a zero octet and the bytes', () => {
    const digest = statementDigest('order', octets('{}'));
    expect(digest.length).toBe(DIGEST_OCTETS);
    expect(digest.toHex()).toBe(createHash('sha384').update('see-pki/order/v1\0{}').digest('hex'));
  });

  it('is another for another kind, and for every way to cut the same octets', () => {
    const all = [
      statementDigest('order', octets('{}')),
      statementDigest('hold-release', octets('{}')),
      statementDigest('order', octets('{}\0')),
      statementDigest('order', octets('\0{}')),
      statementDigest('order/v1', octets('{}')),
      statementDigest('', octets('{}')),
    ].map((digest) => digest.toHex());
    expect(new Set(all).size).toBe(all.length);
  });
});
