import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { derInteger, derNull, derOctetString, derOid, derSequence } from '@see/asn1';
import { lintOcspResponse } from '@see/lint';
import { buildOcspRequest, type CertIdHash, encodeCertId, parseOcspResponse } from '@see/ocsp';
import { oid, parseSpki } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import {
  certIdOf,
  type IssuedCertificate,
  issue,
  openssl,
  openVa,
  revoke,
  type TestVa,
  Workshop,
  whenReady,
} from './va-harness.ts';

const hostile = join(import.meta.dirname, '../../../shared/hostile');
const samples = existsSync(join(hostile, 'manifest.json'))
  ? (JSON.parse(readFileSync(join(hostile, 'manifest.json'), 'utf8')) as Sample[]).filter(({ kind }) => kind === 'ocsp')
  : [];
if (samples.length === 0) console.warn(`SKIPPED: the hostile OCSP requests are not at ${hostile}`);

interface Sample {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
}

let world: World;
let va: TestVa;
let workshop: Workshop;
let good: IssuedCertificate;
let revoked: IssuedCertificate;

beforeAll(async () => {
  world = await makeWorld();
  workshop = new Workshop();
  va = await openVa(world);
  await whenReady(world, va);
  good = await issue(world);
  revoked = await issue(world);
  await revoke(world, revoked, { reason: 4 });
  workshop.write('chain.pem', await (await fetch(`${va.url}/ca/chain.pem`)).text());
  workshop.pem('issuer.pem', caOf('individual').certificate);
  workshop.pem('good.pem', good.der);
  workshop.pem('revoked.pem', revoked.der);
});
afterAll(async () => {
  await va?.close();
  await world?.close();
  workshop?.remove();
});

function caOf(id: string) {
  const ca = world.signer.cas.get(id);
  if (!ca) throw new Error(`no CA ${id}`);
  return ca;
}

function certId(certificate: { ca: string; serial: Uint8Array }, hashAlgorithm?: CertIdHash): Uint8Array {
  return certIdOf(world, certificate, hashAlgorithm);
}

async function post(request: Uint8Array) {
  const response = await fetch(`${va.url}/ocsp`, {
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request' },
    body: request,
  });
  return read(response);
}

async function get(path: string, headers: Record<string, string> = {}) {
  return read(await fetch(`${va.url}/ocsp${path}`, { headers }));
}

async function read(response: Response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isAnswer = response.headers.get('content-type') === 'application/ocsp-response';
  const parsed = isAnswer && bytes.length > 0 ? parseOcspResponse(bytes) : undefined;
  return { http: response.status, headers: response.headers, bytes, status: parsed?.status, basic: parsed?.basic };
}

function neverIssued(ca = 'individual') {
  const serial = new Uint8Array(randomBytes(16));
  serial[0] = 0x41;
  return { ca, serial };
}

function base64(request: Uint8Array): string {
  return Buffer.from(request).toString('base64');
}

describe('REV-20 GET takes every spelling of the path', () => {
  // A request whose base64 has what needs escaping.
  const awkward = async () => {
    for (;;) {
      const certificate = await issue(world, { quiet: true });
      const text = base64(buildOcspRequest([certId(certificate, 'sha1')]));
      if (text.includes('+') && text.includes('/') && text.endsWith('=')) return text;
    }
  };

  it('raw, escaped, doubled, without padding, base64url, with slashes at either end', async () => {
    const text = await awkward();
    const spellings = [
      `/${text}`,
      `/${encodeURIComponent(text)}`,
      `/${encodeURIComponent(encodeURIComponent(text))}`,
      `/${text.replaceAll('=', '')}`,
      `/${text.replaceAll('+', '-').replaceAll('/', '_')}`,
      `//${text}`,
      `/${text}/`,
    ];
    for (const path of spellings) {
      const answer = await get(path);
      expect([path, answer.http, answer.status], path).toEqual([path, 200, 'successful']);
      expect(answer.basic?.responses[0]?.status.kind).toBe('good');
    }
  });

  it('the same address is answered from memory with the same octets', async () => {
    const path = `/${encodeURIComponent(base64(buildOcspRequest([certId(good)])))}`;
    const first = await get(path);
    const second = await get(path);
    expect(second.bytes).toEqual(first.bytes);
    expect(await (await fetch(`${va.url}/metrics`)).text()).toMatch(/status="good",path="request"\} [1-9]/);
  });

  it('is malformed where there is no request', async () => {
    for (const path of ['', '/', '/%%%', '/AAAA', `/${'M'.repeat(3000)}`]) {
      const answer = await get(path);
      expect([path, answer.http, answer.status]).toEqual([path, 200, 'malformedRequest']);
    }
  });
});

describe('REV-21 form of the answer', () => {
  it('media type, length, 200 for errors too', async () => {
    for (const request of [buildOcspRequest([certId(good)]), Uint8Array.of(0x30, 0)]) {
      const answer = await post(request);
      expect(answer.http).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/ocsp-response');
      expect(Number(answer.headers.get('content-length'))).toBe(answer.bytes.length);
    }
  });
});

describe('REV-22 and REV-23 who answers', () => {
  it('byKey, with the delegate that the CA signed, without the root', async () => {
    const { basic } = await post(buildOcspRequest([certId(good)]));
    expect(basic?.responderId.kind).toBe('byKey');
    expect(basic?.certs).toHaveLength(1);
    const findings = lintOcspResponse((await post(buildOcspRequest([certId(good)]))).bytes, {
      purpose: 'issuing-ca',
      issuer: caOf('individual').certificate,
      now: new Date(),
    });
    expect(findings).toEqual([]);
  });

  it('another delegate for another CA', async () => {
    const other = await issue(world, { ca: 'tls', profileId: 'tls-server' });
    const one = await post(buildOcspRequest([certId(good)]));
    const two = await post(buildOcspRequest([certId(other)]));
    expect(two.basic?.responses[0]?.status.kind).toBe('good');
    expect(one.basic?.certs).not.toEqual(two.basic?.certs);
  });
});

describe('REV-24 times', () => {
  it('thisUpdate is the second of signing, nextUpdate twelve hours later, never beyond the delegate', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const fresh = await issue(world);
    const { basic } = await post(buildOcspRequest([certId(fresh)]));
    const [single] = basic?.responses ?? [];
    const thisUpdate = single?.thisUpdate.getTime() ?? 0;
    expect(thisUpdate).toBeGreaterThanOrEqual(before);
    expect(thisUpdate).toBeLessThanOrEqual(Date.now());
    expect(basic?.producedAt.getTime()).toBe(thisUpdate);
    expect((single?.nextUpdate?.getTime() ?? 0) - thisUpdate).toBe(12 * 3_600_000);
  });
});

describe('REV-25 statuses', () => {
  it('good is 8000, revoked has time and reason', async () => {
    const answer = await post(buildOcspRequest([certId(good)]));
    expect(Buffer.from(answer.bytes).includes(Buffer.from('8000', 'hex'))).toBe(true);
    const { basic } = await post(buildOcspRequest([certId(revoked)]));
    expect(basic?.responses[0]?.status).toMatchObject({ kind: 'revoked', reason: 4 });
  });
});

describe('REV-26 serial numbers that were never issued', () => {
  it('revoked since 1970 on hold, extended-revoke, for five minutes, not kept', async () => {
    const answer = await post(buildOcspRequest([certId(neverIssued())]));
    expect(answer.basic?.responses[0]?.status).toEqual({ kind: 'revoked', revocationTime: new Date(0), reason: 6 });
    expect(answer.basic?.extensions.map((extension) => extension.oid)).toContain(oid.ocspExtendedRevoke);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [single] = answer.basic?.responses ?? [];
    expect((single?.nextUpdate?.getTime() ?? 0) - (single?.thisUpdate.getTime() ?? 0)).toBe(300_000);
  });

  it('a serial number of which only the intent is there: try later, then good', async () => {
    const intent = await issue(world, { intentOnly: true });
    expect((await post(buildOcspRequest([certId(intent)]))).status).toBe('tryLater');
  });

  it('a certificate of which nobody was told is good at the first question', async () => {
    const quiet = await issue(world, { quiet: true });
    expect((await post(buildOcspRequest([certId(quiet)]))).basic?.responses[0]?.status.kind).toBe('good');
  });

  it('serial numbers that no certificate can have are never good', async () => {
    for (const serial of ['00', '01', 'ff00000000000000', '7f'.repeat(21)]) {
      const answer = await post(buildOcspRequest([certId({ ca: 'individual', serial: Uint8Array.fromHex(serial) })]));
      expect(answer.basic?.responses[0]?.status.kind, serial).toBe('revoked');
    }
  });
});

describe('REV-27 errors without response bytes', () => {
  it('a foreign issuer, the root, a foreign hash: unauthorized; no DER: malformed', async () => {
    const root = world.owner.selectFrom('cas').select('certificate').where('id', '=', 'root');
    const { subjectDer, spki } = await import('@see/x509').then(async ({ parseCertificate }) =>
      parseCertificate((await root.executeTakeFirstOrThrow()).certificate),
    );
    const sha1 = (bytes: Uint8Array) => new Uint8Array(createHash('sha1').update(bytes).digest());
    const rootId = encodeCertId({
      hashAlgorithm: 'sha1',
      issuerNameHash: sha1(subjectDer),
      issuerKeyHash: sha1(parseSpki(spki).publicKeyBits),
      serialNumber: good.serial,
    });
    const foreign = encodeCertId({
      hashAlgorithm: 'sha256',
      issuerNameHash: new Uint8Array(32),
      issuerKeyHash: new Uint8Array(32),
      serialNumber: good.serial,
    });
    const md5 = derSequence(
      derSequence(derOid('1.2.840.113549.2.5'), derNull()),
      derOctetString(new Uint8Array(16)),
      derOctetString(new Uint8Array(16)),
      derInteger(good.serial),
    );
    for (const id of [rootId, foreign, md5]) {
      const answer = await post(buildOcspRequest([id]));
      expect([answer.http, answer.status, answer.bytes.length]).toEqual([200, 'unauthorized', 5]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect((await post(new TextEncoder().encode('hello'))).status).toBe('malformedRequest');
  });
});

describe('REV-28 expired certificates', () => {
  it('keep their real status, with archiveCutoff', async () => {
    const past = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2026-02-01T00:00:00Z') };
    const [expired, expiredRevoked] = [await issue(world, past), await issue(world, past)];
    await revoke(world, expiredRevoked);
    const first = await post(buildOcspRequest([certId(expired)]));
    expect(first.basic?.responses[0]?.status.kind).toBe('good');
    expect(first.basic?.responses[0]?.singleExtensions.map((one) => one.oid)).toEqual([oid.ocspArchiveCutoff]);
    // A revocation is in the answers within a second, not at once.
    const ask = () => post(buildOcspRequest([certId(expiredRevoked)]));
    await waitUntil(
      'the revocation in the answers',
      async () => (await ask()).basic?.responses[0]?.status.kind === 'revoked',
      5_000,
    );
    const second = await ask();
    expect(second.basic?.responses[0]?.status).toMatchObject({ kind: 'revoked', reason: 1 });
    expect((await post(buildOcspRequest([certId(good)]))).basic?.responses[0]?.singleExtensions).toEqual([]);
  });
});

describe('REV-29 CertIDs', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('%s is found and echoed as sent', async (hash) => {
    const id = certId(good, hash);
    const { basic } = await post(buildOcspRequest([id]));
    expect(basic?.responses[0]?.certId.der).toEqual(id);
    expect(basic?.responses[0]?.status.kind).toBe('good');
  });

  it('echoes absent algorithm parameters as absent', async () => {
    const ca = caOf('individual');
    const sha1 = (bytes: Uint8Array) => new Uint8Array(createHash('sha1').update(bytes).digest());
    const id = derSequence(
      derSequence(derOid(oid.sha1)),
      derOctetString(sha1(ca.subjectDer)),
      derOctetString(sha1(parseSpki(ca.key.spki).publicKeyBits)),
      derInteger(good.serial),
    );
    expect((await post(buildOcspRequest([id]))).basic?.responses[0]?.certId.der).toEqual(id);
  });

  it('answers all certificates of one request, at most twenty, of one CA', async () => {
    const ids = [certId(good), certId(revoked), certId(neverIssued())];
    const { basic } = await post(buildOcspRequest(ids));
    expect(basic?.responses.map((one) => one.certId.der)).toEqual(ids);
    expect(basic?.responses.map((one) => one.status.kind)).toEqual(['good', 'revoked', 'revoked']);
    const twenty = Array.from({ length: 20 }, () => certId(good));
    expect((await post(buildOcspRequest(twenty))).basic?.responses).toHaveLength(20);
    expect((await post(buildOcspRequest([...twenty, certId(good)]))).status).toBe('malformedRequest');
    const mixed = [certId(good), certId({ ca: 'tls', serial: good.serial })];
    expect((await post(buildOcspRequest(mixed))).status).toBe('unauthorized');
  });
});

describe('REV-30 nonces', () => {
  it.each([1, 16, 32, 33, 128])('of %i octets is echoed and nothing is kept', async (length) => {
    const nonce = new Uint8Array(randomBytes(length));
    const answer = await post(buildOcspRequest([certId(good)], nonce));
    expect(answer.basic?.nonce).toEqual(nonce);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([0, 129])('of %i octets is malformed', async (length) => {
    expect((await post(buildOcspRequest([certId(good)], new Uint8Array(length)))).status).toBe('malformedRequest');
  });

  it('by GET is not answered from memory', async () => {
    const path = `/${encodeURIComponent(base64(buildOcspRequest([certId(good)], new Uint8Array(randomBytes(32)))))}`;
    const [one, two] = [await get(path), await get(path)];
    expect(one.bytes).not.toEqual(two.bytes);
  });
});

describe('REV-31 HTTP caching', () => {
  it('validators and times of an answer that may be kept', async () => {
    const answer = await get(`/${encodeURIComponent(base64(buildOcspRequest([certId(good)])))}`);
    const [single] = answer.basic?.responses ?? [];
    const thisUpdate = single?.thisUpdate.getTime() ?? 0;
    const nextUpdate = single?.nextUpdate?.getTime() ?? 0;
    expect(answer.headers.get('etag')).toBe(`"${createHash('sha256').update(answer.bytes).digest('hex')}"`);
    expect(Date.parse(answer.headers.get('last-modified') ?? '')).toBe(thisUpdate);
    expect(Date.parse(answer.headers.get('expires') ?? '')).toBe(nextUpdate);
    expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
    const control = answer.headers.get('cache-control') ?? '';
    const [, maxAge] = /^max-age=(\d+),public,no-transform,must-revalidate$/.exec(control) ?? [];
    expect(Number(maxAge)).toBeGreaterThan(0);
    expect(Date.now() + Number(maxAge) * 1000).toBeLessThan(nextUpdate);
  });

  it('If-None-Match gives 304, for GET and HEAD', async () => {
    const url = `${va.url}/ocsp/${encodeURIComponent(base64(buildOcspRequest([certId(good)])))}`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    for (const method of ['GET', 'HEAD']) {
      const again = await fetch(url, { method, headers: { 'if-none-match': etag } });
      expect([again.status, (await again.arrayBuffer()).byteLength, again.headers.get('etag')]).toEqual([304, 0, etag]);
    }
    const other = await fetch(url, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
    await other.arrayBuffer();
  });

  it('HEAD has the headers of GET and no body', async () => {
    const url = `${va.url}/ocsp/${encodeURIComponent(base64(buildOcspRequest([certId(good)])))}`;
    const [head, full] = [await fetch(url, { method: 'HEAD' }), await fetch(url)];
    const length = (await full.arrayBuffer()).byteLength;
    expect(Number(head.headers.get('content-length'))).toBe(length);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
  });
});

describe('REV-32 and hostile requests', () => {
  it('other methods are refused with Allow', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS']) {
      const answer = await fetch(`${va.url}/ocsp`, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
      await answer.arrayBuffer();
    }
  });

  it('a body that is too large is refused', async () => {
    const answer = await fetch(`${va.url}/ocsp`, { method: 'POST', body: new Uint8Array(30_000) });
    expect(answer.status).toBe(413);
    await answer.arrayBuffer();
  });

  it.skipIf(samples.length === 0)('the samples get the right answers', async () => {
    const seen = new Map<string, string | undefined>();
    for (const { id, file } of samples)
      seen.set(id, (await post(new Uint8Array(readFileSync(join(hostile, file))))).status);
    expect(Object.fromEntries(seen)).toMatchObject({
      'ocsp-nonce-0': 'malformedRequest',
      'ocsp-nonce-twice': 'malformedRequest',
      'ocsp-hash-length': 'malformedRequest',
      'ocsp-critical-ext': 'malformedRequest',
      'ocsp-response-sent': 'malformedRequest',
      'ocsp-nonce-33': 'unauthorized',
      'ocsp-serial-0': 'unauthorized',
    });
    expect(seen.size).toBeGreaterThanOrEqual(7);
  });
});

describe('REV-33 signatures, as openssl sees them', () => {
  const ask = (certificate: string, ...more: string[]) =>
    openssl(
      'ocsp',
      '-issuer',
      join(workshop.folder, 'issuer.pem'),
      ...(more.includes('-sha256') ? ['-sha256'] : []),
      '-cert',
      join(workshop.folder, certificate),
      '-CAfile',
      join(workshop.folder, 'chain.pem'),
      '-url',
      `${va.url}/ocsp`,
      ...more.filter((one) => one !== '-sha256'),
    );

  it.each([
    ['SHA-1', []],
    ['SHA-256', ['-sha256']],
    ['without nonce', ['-no_nonce']],
    ['without nonce, SHA-256', ['-no_nonce', '-sha256']],
  ])('by POST, %s', async (_, more) => {
    const goodAnswer = await ask('good.pem', ...more);
    expect(goodAnswer).toContain('Response verify OK');
    expect(goodAnswer).toMatch(/good\.pem: good/);
    const revokedAnswer = await ask('revoked.pem', ...more);
    expect(revokedAnswer).toContain('Response verify OK');
    expect(revokedAnswer).toMatch(/revoked\.pem: revoked[\s\S]*Reason: superseded/);
  });

  it('by GET', async () => {
    const request = join(workshop.folder, 'request.der');
    const issuer = join(workshop.folder, 'issuer.pem');
    const cert = join(workshop.folder, 'good.pem');
    await openssl('ocsp', '-issuer', issuer, '-cert', cert, '-no_nonce', '-reqout', request);
    const answer = await get(`/${encodeURIComponent(readFileSync(request).toString('base64'))}`);
    const saved = workshop.write('response.der', answer.bytes);
    const chain = join(workshop.folder, 'chain.pem');
    const verdict = await openssl('ocsp', '-issuer', issuer, '-cert', cert, '-CAfile', chain, '-respin', saved);
    expect(verdict).toContain('Response verify OK');
    expect(verdict).toMatch(/good\.pem: good/);
  });

  it('is ecdsa-with-SHA384 by a P-384 key', async () => {
    const { basic } = await post(buildOcspRequest([certId(good)]));
    expect(basic?.signatureAlgorithm).toBe('ecdsa-sha384');
  });
});
