import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DerReader } from '@see/asn1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSignedData, type CmsError, MAX_SIGNED_OCTETS, readSignedData } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-signed-'));
const at = (name: string): string => join(folder, name);
const content = new TextEncoder().encode('-----BEGIN CERTIFICATE REQUEST-----\nwhat is asked for\n');
const openssl = (...args: readonly string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

const KINDS = { ec: ['ec', 'ec_paramgen_curve:secp384r1'], rsa: ['rsa', 'rsa_keygen_bits:3072'] } as const;

beforeAll(() => {
  writeFileSync(at('content'), content);
  for (const [name, [algorithm, option]] of Object.entries(KINDS))
    openssl(
      ...['req', '-x509', '-newkey', algorithm, '-pkeyopt', option, '-nodes', '-subj', '/C=NZ/CN=gateway'],
      ...['-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '9'],
    );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What openssl makes of the content. */
function signed(kind: 'ec' | 'rsa', ...options: readonly string[]): Uint8Array {
  openssl(
    ...['cms', '-sign', '-binary', '-in', 'content', '-signer', `${kind}.pem`, '-inkey', `${kind}.key`],
    ...['-outform', 'DER', '-out', 'signed', ...options],
  );
  return new Uint8Array(readFileSync(at('signed')));
}

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect((error as Error).name).toBe('CmsError');
    return (error as CmsError).code;
  }
  return 'read';
}

describe('SignedData of openssl (RFC 5652)', () => {
  it.each([
    ['ec', ['-nodetach', '-md', 'sha384'], 'ecdsa-sha384'],
    ['ec', ['-nodetach', '-md', 'sha256'], 'ecdsa-sha256'],
    ['rsa', ['-nodetach', '-md', 'sha384'], 'rsa-sha384'],
    [
      'rsa',
      ['-nodetach', '-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:64'],
      'rsa-pss-sha512',
    ],
    ['ec', ['-nodetach', '-md', 'sha384', '-keyid'], 'ecdsa-sha384'],
    ['ec', ['-nodetach', '-md', 'sha384', '-nocerts'], 'ecdsa-sha384'],
  ] as const)('%s %j is read, and its signature is over the input', (kind, options, algorithm) => {
    const found = readSignedData(signed(kind, ...options));
    expect(Buffer.from(found.content).equals(content)).toBe(true);
    expect(found.algorithm).toBe(algorithm);
    expect(found.signer.kind).toBe((options as readonly string[]).includes('-keyid') ? 'key' : 'certificate');
    expect(Math.abs(found.signingTime.getTime() - Date.now())).toBeLessThan(60_000);
    expect(createHash(found.digest).update(content).digest().equals(found.messageDigest)).toBe(true);
    const key = createPublicKey(readFileSync(at(`${kind}.pem`)));
    const how = algorithm.includes('pss') ? { key, padding: 6, saltLength: 64 } : key;
    expect(verify(found.digest, found.input, how, found.signature)).toBe(true);
  });

  it.each([
    ['SHA-1', ['-nodetach', '-md', 'sha1'], 'unsupported'],
    ['SHA-224', ['-nodetach', '-md', 'sha224'], 'unsupported'],
    ['no content', ['-md', 'sha384'], 'unsupported'],
    ['no signed attributes', ['-nodetach', '-md', 'sha384', '-noattr'], 'unsupported'],
    ['indefinite lengths', ['-nodetach', '-md', 'sha384', '-stream'], 'malformed'],
  ] as const)('with %s is refused', (_name, options, code) => {
    expect(codeOf(() => readSignedData(signed('ec', ...options)))).toBe(code);
  });

  it('of two signers is refused', () => {
    const two = signed('ec', '-nodetach', '-md', 'sha384', '-signer', 'rsa.pem', '-inkey', 'rsa.key');
    expect(codeOf(() => readSignedData(two))).toBe('unsupported');
  });

  it('whose attributes are not in the order of DER is refused, whatever the signature is over', () => {
    const good = signed('ec', '-nodetach', '-md', 'sha384');
    const { input } = readSignedData(good);
    const set = DerReader.of(input).set();
    const elements: Uint8Array[] = [];
    while (!set.atEnd) elements.push(set.any());
    const [before, after] = [elements, elements.toReversed()].map((each) => Buffer.concat(each));
    const at = Buffer.from(good).indexOf(before ?? '');
    expect(at).toBeGreaterThan(0);
    good.set(after ?? [], at);
    expect(codeOf(() => readSignedData(good))).toBe('malformed');
  });

  it('is refused with anything after it, cut anywhere, or too long', () => {
    const good = signed('ec', '-nodetach', '-md', 'sha384');
    expect(codeOf(() => readSignedData(new Uint8Array([...good, 0])))).toBe('malformed');
    for (let length = 0; length < good.length; length += 7)
      expect(
        codeOf(() => readSignedData(good.subarray(0, length))),
        String(length),
      ).toBe('malformed');
    expect(codeOf(() => readSignedData(new Uint8Array(MAX_SIGNED_OCTETS + 1)))).toBe('too-large');
  });

  it('with a changed octet is never the same content under a signature that holds', () => {
    const good = signed('ec', '-nodetach', '-md', 'sha384');
    const key = createPublicKey(readFileSync(at('ec.pem')));
    let read = 0;
    for (let index = 0; index < good.length; index += 3) {
      const bad = good.slice();
      bad[index] = (bad[index] as number) ^ 0x01;
      let found: ReturnType<typeof readSignedData>;
      try {
        found = readSignedData(bad);
      } catch (error) {
        expect((error as Error).name).toMatch(/^(CmsError|X509Error)$/);
        continue;
      }
      read += 1;
      const holds =
        createHash(found.digest).update(found.content).digest().equals(found.messageDigest) &&
        verify(found.digest, found.input, key, found.signature);
      if (holds) expect(Buffer.from(found.content).equals(content), `octet ${index}`).toBe(true);
    }
    expect(read).toBeGreaterThan(20);
  });
});

describe('SignedData of ours', () => {
  it.each([
    ['ec', 'ecdsa-sha384'],
    ['rsa', 'rsa-sha384'],
  ] as const)('by an %s key is what openssl verifies and what we read', (kind, algorithm) => {
    const key = createPrivateKey(readFileSync(at(`${kind}.key`)));
    const certificate = new Uint8Array(new X509Certificate(readFileSync(at(`${kind}.pem`))).raw);
    const time = new Date('2026-11-22T11:00:00.500Z');
    const made = buildSignedData(
      content,
      {
        certificate,
        algorithm,
        digest: (octets) => new Uint8Array(createHash('sha384').update(octets).digest()),
        sign: (octets) => new Uint8Array(sign('sha384', octets, key)),
      },
      time,
    );
    writeFileSync(at('ours'), made);
    openssl(
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'ours', '-CAfile', `${kind}.pem`],
      ...['-purpose', 'any', '-out', 'verified'],
    );
    expect(readFileSync(at('verified')).equals(content)).toBe(true);
    expect(readSignedData(made)).toMatchObject({
      algorithm,
      digest: 'sha384',
      signingTime: new Date('2026-11-22T11:00:00Z'),
    });
  });
});
