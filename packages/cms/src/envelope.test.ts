import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes as nodeRandom, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derOctetString, derOid, derSequence } from '@see/asn1';
import * as x509 from '@see/x509';
import * as pkijs from 'pkijs';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeCipher } from './algorithms.ts';
import {
  buildEnvelope,
  buildPairEnvelopes,
  CmsError,
  keyIdOf,
  MAX_ENVELOPE_OCTETS,
  openEnvelope,
  readEnvelope,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-cms-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { subtle } = globalThis.crypto;
const tools = { subtle, randomBytes: (length: number) => new Uint8Array(nodeRandom(length)) };
const secret = new TextEncoder().encode('a private key, as far as the envelope knows. '.repeat(40));

const keys = ['a', 'b', 'c'].map((name) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const file = join(folder, `${name}.key`);
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const identifier = { kind: 'key', keyId: keyIdOf(spki) } as const;
  const pkcs8 = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
  return { file, spki, identifier, privateKey, opening: { privateKeyPkcs8: pkcs8, identifier } };
});
const [a, b, c] = keys as [(typeof keys)[0], (typeof keys)[0], (typeof keys)[0]];

/** Opens with the openssl command; throws when it says no. */
function byOpenssl(envelope: Uint8Array, keyFile: string): Uint8Array {
  return new Uint8Array(
    execFileSync('openssl', ['cms', '-decrypt', '-inform', 'DER', '-inkey', keyFile], {
      input: envelope,
      stdio: ['pipe', 'pipe', 'ignore'],
    }),
  );
}

function certificateOf({ spki, privateKey }: (typeof keys)[0], serial: Uint8Array): Uint8Array {
  const name = x509.encodeName([[{ type: x509.oid.commonName, value: 'Recipient' }]]);
  const algorithm = x509.signatureAlgorithm('rsa-sha384');
  const tbs = x509.buildTbsCertificate({
    serialNumber: serial,
    signatureAlgorithmDer: algorithm,
    issuerDer: name,
    subjectDer: name,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2036-01-01T00:00:00Z'),
    spki,
    extensions: [x509.basicConstraints({ cA: false })],
  });
  return x509.assembleSigned(tbs, algorithm, new Uint8Array(sign('sha384', tbs, privateKey)));
}

describe('an envelope', () => {
  it('is opened by each recipient and nobody else, here and by openssl', async () => {
    const envelope = await buildEnvelope(secret, [a, b], tools);
    for (const key of [a, b]) {
      expect(await openEnvelope(envelope, key.opening, subtle)).toEqual(secret);
      expect(byOpenssl(envelope, key.file)).toEqual(secret);
    }
    await expect(openEnvelope(envelope, c.opening, subtle)).rejects.toMatchObject({ code: 'not-a-recipient' });
    expect(() => byOpenssl(envelope, c.file)).toThrow();
    const posing = { ...c.opening, identifier: a.identifier };
    await expect(openEnvelope(envelope, posing, subtle)).rejects.toMatchObject({ code: 'cannot-decrypt' });
  });

  it.each([
    ['a short serial number', Uint8Array.of(7)],
    ['a serial number with its highest bit set', Uint8Array.of(0xfe, 1, 2, 3, 4, 5, 6, 7)],
  ])('to a certificate with %s is opened by openssl with it, and by us', async (_name, serial) => {
    const certificate = certificateOf(a, serial);
    const { issuerDer } = x509.parseCertificate(certificate);
    const identifier = { kind: 'certificate', issuerDer, serial } as const;
    const envelope = await buildEnvelope(secret, [{ spki: a.spki, identifier }], tools);
    const file = join(folder, 'recipient.pem');
    writeFileSync(file, x509.encodePem('CERTIFICATE', certificate));
    const args = ['cms', '-decrypt', '-inform', 'DER', '-inkey', a.file, '-recip', file];
    expect(new Uint8Array(execFileSync('openssl', args, { input: envelope }))).toEqual(secret);
    expect(await openEnvelope(envelope, { ...a.opening, identifier }, subtle)).toEqual(secret);
  });

  it('is read and opened by pkijs, and reads as what it is', async () => {
    const der = await buildEnvelope(secret, [a], tools);
    const info = pkijs.ContentInfo.fromBER(Buffer.from(der));
    const enveloped = new pkijs.EnvelopedData({ schema: info.content });
    expect(enveloped.version).toBe(2);
    const pkcs8 = a.opening.privateKeyPkcs8.buffer as ArrayBuffer;
    const opened = await enveloped.decrypt(0, { recipientPrivateKey: pkcs8 });
    expect(new Uint8Array(opened)).toEqual(secret);
    const read = readEnvelope(der);
    expect(read.recipients.map(({ identifier }) => identifier)).toEqual([a.identifier]);
    expect(read.recipients[0]?.wrappedKey.length).toBe(384);
  });

  it('has another key and IV each time', async () => {
    const [one, other] = [await buildEnvelope(secret, [a], tools), await buildEnvelope(secret, [a], tools)].map(
      readEnvelope,
    );
    expect(one?.iv).not.toEqual(other?.iv);
    expect(one?.ciphertext).not.toEqual(other?.ciphertext);
  });

  it('written by openssl to a key is opened here', async () => {
    const file = join(folder, 'b.pem');
    const serial = Uint8Array.of(9);
    const certificate = certificateOf(b, serial);
    writeFileSync(file, x509.encodePem('CERTIFICATE', certificate));
    const args = ['-encrypt', '-binary', '-outform', 'DER', '-aes-256-cbc', '-recip', file];
    const oaep = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256', '-keyopt', 'rsa_mgf1_md:sha256'];
    const envelope = execFileSync('openssl', ['cms', ...args, ...oaep], { input: secret });
    const { issuerDer } = x509.parseCertificate(certificate);
    const identifier = { kind: 'certificate', issuerDer, serial } as const;
    expect(await openEnvelope(new Uint8Array(envelope), { ...b.opening, identifier }, subtle)).toEqual(secret);
  });
});

describe('pair envelopes', () => {
  it('open for any two, in either order, and for no one alone', async () => {
    const envelopes = await buildPairEnvelopes(secret, keys, tools);
    expect(envelopes.length).toBe(3);
    let opened = 0;
    for (const [index, first] of keys.entries()) {
      const envelope = envelopes[index] ?? new Uint8Array(0);
      for (const other of keys.filter((key) => key !== first)) expect(() => byOpenssl(envelope, other.file)).toThrow();
      const inner = byOpenssl(envelope, first.file);
      expect(await openEnvelope(envelope, first.opening, subtle)).toEqual(inner);
      expect(() => byOpenssl(inner, first.file)).toThrow();
      await expect(openEnvelope(inner, first.opening, subtle)).rejects.toMatchObject({ code: 'not-a-recipient' });
      for (const second of keys.filter((key) => key !== first)) {
        expect(byOpenssl(inner, second.file)).toEqual(secret);
        expect(await openEnvelope(inner, second.opening, subtle)).toEqual(secret);
        opened += 1;
      }
    }
    expect(opened).toBe(6);
    await expect(buildPairEnvelopes(secret, [a], tools)).rejects.toThrow(/two recipients/);
  });
});

describe('what is no envelope of ours', () => {
  const change = (der: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array => {
    expect(der.toHex()).toContain(from.toHex());
    return Uint8Array.fromHex(der.toHex().replace(from.toHex(), to.toHex()));
  };
  const sha256 = derOid('2.16.840.1.101.3.4.2.1');

  it.each<[string, string, (der: Uint8Array) => Uint8Array]>([
    ['nothing', 'malformed', () => new Uint8Array(0)],
    ['a cut one', 'malformed', (der) => der.subarray(0, der.length - 1)],
    ['one with more behind it', 'malformed', (der) => Uint8Array.of(...der, 0)],
    ['one that is too large', 'too-large', () => new Uint8Array(MAX_ENVELOPE_OCTETS + 1)],
    ['SignedData', 'unsupported', (der) => change(der, derOid('1.2.840.113549.1.7.3'), derOid('1.2.840.113549.1.7.2'))],
    [
      'other content',
      'unsupported',
      (der) => change(der, derOid('1.2.840.113549.1.7.1'), derOid('1.2.840.113549.1.7.5')),
    ],
    [
      'RSA of PKCS#1 v1.5',
      'unsupported',
      (der) => change(der, derOid('1.2.840.113549.1.1.7'), derOid('1.2.840.113549.1.1.1')),
    ],
    ['OAEP with SHA-384', 'unsupported', (der) => change(der, sha256, derOid('2.16.840.1.101.3.4.2.2'))],
    [
      'AES-128',
      'unsupported',
      (der) => change(der, derOid('2.16.840.1.101.3.4.1.42'), derOid('2.16.840.1.101.3.4.1.2')),
    ],
    [
      'a short IV',
      'malformed',
      (der) => {
        const { iv } = readEnvelope(der);
        const parameters = derSequence(derOid('2.16.840.1.101.3.4.1.42'), derOctetString(iv.subarray(1)));
        const cut = change(der, encodeCipher(iv), parameters);
        return cut;
      },
    ],
    [
      'a recipient of the wrong version',
      'malformed',
      (der) => change(der, Uint8Array.of(2, 1, 2, 0x80), Uint8Array.of(2, 1, 0, 0x80)),
    ],
  ])('%s is refused as %s', async (_name, code, spoil) => {
    const der = await buildEnvelope(secret, [a], tools);
    const error = await openEnvelope(spoil(der), a.opening, subtle).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CmsError);
    expect((error as CmsError).code).toBe(code);
  });

  it('says no to every change of the wrapped key, and never gives what was put in when the content changes', async () => {
    const der = await buildEnvelope(secret, [a], tools);
    const { recipients, ciphertext } = readEnvelope(der);
    for (const view of [recipients[0]?.wrappedKey ?? der, ciphertext]) {
      for (const at of [0, view.length - 1]) {
        const spoilt = der.slice();
        const place = view.byteOffset - der.byteOffset + at;
        spoilt[place] = (spoilt[place] ?? 0) ^ 1;
        const result = await openEnvelope(spoilt, a.opening, subtle).catch((error: CmsError) => error.code);
        if (view !== ciphertext || at > 0) expect(result).toBe('cannot-decrypt');
        else expect(result).not.toEqual(secret);
      }
    }
  });
});
