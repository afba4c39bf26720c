import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { derInteger, derOctetString, derOid, derSequence } from '@see/asn1';
import { describe, expect, it } from 'vitest';
import { decryptKey, encryptKey } from './encrypted-key.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
const pkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
const { subtle } = globalThis.crypto;
const tools = { subtle, randomBytes: (length: number) => new Uint8Array(randomBytes(length)) };

describe('an encrypted key', () => {
  it('is opened by us and by OpenSSL with the password', async () => {
    const made = await encryptKey(pkcs8, 'kāinga-2-ahi', tools);
    expect(await decryptKey(made, 'kāinga-2-ahi', subtle)).toEqual(pkcs8);
    const opened = createPrivateKey({
      key: Buffer.from(made),
      format: 'der',
      type: 'pkcs8',
      passphrase: Buffer.from('kāinga-2-ahi', 'utf8'),
    });
    expect(opened.equals(privateKey)).toBe(true);
    expect(Buffer.from(made).includes(Buffer.from(pkcs8.subarray(40, 72)))).toBe(false);
  });

  it('comes out otherwise each time, and not with another password', async () => {
    const [one, two] = await Promise.all([encryptKey(pkcs8, 'a', tools), encryptKey(pkcs8, 'a', tools)]);
    expect(one).not.toEqual(two);
    const wrong = await decryptKey(one, 'b', subtle).catch((error: { code: string }) => error.code);
    expect(wrong === 'wrong-password' || !Buffer.from(wrong as Uint8Array).equals(pkcs8)).toBe(true);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a key in clear', pkcs8],
    ['something cut off', pkcs8.subarray(0, 20)],
  ])('is not %s', async (_name, der) => {
    await expect(decryptKey(der, 'a', subtle)).rejects.toMatchObject({ name: 'PfxError' });
  });

  it('does no more work than is sensible', async () => {
    const salt = derSequence(derOctetString(new Uint8Array(16)), derInteger(10_000_001));
    const scheme = derSequence(derOid('2.16.840.1.101.3.4.1.42'), derOctetString(new Uint8Array(16)));
    const pbes2 = derSequence(derSequence(derOid('1.2.840.113549.1.5.12'), salt), scheme);
    const greedy = derSequence(derSequence(derOid('1.2.840.113549.1.5.13'), pbes2), derOctetString(new Uint8Array(32)));
    await expect(decryptKey(greedy, 'a', subtle)).rejects.toMatchObject({ code: 'too-many-iterations' });
  });
});
