import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Crl } from '@peculiar/x509';
import { DerError, derExplicit, derInteger, derNull, derSequence, derTime } from '@see/asn1';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import * as x509 from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-crl-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keyPair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const spki = new Uint8Array(keyPair.publicKey.export({ type: 'spki', format: 'der' }));
const algorithm = x509.signatureAlgorithm('ecdsa-sha384');
const issuerDer = x509.encodeName([[{ type: x509.oid.commonName, value: 'Test CA' }]]);
const keyId = new Uint8Array(20).fill(7);
const thisUpdate = new Date('2026-11-22T00:00:00Z');
const nextUpdate = new Date('2026-11-24T00:00:00Z');
const extensions = [x509.authorityKeyIdentifier(keyId), x509.crlNumber(42)];
const build = (entries: Iterable<x509.CrlEntryTemplate>, more: readonly x509.Extension[] = extensions) =>
  x509.buildTbsCertList({
    signatureAlgorithmDer: algorithm,
    issuerDer,
    thisUpdate,
    nextUpdate,
    entries,
    extensions: more,
  });
const signed = (tbs: Uint8Array) =>
  x509.assembleSigned(tbs, algorithm, new Uint8Array(sign('sha384', tbs, keyPair.privateKey)));

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError || error instanceof x509.X509Error) return error.code;
    throw error;
  }
}

const serial = (hex: string) => x509.fromHex(hex) as Uint8Array;
const sample: x509.CrlEntryTemplate[] = [
  {
    serialNumber: serial('7f01'),
    revocationDate: new Date('2026-11-20T10:00:00Z'),
    reason: 1,
    invalidityDate: new Date('2026-11-01T00:00:00Z'),
  },
  { serialNumber: serial('0102'), revocationDate: new Date('2026-11-20T10:00:00Z'), reason: 0 },
  { serialNumber: serial('ff'), revocationDate: new Date('2026-11-21T10:00:00Z'), reason: 6 },
  { serialNumber: serial('05'), revocationDate: new Date('2051-11-21T10:00:00Z') },
];

describe('a CRL that we build', () => {
  const der = signed(build(sample));

  it('reads back', () => {
    const crl = x509.parseCrl(der);
    expect(crl).toMatchObject({
      version: 2,
      crlNumber: 42n,
      thisUpdate,
      nextUpdate,
      signatureAlgorithm: 'ecdsa-sha384',
    });
    expect(crl.issuerDer).toEqual(issuerDer);
    expect(crl.baseCrlNumber).toBeUndefined();
    expect([...crl.entries].map(({ serialNumber: _, extensions: __, ...rest }) => rest)).toEqual([
      {
        serialHex: '7f01',
        revocationDate: sample[0]?.revocationDate,
        reason: 1,
        invalidityDate: sample[0]?.invalidityDate,
      },
      { serialHex: '0102', revocationDate: sample[1]?.revocationDate },
      { serialHex: '00ff', revocationDate: sample[2]?.revocationDate, reason: 6 },
      { serialHex: '05', revocationDate: sample[3]?.revocationDate },
    ]);
    expect([...crl.entries]).toHaveLength(4);
    const delta = x509.parseTbsCertList(build([], [...extensions, x509.deltaCrlIndicator(40)]));
    expect(delta.baseCrlNumber).toBe(40n);
  });

  it('has no revokedCertificates where nothing is revoked', () => {
    const crl = x509.parseTbsCertList(build([]));
    expect(crl.entries.present).toBe(false);
    expect([...crl.entries]).toEqual([]);
  });

  it('is verified by openssl and read by @peculiar/x509', () => {
    const tbs = x509.buildTbsCertificate({
      serialNumber: serial('01'),
      signatureAlgorithmDer: algorithm,
      issuerDer,
      subjectDer: issuerDer,
      notBefore: thisUpdate,
      notAfter: new Date('2036-01-01T00:00:00Z'),
      spki,
      extensions: [
        x509.basicConstraints({ cA: true }),
        x509.keyUsage(['cRLSign', 'keyCertSign']),
        x509.subjectKeyIdentifier(keyId),
      ],
    });
    writeFileSync(join(folder, 'ca.pem'), x509.encodePem('CERTIFICATE', signed(tbs)));
    writeFileSync(join(folder, 'a.crl'), der);
    const text = execFileSync(
      'openssl',
      [
        'crl',
        '-inform',
        'DER',
        '-in',
        join(folder, 'a.crl'),
        '-CAfile',
        join(folder, 'ca.pem'),
        '-verify',
        '-noout',
        '-text',
      ],
      { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] },
    );
    expect(text).toContain('Serial Number: 7F01');
    expect(text).toContain('Key Compromise');
    expect(text).toContain('Invalidity Date');
    expect(text.match(/Serial Number:/g)).toHaveLength(4);
    expect(new X509Crl(der).entries.map((entry) => entry.serialNumber)).toEqual(['7f01', '0102', 'ff', '05']);
  });

  it('round-trips for any entries', () => {
    const entry = fc.record({
      serialNumber: fc.uint8Array({ minLength: 1, maxLength: 20 }),
      revocationDate: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000)),
      reason: fc.constantFrom(1, 2, 3, 4, 5, 6, 8, 9, 10),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const read = [...x509.parseTbsCertList(build(entries)).entries];
        expect(read.map((each) => [each.revocationDate, each.reason])).toEqual(
          entries.map((each) => [each.revocationDate, each.reason]),
        );
        expect(read.map((each) => BigInt(`0x${each.serialHex}`))).toEqual(
          entries.map((each) => BigInt(`0x${x509.toHex(each.serialNumber)}`)),
        );
      }),
    );
  });

  it('is linear: 100,000 entries are built and read well under a second each', () => {
    const many: x509.CrlEntryTemplate[] = Array.from({ length: 100_000 }, (_, index) => {
      const serialNumber = new Uint8Array(16).fill(0x5a);
      new DataView(serialNumber.buffer).setUint32(8, index);
      return { serialNumber, revocationDate: new Date(1_700_000_000_000 + index * 1000), reason: index % 5 };
    });
    const started = performance.now();
    const tbs = build(many);
    const built = performance.now();
    let count = 0;
    for (const entry of x509.parseTbsCertList(tbs).entries) count += entry.serialHex.length;
    const read = performance.now();
    expect(count).toBe(3_200_000);
    expect(built - started).toBeLessThan(1000);
    expect(read - built).toBeLessThan(1000);
  });
});

describe('CRLs that are refused', () => {
  const list = (version: Uint8Array[], ...rest: Uint8Array[]) =>
    derSequence(...version, algorithm, issuerDer, derTime(thisUpdate), ...rest);
  const v2 = [derInteger(1)];
  const tail = derExplicit(0, x509.encodeExtensions(extensions));
  it.each<readonly [string, Uint8Array, string]>([
    ['version 1 written out', list([derInteger(0)], tail), 'bad-version'],
    ['version 3', list([derInteger(2)], tail), 'bad-version'],
    ['extensions in v1', list([], tail), 'bad-version'],
    ['an empty list of entries', list(v2, derSequence(), tail), 'bad-extension'],
    ['an empty list of extensions', list(v2, derExplicit(0, derSequence())), 'bad-extension'],
    ['an entry that is no SEQUENCE', list(v2, derSequence(derNull()), tail), 'unexpected-tag'],
    [
      'entry extensions in v1',
      list(
        [],
        derSequence(derSequence(derInteger(1), derTime(thisUpdate), x509.encodeExtensions([x509.crlReason(1)]))),
      ),
      'bad-version',
    ],
    [
      'an entry with an empty list of extensions',
      list(v2, derSequence(derSequence(derInteger(1), derTime(thisUpdate), derSequence())), tail),
      'bad-extension',
    ],
    [
      'an entry with reason 7',
      list(
        v2,
        derSequence(
          derSequence(
            derInteger(1),
            derTime(thisUpdate),
            x509.encodeExtensions([{ ...x509.crlReason(1), value: Uint8Array.of(10, 1, 7) }]),
          ),
        ),
        tail,
      ),
      'bad-extension',
    ],
    ['something after the extensions', list(v2, tail, derNull()), 'trailing'],
    [
      'a negative CRL number',
      list(v2, derExplicit(0, x509.encodeExtensions([{ ...x509.crlNumber(1), value: Uint8Array.of(2, 1, 255) }]))),
      'bad-extension',
    ],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(() => [...x509.parseTbsCertList(bytes).entries])).toBe(code);
  });

  it('two algorithms', () => {
    const other = x509.assembleSigned(build([]), x509.signatureAlgorithm('ecdsa-sha256'), Uint8Array.of(1));
    expect(codeOf(() => x509.parseCrl(other))).toBe('algorithm-mismatch');
  });

  it('names an unknown critical entry extension', () => {
    const entry = derSequence(
      derInteger(1),
      derTime(thisUpdate),
      x509.encodeExtensions([{ oid: '1.2.3', critical: true, value: derNull() }]),
    );
    const [first] = x509.parseTbsCertList(list(v2, derSequence(entry), tail)).entries;
    expect(first?.unknownCritical).toBe('1.2.3');
  });
});
