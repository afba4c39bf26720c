import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { derExplicit, derInteger, derOctetString, derOid, derSequence } from '@see/asn1';
import { buildOcspRequest, encodeCertId, parseOcspResponse } from '@see/ocsp';
import { oid, parseCertificate, parseSpki } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Besieged, besiege } from '../support/besieged.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Sample {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly expect: string;
}

const folder = '../shared/hostile';
const present = existsSync(join(folder, 'manifest.json'));
if (!present) console.warn('SKIPPED: the hostile samples are not beside the project');
const manifest: Sample[] = present ? JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) : [];
const samples = manifest.filter(({ kind }) => kind === 'ocsp');

const MALFORMED = '30030a0101';
const UNAUTHORIZED = '30030a0106';

let siege: Besieged;
let before: Readonly<Record<string, number>>;
/** CertID of a serial number that no CA of ours ever used, under the TLS CA. */
let certId: Uint8Array;
let good: Uint8Array;

beforeAll(async () => {
  siege = await besiege();
  before = await siege.rows();
  certId = certIdOf(await caOf('tls'), Uint8Array.fromHex('4a'.repeat(16)));
  good = buildOcspRequest([certId]);
  await waitUntil('a key to answer with', async () => (await post(good)).certStatus === 'revoked');
});
afterAll(() => siege?.close());

async function caOf(id: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(`${siege.instance.urls.va}/ca/${id}.cer`)).arrayBuffer());
}

function certIdOf(ca: Uint8Array, serialNumber: Uint8Array): Uint8Array {
  const { subjectDer, spki } = parseCertificate(ca);
  const sha256 = (octets: Uint8Array) => new Uint8Array(createHash('sha256').update(octets).digest());
  const issuerKeyHash = sha256(parseSpki(spki).publicKeyBits);
  return encodeCertId({ hashAlgorithm: 'sha256', issuerNameHash: sha256(subjectDer), issuerKeyHash, serialNumber });
}

interface OcspAnswer {
  readonly hex: string;
  /** Of the first certificate, where the response has one. */
  readonly certStatus: string | undefined;
  readonly nonce: Uint8Array | undefined;
}

/** Reads an answer; expects that it is one of OCSP, small, soon and never `good`. */
function readAnswer(http: number, type: string | undefined, octets: Uint8Array, milliseconds: number): OcspAnswer {
  expect(http).toBe(200);
  expect(type).toBe('application/ocsp-response');
  expect(milliseconds).toBeLessThan(2_000);
  const { basic } = parseOcspResponse(octets);
  for (const { status } of basic?.responses ?? []) expect(status.kind).not.toBe('good');
  if (!basic) expect(octets.length).toBe(5);
  const hex = Buffer.from(octets).toString('hex');
  return { hex, certStatus: basic?.responses[0]?.status.kind, nonce: basic?.nonce };
}

const OCSP_REQUEST = { 'content-type': 'application/ocsp-request' };

async function post(request: Uint8Array, headers: Record<string, string> = OCSP_REQUEST): Promise<OcspAnswer> {
  const started = performance.now();
  const response = await fetch(`${siege.instance.urls.va}/ocsp`, {
    method: 'POST',
    headers,
    body: Buffer.from(request),
  });
  const octets = new Uint8Array(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? undefined;
  return readAnswer(response.status, type, octets, performance.now() - started);
}

async function get(path: string): Promise<OcspAnswer> {
  const { status, headers, body, milliseconds } = await sendRaw(
    siege.instance.ports.va,
    rawRequest(`GET /ocsp${path}`),
  );
  return readAnswer(status, headers['content-type'], body, milliseconds);
}

/** An OCSP request of parts, some of which no client would send. */
function request(parts: {
  readonly ids?: readonly Uint8Array[];
  readonly extensions?: readonly Uint8Array[];
  readonly version?: number;
}): Uint8Array {
  const version = parts.version === undefined ? [] : [derExplicit(0, derInteger(parts.version))];
  const list = derSequence(...(parts.ids ?? [certId]).map((id) => derSequence(id)));
  const extensions = parts.extensions ? [derExplicit(2, derSequence(...parts.extensions))] : [];
  return derSequence(derSequence(...version, list, ...extensions));
}

const extension = (type: string, value: Uint8Array): Uint8Array => derSequence(derOid(type), derOctetString(value));
const nonce = (octets: number): Uint8Array => extension(oid.ocspNonce, derOctetString(new Uint8Array(octets).fill(7)));
const critical = (type: string): Uint8Array =>
  derSequence(derOid(type), Uint8Array.of(1, 1, 0xff), derOctetString(Uint8Array.of(5, 0)));

describe.skipIf(!present)('the samples of OCSP requests', () => {
  it('are there', () => {
    expect(samples.length).toBeGreaterThan(5);
  });

  it.each(samples)('$id: $expect', async (sample) => {
    const octets = new Uint8Array(readFileSync(join(folder, sample.file)));
    const mustBeMalformed = /^malformedRequest\(1\)( \(|$)/.test(sample.expect);
    const path = `/${encodeURIComponent(Buffer.from(octets).toString('base64'))}`;
    for (const answer of [await post(octets), await get(path)]) {
      // The samples ask about a CA that is not ours, so what is well formed is unauthorized.
      expect(mustBeMalformed ? [MALFORMED] : [MALFORMED, UNAUTHORIZED]).toContain(answer.hex);
    }
  });
});

describe('a request', () => {
  it('for a number that was never issued is not good', async () => {
    expect((await post(good)).certStatus).toBe('revoked');
  });

  it('cut anywhere is malformed', async () => {
    for (let end = 0; end < good.length; end += 1)
      expect((await post(good.subarray(0, end))).hex, `${end} octets`).toBe(MALFORMED);
  });

  it('with any octet changed has an answer, and never good', async () => {
    for (let at = 0; at < good.length; at += 1) {
      await post(good.with(at, (good[at] ?? 0) ^ (1 << (at % 8))));
      await post(good.with(at, 0xff));
    }
  });

  it('of noise is malformed', async () => {
    for (let turn = 0; turn < 50; turn += 1)
      expect((await post(new Uint8Array(randomBytes(turn * 40)))).hex).toBe(MALFORMED);
  });

  it.each<[string, () => Uint8Array, string]>([
    ['with octets behind it', () => Uint8Array.from([...good, 0]), 'malformed'],
    ['twice', () => Uint8Array.from([...good, ...good]), 'malformed'],
    ['with the version written out', () => request({ version: 0 }), 'malformed'],
    ['of another version', () => request({ version: 1 }), 'malformed'],
    ['for nothing', () => request({ ids: [] }), 'malformed'],
    ['for a thousand certificates', () => request({ ids: Array(1000).fill(certId) }), 'too large'],
    ['for 150 certificates', () => request({ ids: Array(150).fill(certId) }), 'malformed'],
    ['for 21 certificates', () => request({ ids: Array(21).fill(certId) }), 'malformed'],
    ['for 20 certificates', () => request({ ids: Array(20).fill(certId) }), 'revoked'],
    ['with an empty nonce', () => request({ extensions: [nonce(0)] }), 'malformed'],
    ['with a nonce of an octet', () => request({ extensions: [nonce(1)] }), 'revoked'],
    ['with a nonce of 32', () => request({ extensions: [nonce(32)] }), 'revoked'],
    ['with a nonce of 128', () => request({ extensions: [nonce(128)] }), 'revoked'],
    ['with a nonce of 129', () => request({ extensions: [nonce(129)] }), 'malformed'],
    ['with a nonce of 10,000', () => request({ extensions: [nonce(10_000)] }), 'malformed'],
    ['with two nonces', () => request({ extensions: [nonce(32), nonce(32)] }), 'malformed'],
    ['with five nonces', () => request({ extensions: Array(5).fill(nonce(32)) }), 'malformed'],
    [
      'with a nonce that is none',
      () => request({ extensions: [extension(oid.ocspNonce, Uint8Array.of(5, 0))] }),
      'malformed',
    ],
    ['with no extensions in their list', () => request({ extensions: [] }), 'malformed'],
    ['with an unknown critical extension', () => request({ extensions: [critical('1.2.3.4')] }), 'malformed'],
    [
      'with 400 extensions',
      () =>
        request({
          extensions: Array.from({ length: 400 }, (_, index) => extension(`1.2.3.${index}`, new Uint8Array(1))),
        }),
      'any',
    ],
    ['as a response', () => Uint8Array.fromHex('30030a0100'), 'malformed'],
    ['as a CertID', () => certId, 'malformed'],
    ['of an endless length', () => Uint8Array.fromHex('30800000'), 'malformed'],
    ['of a huge length', () => Uint8Array.fromHex('3084ffffffff00'), 'malformed'],
    ['nested without end', () => nested(), 'malformed'],
    ['of 30,000 octets', () => new Uint8Array(30_000).fill(0x30), 'too large'],
  ])('%s', async (_name, made, want) => {
    const octets = made();
    if (want === 'too large') {
      const response = await fetch(`${siege.instance.urls.va}/ocsp`, { method: 'POST', body: Buffer.from(octets) });
      expect(response.status).toBe(413);
      return;
    }
    const answer = await post(octets);
    if (want === 'malformed') expect(answer.hex).toBe(MALFORMED);
    if (want === 'revoked') expect(answer.certStatus).toBe('revoked');
  });

  it('gets its nonce back as it was sent, or none', async () => {
    for (const octets of [1, 16, 32, 33, 128]) {
      const answer = await post(request({ extensions: [nonce(octets)] }));
      if (answer.nonce !== undefined) expect(Buffer.from(answer.nonce).equals(Buffer.alloc(octets, 7))).toBe(true);
    }
  });

  it('about a foreign CA, or about two at once, is unauthorized', async () => {
    const foreign = certId.with(30, (certId[30] ?? 0) ^ 1);
    const other = certIdOf(await caOf('gateway'), Uint8Array.fromHex('4a'.repeat(16)));
    for (const ids of [[foreign], [certId, foreign], [certId, other]])
      expect((await post(request({ ids }))).hex).toBe(UNAUTHORIZED);
  });

  it.each(['00', '80', 'ff'.repeat(20), '7f'.repeat(21), '0001', '01', '4a'.repeat(19)])(
    'about serial number %s is never good',
    async (serial) => {
      // The serial number is the last element of a CertID: 02 10 and sixteen octets.
      const octets = Uint8Array.fromHex(serial);
      await post(request({ ids: [derSequence(certId.subarray(2, -18), Uint8Array.of(2, octets.length), octets)] }));
    },
  );
});

describe('a GET', () => {
  const text = () => Buffer.from(good).toString('base64');

  it.each<[string, () => string]>([
    ['plain', () => `/${text()}`],
    ['escaped', () => `/${encodeURIComponent(text())}`],
    ['escaped twice', () => `/${encodeURIComponent(encodeURIComponent(text()))}`],
    ['without padding', () => `/${text().replaceAll('=', '')}`],
    ['for URLs', () => `/${text().replaceAll('+', '-').replaceAll('/', '_')}`],
    ['with a slash more', () => `//${text()}`],
    ['with a slash at its end', () => `/${text()}/`],
    [
      'with small letters in escapes',
      () => `/${encodeURIComponent(text()).replace(/%../g, (triple) => triple.toLowerCase())}`,
    ],
    [
      'with everything escaped',
      () => `/${Array.from(text(), (char) => `%${char.charCodeAt(0).toString(16)}`).join('')}`,
    ],
    ['with a query', () => `/${text()}?a=b`],
    ['with line ends', () => `/${text().replace(/.{40}/g, '$&%0d%0a')}`],
  ])('%s is understood', async (_name, path) => {
    expect((await get(path())).certStatus).toBe('revoked');
  });

  it.each<[string, () => string]>([
    ['with nothing', () => '/'],
    ['without a slash', () => ''],
    ['that is no base64', () => '/!!!!'],
    ['with a bad percent', () => `/${text().slice(0, 20)}%zz`],
    ['with NUL', () => `/%00${text()}`],
    ['with no UTF-8', () => '/%ff%fe'],
    ['cut short', () => `/${text().slice(0, 40)}`],
    ['with something behind it', () => `/${Buffer.from([...good, 0, 0, 0]).toString('base64')}`],
    ['in capitals', () => `/${text().toUpperCase()}`],
    ['that leads out', () => '/../../etc/passwd'],
    ['that leads out, escaped', () => '/%2e%2e%2f%2e%2e%2fetc%2fpasswd'],
    ['of slashes', () => '/'.repeat(4_000)],
    ['of percents', () => `/${'%25'.repeat(1_000)}`],
  ])('%s is malformed', async (_name, path) => {
    expect((await get(path())).hex).toBe(MALFORMED);
  });

  it('too long is told to use POST', async () => {
    const long = (octets: number) => sendRaw(siege.instance.ports.va, rawRequest(`GET /ocsp/${'M'.repeat(octets)}`));
    expect((await long(5_000)).status).toBe(414);
    expect((await long(20_000)).status).toBe(431);
  });
});

describe('around it', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s is not taken', async (method) => {
    const answer = await sendRaw(siege.instance.ports.va, rawRequest(`${method} /ocsp`));
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toContain('POST');
  });

  it('another type, or none, changes nothing', async () => {
    for (const type of ['application/octet-stream', 'text/html', 'x', 'application/ocsp-request; charset=utf-8'])
      expect((await post(good, { 'content-type': type })).certStatus).toBe('revoked');
  });

  it('claims of who asks, and from where, change nothing', async () => {
    const claims = { 'x-forwarded-for': '127.0.0.1', 'x-client-cert': 'x', accept: 'image/png', range: 'bytes=0-1' };
    expect((await post(good, { ...OCSP_REQUEST, ...claims })).certStatus).toBe('revoked');
  });

  it('a thousand at once are answered', async () => {
    const ask = async (octets: Uint8Array): Promise<number> =>
      (await fetch(`${siege.instance.urls.va}/ocsp`, { method: 'POST', body: Buffer.from(octets) })).status;
    const started = performance.now();
    const all = Array.from({ length: 1_000 }, (_, index) => ask(index % 2 ? good : good.subarray(1)));
    expect(new Set(await Promise.all(all))).toEqual(new Set([200]));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('afterwards', () => {
  it('nothing was stored, and nothing is broken', async () => {
    expect(await siege.rows()).toEqual(before);
    expect(siege.faults()).toEqual([]);
    expect((await fetch(`${siege.instance.urls.va}/readyz`)).status).toBe(200);
    expect((await post(good)).certStatus).toBe('revoked');
  });
});

/** Sequences in sequences, as many as a request may have octets. */
function nested(): Uint8Array {
  let octets = Uint8Array.of(5, 0);
  while (octets.length < 18_000) octets = Uint8Array.from(derSequence(octets));
  return octets;
}
