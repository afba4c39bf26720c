import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import {
  assembleSigned,
  buildCsrInfo,
  encodeName,
  type SignatureAlgorithmName,
  signatureAlgorithm,
  subjectAltName,
} from '@see/x509';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectCsr } from './inspect-csr.ts';
import { sampleProfile } from './sample-authority.ts';
import { verifyCsr } from './verify-csr.ts';

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 });
const ed25519 = generateKeyPairSync('ed25519');
const spkiOf = ({ publicKey }: Pair): Uint8Array => new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));

const subject = [[{ type: '2.5.4.3', value: 'Mallory' }]];
const infoOf = (pair: Pair): Uint8Array =>
  buildCsrInfo({
    subjectDer: encodeName(subject),
    spki: spkiOf(pair),
    extensions: [subjectAltName([{ kind: 'dNSName', value: 'www.evil.nz' }], false)],
  });

/** A CSR for a key, signed as it says unless told otherwise. */
function csr(
  pair: Pair,
  algorithm: SignatureAlgorithmName,
  hash: string | null,
  how: { by?: KeyObject; over?: Uint8Array; saltLength?: number } = {},
): Uint8Array {
  const info = infoOf(pair);
  const key = how.saltLength === undefined ? {} : { padding: 6, saltLength: how.saltLength };
  const signature = sign(hash, how.over ?? info, { key: how.by ?? pair.privateKey, ...key });
  return assembleSigned(info, signatureAlgorithm(algorithm), signature);
}

async function outcome(der: Uint8Array): Promise<string> {
  const result = await verifyCsr(der);
  if (result.ok) return 'taken';
  for (const violation of result.violations) {
    expect(violation.message).not.toBe('');
    expect(violation.source).toBeTruthy();
    expect(violation.remedy).toBeTruthy();
  }
  return result.violations.map(({ code }) => code).join();
}

const good = csr(p384, 'ecdsa-sha384', 'sha384');

describe('verifyCsr', () => {
  it.each<[string, Uint8Array, string]>([
    ['P-384 with SHA-384', good, 'taken'],
    ['P-384 with SHA-256', csr(p384, 'ecdsa-sha256', 'sha256'), 'taken'],
    ['P-384 with SHA-512', csr(p384, 'ecdsa-sha512', 'sha512'), 'taken'],
    ['RSA with SHA-256', csr(rsa, 'rsa-sha256', 'sha256'), 'taken'],
    ['RSA with SHA-384', csr(rsa, 'rsa-sha384', 'sha384'), 'taken'],
    ['RSA-PSS with SHA-384', csr(rsa, 'rsa-pss-sha384', 'sha384', { saltLength: 48 }), 'taken'],
    [
      'RSA-PSS with another salt than it says',
      csr(rsa, 'rsa-pss-sha384', 'sha384', { saltLength: 32 }),
      'bad-proof-of-possession',
    ],
    ['Ed25519', csr(ed25519, 'ed25519', null), 'taken'],
    ['another key', csr(p384, 'ecdsa-sha384', 'sha384', { by: other.privateKey }), 'bad-proof-of-possession'],
    ['another text', csr(p384, 'ecdsa-sha384', 'sha384', { over: infoOf(other) }), 'bad-proof-of-possession'],
    ['another hash than it says', csr(p384, 'ecdsa-sha384', 'sha256'), 'bad-proof-of-possession'],
    ['RSA with another padding than it says', csr(rsa, 'rsa-pss-sha256', 'sha256'), 'bad-proof-of-possession'],
    ['an EC key and an RSA algorithm', csr(p384, 'rsa-sha256', 'sha256'), 'malformed-csr'],
    [
      'an empty signature',
      assembleSigned(infoOf(p384), signatureAlgorithm('ecdsa-sha384'), new Uint8Array(0)),
      'malformed-csr',
    ],
    [
      'r = s = 0',
      assembleSigned(infoOf(p384), signatureAlgorithm('ecdsa-sha384'), Uint8Array.fromHex('3006020100020100')),
      'bad-proof-of-possession',
    ],
    [
      'a signature of zeros',
      assembleSigned(infoOf(rsa), signatureAlgorithm('rsa-sha256'), new Uint8Array(384)),
      'bad-proof-of-possession',
    ],
    [
      'a signature of one octet',
      assembleSigned(infoOf(ed25519), signatureAlgorithm('ed25519'), new Uint8Array(1)),
      'bad-proof-of-possession',
    ],
    ['octets behind it', Uint8Array.from([...good, 0]), 'malformed-csr'],
    ['nothing', new Uint8Array(0), 'malformed-csr'],
    ['a certificate in its place', Uint8Array.fromHex('3003020100'), 'malformed-csr'],
  ])('%s: %s', async (_name, der, want) => {
    expect(await outcome(der)).toBe(want);
  });

  it('gives the key and the octets it was found in', async () => {
    const result = await verifyCsr(good);
    if (!result.ok) throw new Error('refused');
    expect(result.verified.csr.der).toBe(good);
    expect(result.verified.key.spki.toHex()).toBe(spkiOf(p384).toHex());
  });

  it('refuses every beginning of a good one', async () => {
    for (let end = 0; end < good.length; end += 1) expect(await outcome(good.subarray(0, end))).toBe('malformed-csr');
  });

  it('refuses a good one with any bit turned', async () => {
    for (let at = 0; at < good.length; at += 1) {
      const bit = 1 << (at % 8);
      expect(await outcome(good.with(at, (good[at] ?? 0) ^ bit)), `octet ${at}`).not.toBe('taken');
    }
  });

  it('says no to anything, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (octets) => {
        expect(await outcome(octets)).toBe('malformed-csr');
      }),
    );
  });
});

describe('inspectCsr', () => {
  it('says what is taken and what is ignored', async () => {
    const report = await inspectCsr(good, undefined);
    expect(report).toMatchObject({
      acceptable: true,
      taken: { key: 'P-384', proofOfPossession: 'holds' },
      violations: [],
    });
    expect(report.ignored).toEqual([
      { what: 'subject', value: 'CN=Mallory', why: expect.stringContaining('registry') },
      { what: 'subjectAltName', value: 'dNSName:www.evil.nz', why: expect.stringContaining('registry') },
    ]);
  });

  it('holds the key against a profile', async () => {
    const report = await inspectCsr(csr(ed25519, 'ed25519', null), sampleProfile('user-auth'));
    expect(report.acceptable).toBe(false);
    expect(report.taken?.key).toBe('ed25519');
    expect(report.violations.map(({ code }) => code)).toEqual(['curve-not-allowed']);
  });

  it('takes nothing of one that is refused', async () => {
    const report = await inspectCsr(csr(p384, 'ecdsa-sha384', 'sha384', { by: other.privateKey }), undefined);
    expect(report).toMatchObject({ acceptable: false, taken: null });
    expect(report.ignored).toHaveLength(2);
  });
});

const hostile = '../shared/hostile';
const present = existsSync(`${hostile}/manifest.json`);
if (!present) console.warn('SKIPPED: the hostile samples are not beside the project');

/** What stands in the way of each sample; sound ones are listed as taken. */
const WANT: Readonly<Record<string, string>> = {
  'csr-good-ec': 'taken',
  'csr-good-rsa': 'rsa-too-short',
  'csr-good-ed25519': 'taken',
  'csr-pop-otherkey': 'bad-proof-of-possession',
  'csr-pop-bitflip': 'bad-proof-of-possession',
  'csr-pop-zero-sig': 'bad-proof-of-possession',
  'csr-sha1': 'rsa-too-short,signature-algorithm-not-allowed',
  'key-rsa-e2': 'rsa-too-short,rsa-exponent-even,rsa-exponent-small',
  'key-rsa-e-huge': 'rsa-too-short,rsa-exponent-large',
  'key-ec-secp256k1': 'curve-not-allowed',
  'key-ec-prime192v1': 'curve-not-allowed',
  'key-ec-brainpoolP256r1': 'curve-not-allowed',
  'key-ec-wrong-curve-oid': 'curve-not-allowed',
  'key-dsa': 'algorithm-not-allowed,signature-algorithm-not-allowed',
  'key-known-private': 'rsa-too-short',
  'name-san-xn-homograph': 'taken',
  'name-dn-empty': 'taken',
  'name-dn-bmp': 'taken',
  'name-dn-xss': 'taken',
  'ext-unknown-critical': 'taken',
  'ext-sid-ext': 'taken',
  'ext-ctpoison': 'taken',
};

describe.skipIf(!present)('the hostile samples', () => {
  interface Sample {
    readonly id: string;
    readonly kind: string;
    readonly file: string;
  }
  const all: Sample[] = present ? JSON.parse(readFileSync(`${hostile}/manifest.json`, 'utf8')) : [];
  const samples = all.filter(({ kind }) => kind === 'csr');

  it('are there', () => {
    expect(samples.length).toBeGreaterThan(50);
    for (const id of Object.keys(WANT)) expect(samples.map((sample) => sample.id)).toContain(id);
  });

  it.each(samples)('$id', async ({ id, file }) => {
    const started = performance.now();
    expect(await outcome(new Uint8Array(readFileSync(`${hostile}/${file}`)))).toBe(WANT[id] ?? 'malformed-csr');
    expect(performance.now() - started).toBeLessThan(500);
  });
});
