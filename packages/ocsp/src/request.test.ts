import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derExplicit, derInteger, derNull, derOctetString, derOid, derSequence } from '@see/asn1';
import { type Extension, encodeExtension, encodeExtensions, fromHex, oid, toHex } from '@see/x509';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { buildOcspRequest, encodeCertId, nonceExtension, OcspRequestError, parseOcspRequest } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-ocsp-request-'));
afterAll(() => rmSync(folder, { recursive: true }));

const certId = encodeCertId({
  hashAlgorithm: 'sha256',
  issuerNameHash: new Uint8Array(32).fill(1),
  issuerKeyHash: new Uint8Array(32).fill(2),
  serialNumber: fromHex('7f0011223344') as Uint8Array,
});

function outcome(bytes: Uint8Array): string {
  try {
    parseOcspRequest(bytes);
    return 'accepted';
  } catch (error) {
    if (error instanceof OcspRequestError) return error.status;
    throw error;
  }
}

describe('requests', () => {
  it('that we build come back', () => {
    const nonce = new Uint8Array(32).fill(9);
    const request = parseOcspRequest(buildOcspRequest([certId, certId], nonce));
    expect(request).toMatchObject({ nonce, signed: false });
    expect(request.requests).toHaveLength(2);
    expect(request.requests[0]?.certId).toMatchObject({
      hashAlgorithm: 'sha256',
      serialHex: '7f0011223344',
      der: certId,
    });
    expect(parseOcspRequest(buildOcspRequest([certId])).nonce).toBeUndefined();
  });

  it('of openssl are read: SHA-1 and SHA-256, with nonce, signed', () => {
    const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    run(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-384',
      '-nodes',
      '-keyout',
      'k.pem',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=CA',
      '-days',
      '30',
    );
    run(
      'ocsp',
      '-issuer',
      'ca.pem',
      '-serial',
      '0x1234',
      '-sha256',
      '-serial',
      '0x99',
      '-nonce',
      '-reqout',
      'a.der',
      '-noverify',
    );
    const request = parseOcspRequest(new Uint8Array(readFileSync(join(folder, 'a.der'))));
    expect(request.requests.map(({ certId: each }) => [each.hashAlgorithm, each.serialHex])).toEqual([
      ['sha1', '1234'],
      ['sha256', '0099'],
    ]);
    expect(request.nonce?.length).toBeGreaterThanOrEqual(16);
    run(
      'ocsp',
      '-issuer',
      'ca.pem',
      '-serial',
      '1',
      '-no_nonce',
      '-signer',
      'ca.pem',
      '-signkey',
      'k.pem',
      '-reqout',
      'b.der',
      '-noverify',
    );
    const signed = parseOcspRequest(new Uint8Array(readFileSync(join(folder, 'b.der'))));
    expect(signed.signed).toBe(true);
    expect(signed.nonce).toBeUndefined();
  });

  it('of ours are read by openssl', () => {
    writeFileSync(join(folder, 'ours.der'), buildOcspRequest([certId], new Uint8Array(32).fill(5)));
    const text = execFileSync('openssl', ['ocsp', '-reqin', join(folder, 'ours.der'), '-req_text', '-noverify'], {
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    expect(text).toContain('Serial Number: 7F0011223344');
    expect(text).toContain('OCSP Nonce');
  });
});

describe('requests that are malformed', () => {
  const request = (extensions: readonly Extension[], ...list: Uint8Array[]) =>
    derSequence(
      derSequence(
        derSequence(...list),
        ...(extensions.length ? [derExplicit(2, derSequence(...extensions.map(encodeExtension)))] : []),
      ),
    );
  const one = derSequence(certId);
  const id = (algorithm: Uint8Array, name: Uint8Array, key: Uint8Array, serial: Uint8Array) =>
    derSequence(derSequence(algorithm, derOctetString(name), derOctetString(key), serial));
  const sha1 = derSequence(derOid(oid.sha1), derNull());
  const hash = new Uint8Array(20);
  const critical = (type: string, value: Uint8Array): Extension => ({ oid: type, critical: true, value });

  it.each<readonly [string, Uint8Array, string]>([
    ['a sound one', request([], one), 'accepted'],
    ['parameters absent', request([], id(derSequence(derOid(oid.sha1)), hash, hash, derInteger(5))), 'accepted'],
    ['an unknown hash', request([], id(derSequence(derOid('1.2.3')), hash, hash, derInteger(5))), 'accepted'],
    ['serial 0', request([], id(sha1, hash, hash, derInteger(0))), 'accepted'],
    ['a nonce of 128', request([nonceExtension(new Uint8Array(128))], one), 'accepted'],
    ['a critical nonce', request([{ ...nonceExtension(new Uint8Array(16)), critical: true }], one), 'accepted'],
    ['an unknown extension', request([{ oid: '1.2.3', critical: false, value: derNull() }], one), 'accepted'],
    [
      'a requestor name',
      derSequence(derSequence(derExplicit(1, fromHex('820161') as Uint8Array), derSequence(one))),
      'accepted',
    ],
    ['nothing', new Uint8Array(0), 'malformedRequest'],
    ['no requests', request([]), 'malformedRequest'],
    ['101 requests', request([], ...Array<Uint8Array>(101).fill(one)), 'malformedRequest'],
    [
      'more than 64 KiB',
      request([{ oid: '1.2.3', critical: false, value: new Uint8Array(66_000) }], one),
      'malformedRequest',
    ],
    [
      'a version written out',
      derSequence(derSequence(derExplicit(0, derInteger(0)), derSequence(one))),
      'malformedRequest',
    ],
    ['version 2', derSequence(derSequence(derExplicit(0, derInteger(1)), derSequence(one))), 'malformedRequest'],
    [
      'an empty list of extensions',
      derSequence(derSequence(derSequence(one), derExplicit(2, derSequence()))),
      'malformedRequest',
    ],
    ['a nonce of 0', request([nonceExtension(new Uint8Array(0))], one), 'malformedRequest'],
    ['a nonce of 129', request([nonceExtension(new Uint8Array(129))], one), 'malformedRequest'],
    ['two nonces', request([nonceExtension(hash), nonceExtension(hash)], one), 'malformedRequest'],
    ['a bare nonce', request([{ oid: oid.ocspNonce, critical: false, value: hash }], one), 'malformedRequest'],
    ['an unknown critical extension', request([critical('1.2.3', derNull())], one), 'malformedRequest'],
    [
      'an unknown critical extension of one request',
      request([], derSequence(certId, derExplicit(0, encodeExtensions([critical('1.2.3', derNull())])))),
      'malformedRequest',
    ],
    ['a short name hash', request([], id(sha1, new Uint8Array(3), hash, derInteger(5))), 'malformedRequest'],
    ['a long key hash', request([], id(sha1, hash, new Uint8Array(21), derInteger(5))), 'malformedRequest'],
    [
      'an empty hash of an unknown algorithm',
      request([], id(derSequence(derOid('1.2.3')), new Uint8Array(0), hash, derInteger(5))),
      'malformedRequest',
    ],
    [
      'parameters that are not NULL',
      request([], id(derSequence(derOid(oid.sha1), derInteger(1)), hash, hash, derInteger(5))),
      'malformedRequest',
    ],
    [
      'a serial of 33 octets',
      request([], id(sha1, hash, hash, derInteger(new Uint8Array(33).fill(1)))),
      'malformedRequest',
    ],
    ['a padded serial', request([], id(sha1, hash, hash, Uint8Array.of(2, 2, 0, 1))), 'malformedRequest'],
    ['something after it', Uint8Array.from([...request([], one), 0]), 'malformedRequest'],
    [
      'an empty signature frame',
      derSequence(derSequence(derSequence(one)), derExplicit(0, derSequence())),
      'malformedRequest',
    ],
  ])('%s', (_name, bytes, expected) => {
    expect(outcome(bytes)).toBe(expected);
  });

  it('or cut, or changed, never crash the reader', () => {
    const bytes = buildOcspRequest([certId], new Uint8Array(32));
    for (let length = 0; length < bytes.length; length++)
      expect(outcome(bytes.subarray(0, length))).toBe('malformedRequest');
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, to) => {
        const changed = bytes.slice();
        changed[at] = to;
        outcome(changed);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (any) => void outcome(any)));
  });
});

const hostile = join(import.meta.dirname, '../../../../shared/hostile');
const present = existsSync(join(hostile, 'manifest.json'));
if (!present) console.warn(`SKIPPED: the hostile samples are not at ${hostile}`);

describe.skipIf(!present)('hostile requests', () => {
  it('get the right answer', () => {
    const manifest: { id: string; kind: string; file: string }[] = JSON.parse(
      readFileSync(join(hostile, 'manifest.json'), 'utf8'),
    );
    const samples = manifest.filter((sample) => sample.kind === 'ocsp');
    const results = samples.map((sample) => [
      sample.id,
      outcome(new Uint8Array(readFileSync(join(hostile, sample.file)))),
    ]);
    expect(Object.fromEntries(results)).toEqual({
      'ocsp-nonce-0': 'malformedRequest',
      'ocsp-nonce-33': 'accepted',
      'ocsp-nonce-twice': 'malformedRequest',
      'ocsp-hash-length': 'malformedRequest',
      'ocsp-serial-0': 'accepted',
      'ocsp-critical-ext': 'malformedRequest',
      'ocsp-response-sent': 'malformedRequest',
    });
    expect(
      toHex(
        parseOcspRequest(new Uint8Array(readFileSync(join(hostile, 'ocsp-nonce-33.der')))).nonce ?? new Uint8Array(0),
      ),
    ).toHaveLength(66);
  });
});
