import { createHash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { derInteger, derSequence } from '@see/asn1';
import { openDatabase, withTransaction } from '@see/db';
import { AuditSequencer, insertProposal, readLeafHashes } from '@see/db/log';
import { consistencyFault, HashTree, inclusionFault, parseCheckpointNote } from '@see/merkle';
import { importPublicJwk } from '@see/statement';
import { oid, parseCertificate, parseCrl, parseSubjectKeyIdentifier } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import {
  type IssuedCertificate,
  issue,
  ocspRequest,
  openssl,
  openVa,
  revoke,
  type TestVa,
  Workshop,
  whenReady,
} from './va-harness.ts';
import { signedRevocation } from './va-statements.ts';

let world: World;
let va: TestVa;
let workshop: Workshop;

beforeAll(async () => {
  world = await makeWorld();
  workshop = new Workshop();
  va = await openVa(world, { limits: { server: { headersTimeout: 1_500, requestTimeout: 3_000 } } });
  await whenReady(world, va);
});
afterAll(async () => {
  await va?.close();
  await world?.close();
  workshop?.remove();
});

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`${va.url}${path}`, { method, headers, redirect: 'manual' });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
}

/** Sends text as it is and returns what comes until the connection ends or nothing more comes. */
function raw(text: string, waitMs = 800): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(va.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer)).on('error', () => resolve(answer));
    socket.write(text, 'latin1');
    setTimeout(() => socket.destroy(), waitMs);
  });
}

describe('REV-13 CRLs by HTTP', () => {
  it.each(['root', 'gateway', 'individual', 'tls', 'operations'])('%s: DER that openssl verifies', async (ca) => {
    const answer = await get(`/crl/${ca}.crl`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pkix-crl');
    expect(answer.headers.get('content-encoding')).toBeNull();
    const crl = parseCrl(answer.bytes);
    expect(answer.headers.get('etag')).toBe(`"${createHash('sha256').update(answer.bytes).digest('hex')}"`);
    expect(Date.parse(answer.headers.get('last-modified') ?? '')).toBe(crl.thisUpdate.getTime());
    const [, maxAge] = /max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '') ?? [];
    expect(Date.now() + Number(maxAge) * 1000).toBeLessThan(crl.nextUpdate?.getTime() ?? 0);
    const issuer = await get(`/ca/${ca}.cer`);
    const file = workshop.write('list.crl', answer.bytes);
    const verdict = await openssl(
      'crl',
      '-in',
      file,
      '-inform',
      'DER',
      '-noout',
      '-CAfile',
      workshop.pem('ca.pem', issuer.bytes),
    );
    expect(verdict).toContain('verify OK');
  });

  it('conditional, partial and HEAD requests', async () => {
    const whole = await get('/crl/individual.crl');
    const etag = whole.headers.get('etag') ?? '';
    const modified = whole.headers.get('last-modified') ?? '';
    expect((await get('/crl/individual.crl', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('/crl/individual.crl', { 'if-none-match': '"x", W/"y"' })).status).toBe(200);
    expect((await get('/crl/individual.crl', { 'if-modified-since': modified })).status).toBe(304);
    expect((await get('/crl/individual.crl', { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' })).status).toBe(
      200,
    );
    const head = await get('/crl/individual.crl', {}, 'HEAD');
    expect([head.bytes.length, Number(head.headers.get('content-length'))]).toEqual([0, whole.bytes.length]);
    const part = await get('/crl/individual.crl', { range: 'bytes=4-9' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-9/${whole.bytes.length}`]);
    expect(part.bytes).toEqual(whole.bytes.slice(4, 10));
    const tail = await get('/crl/individual.crl', { range: 'bytes=-5' });
    expect(tail.bytes).toEqual(whole.bytes.slice(-5));
    const beyond = await get('/crl/individual.crl', { range: 'bytes=999999-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.bytes.length}`]);
    expect((await get('/crl/individual.crl', { range: 'bytes=0-1,4-5' })).status).toBe(200);
    expect((await get('/crl/individual.crl', { range: 'bytes=4-9', 'if-range': '"other"' })).status).toBe(200);
  });

  it('a new CRL is served at once and says what is revoked', async () => {
    const certificate = await issue(world);
    await revoke(world, certificate, { reason: 3 });
    const signer = await world.restartSigner();
    const ca = signer.cas.get('individual');
    if (!ca) throw new Error('no CA');
    await signer.crls.publish(ca);
    await waitUntil('the CRL', async () => {
      const crl = parseCrl((await get('/crl/individual.crl')).bytes);
      return [...crl.entries].some((entry) => entry.serialHex === certificate.serial.toHex() && entry.reason === 3);
    });
  });
});

describe('CA certificates', () => {
  it('root has the fingerprint of the instance, the chain holds all', async () => {
    const root = await get('/ca/root.cer');
    expect(root.headers.get('content-type')).toBe('application/pkix-cert');
    expect(createHash('sha256').update(root.bytes).digest('hex')).toBe(
      world.instance.rootFingerprint.toLowerCase().replaceAll(/[ :]/g, ''),
    );
    const chain = await get('/ca/chain.pem');
    expect(chain.text.match(/BEGIN CERTIFICATE/g)).toHaveLength(5);
  });
});

describe('DIR-7 directory by HTTP (RFC 4387)', () => {
  const hash = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('base64').slice(0, 27);
  const mail = 'domain-confidentiality-authority@treasury.govt.nz';
  let first: IssuedCertificate;
  let second: IssuedCertificate;
  let signing: IssuedCertificate;
  beforeAll(async () => {
    const encrypt = {
      ca: 'gateway',
      profileId: 'gateway-encrypt',
      commonName: 'domain-confidentiality-authority',
      mail,
    };
    first = await issue(world, { ...encrypt, usages: ['keyAgreement'] });
    signing = await issue(world, { ...encrypt, profileId: 'gateway-sign', usages: ['digitalSignature'] });
    await waitUntil('the directory has it', async () => (await get(`/certs/search.cgi?email=${mail}`)).status === 200);
    await waitUntil('and the other', async () => (await search('certHash', hash(signing.der))).status === 200);
  });

  const search = (attribute: string, value: string) =>
    get(`/certs/search.cgi?${new URLSearchParams({ [attribute]: value }).toString()}`);

  it.each(['uri', 'email'])('by %s: the current encryption certificate alone', async (attribute) => {
    const answer = await search(attribute, mail);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pkix-cert']);
    expect(answer.bytes).toEqual(first.der);
    expect(answer.headers.get('transfer-encoding')).toBeNull();
  });

  it('by every hash, also what does not encrypt', async () => {
    const certificate = parseCertificate(signing.der);
    const ski = certificate.extension(oid.subjectKeyIdentifier);
    if (!ski) throw new Error('no SKI');
    const values: Record<string, Uint8Array> = {
      certHash: signing.der,
      iAndSHash: derSequence(certificate.issuerDer, derInteger(certificate.serialNumber)),
      sKIDHash: parseSubjectKeyIdentifier(ski.value),
    };
    for (const [attribute, bytes] of Object.entries(values)) {
      const answer = await search(attribute, hash(bytes));
      expect([attribute, answer.status]).toEqual([attribute, 200]);
      expect(answer.bytes).toEqual(signing.der);
    }
    const bySubject = await search('sHash', hash(certificate.subjectDer));
    expect(bySubject.headers.get('content-type')).toMatch(/^multipart\/mixed; boundary="/);
    const byIssuer = await search('iHash', hash(certificate.issuerDer));
    expect(byIssuer.bytes).toEqual(first.der);
    const ca = parseCertificate((await get('/ca/gateway.cer')).bytes);
    expect((await search('sHash', hash(ca.subjectDer))).bytes).toEqual(ca.der);
  });

  it('several come as multipart/mixed, the newest first; a revoked one goes', async () => {
    second = await issue(world, {
      ca: 'gateway',
      profileId: 'gateway-encrypt',
      commonName: 'domain-confidentiality-authority',
      mail,
      usages: ['keyAgreement'],
      notBefore: new Date(Date.now() - 10_000),
    });
    const answer = await waitUntil('both', async () => {
      const found = await search('name', 'domain-confidentiality-authority');
      return found.headers.get('content-type')?.startsWith('multipart/mixed') ? found : undefined;
    });
    const [, boundary] = /boundary="([^"]+)"/.exec(answer.headers.get('content-type') ?? '') ?? [];
    const parts = Buffer.from(answer.bytes).toString('latin1').split(`--${boundary}`).slice(1, -1);
    const ders = parts.map((part) =>
      Buffer.from(part.split('\r\n\r\n').slice(1).join('\r\n\r\n').slice(0, -2), 'latin1'),
    );
    expect(ders.map((der) => der.toString('hex'))).toEqual([second.der.toHex(), first.der.toHex()]);
    await revokeByTwo(second);
    await waitUntil('one is left', async () => Buffer.from((await search('email', mail)).bytes).equals(first.der));
    expect((await search('certHash', hash(second.der))).bytes).toEqual(second.der);
  });

  it('refuses what is no search and finds nothing where nothing is', async () => {
    for (const query of [
      '',
      '?',
      '?certHash=abc',
      '?certHash=***************************',
      '?colour=red',
      '?email=a@b&name=c',
      '?email=',
    ])
      expect([query, (await get(`/certs/search.cgi${query}`)).status]).toEqual([query, 400]);
    expect((await search('email', 'nobody@treasury.govt.nz')).status).toBe(404);
    expect((await search('email', '*')).status).toBe(404);
    expect((await search('certHash', 'A'.repeat(27))).status).toBe(404);
  });

  it('finds CRLs', async () => {
    const crl = await get('/crl/gateway.crl');
    const answer = await get(
      `/crls/search.cgi?${new URLSearchParams({ iHash: hash(parseCrl(crl.bytes).issuerDer) }).toString()}`,
    );
    expect(answer.bytes).toEqual(crl.bytes);
    expect((await get(`/crls/search.cgi?iHash=${'A'.repeat(27)}`)).status).toBe(404);
  });

  it('DIR-8 the member list names it, signed by va', async () => {
    const list = await get('/members.json');
    const { members } = JSON.parse(list.text) as {
      members: {
        agency: string;
        domains: string[];
        dca: { sha256: string }[];
        dsa: { sha256: string }[];
        since: string;
        validUntil: string;
      }[];
    };
    const treasury = members.find((member) => member.agency === 'treasury');
    expect(treasury?.domains).toContain('treasury.govt.nz');
    expect(members.length).toBeGreaterThanOrEqual(3);
    expect(treasury?.since).toMatch(/^2\d{3}-/);
    const jws = (await get('/members.json.jws')).text;
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string; alg: string };
    const key = world.signer.chain.authority.serviceKeys.get(kid);
    expect([alg, key?.service]).toEqual(['ES384', 'va']);
    if (!key) throw new Error('no key');
    const holds = verify(
      'sha384',
      Buffer.from(`${header}.${payload}`),
      { key: importPublicJwk(key.publicKey), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(holds).toBe(true);
    expect(Buffer.from(payload, 'base64url').toString()).toBe(list.text);
  });
});

/** Gateway certificates are revoked by a statement of two operators. */
async function revokeByTwo(certificate: IssuedCertificate): Promise<void> {
  const statementDigest = await signedRevocation(world, certificate, 'superseded', world.operators);
  await revoke(world, certificate, { reason: 4, statementDigest });
}

describe('policy page', () => {
  it('has an anchor for each type and no way to run anything', async () => {
    const page = await get('/cp');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const id of world.signer.chain.authority.types.keys()) expect(page.text).toContain(`id="${id}"`);
    expect(page.text).not.toMatch(/<script|\son[a-z]+=|style="/);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page.text) ?? [];
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });

  it('is in the language that its reader asks for or chose, and caches keep them apart', async () => {
    const english = await get('/cp');
    const maori = await get('/cp', { 'accept-language': 'mi-NZ, en;q=0.5' });
    expect([english.text, maori.text].map((text) => /<html lang="([^"]+)"/.exec(text)?.[1])).toEqual([
      'en-NZ',
      'mi-NZ',
    ]);
    expect(maori.text).toContain('Ngā kaupapahere tiwhikete');
    // What the authority signed stands in English, and is marked so.
    const { title } = world.signer.chain.authority.types.values().next().value ?? { title: 'no type' };
    expect(maori.text).toContain(`<span lang="en-NZ">${title}</span>`);
    expect(maori.headers.get('vary')).toBe('accept-language, cookie');
    expect(maori.headers.get('etag')).not.toBe(english.headers.get('etag'));
    const known = { 'if-none-match': english.headers.get('etag') ?? '' };
    expect((await get('/cp', known)).status).toBe(304);
    expect((await get('/cp', { ...known, 'accept-language': 'mi' })).status).toBe(200);

    const choice = await get('/language/mi');
    expect([choice.status, choice.headers.get('location'), choice.headers.get('cache-control')]).toEqual([
      303,
      '/cp',
      'no-store',
    ]);
    const [cookie = ''] = choice.headers.getSetCookie();
    expect(cookie).toMatch(/^see-language=mi; .*HttpOnly/);
    const chosen = await get('/cp', { cookie: cookie.split(';')[0] ?? '', 'accept-language': 'en' });
    expect(chosen.text).toBe(maori.text);
    for (const path of ['/language/fr', '/language/mi/', '/language']) expect((await get(path)).status).toBe(404);
  });
});

describe('audit log', () => {
  it('serves the signed checkpoint and proofs that hold', async () => {
    expect((await get('/log/checkpoint')).status).toBe(503);
    const worker = openDatabase(world.postgres.serviceUrl('worker'), { applicationName: 'test worker' });
    try {
      const leaves = async () => {
        const tree = new HashTree();
        for (const leaf of await readLeafHashes(worker, 0, 10_000)) tree.append(leaf);
        return tree;
      };
      await new AuditSequencer(worker, () => performance.now()).run();
      const tree = await leaves();
      await withTransaction(worker, (tx) =>
        insertProposal(tx, { treeSize: tree.size, rootHash: tree.root(), previousSize: 0, proof: [] }),
      );
      await (await world.restartSigner()).checkpoints.run();
    } finally {
      await worker.destroy();
    }
    const note = await waitUntil('the checkpoint', async () => {
      const answer = await get('/log/checkpoint');
      return answer.status === 200 ? answer.text : undefined;
    });
    const checkpoint = parseCheckpointNote(note);
    expect(checkpoint.origin).toBe(`see-pki/${world.instance.instance}/log`);
    const { size, root } = checkpoint;
    const entries = JSON.parse((await get(`/log/entries?start=0&end=${size - 1}`)).text) as {
      entries: { index: number; leafHash: string }[];
    };
    expect(entries.entries).toHaveLength(Math.min(size, 1000));
    const index = Math.floor(size / 2);
    const inclusion = JSON.parse((await get(`/log/proof/inclusion?index=${index}&size=${size}`)).text) as {
      leafHash: string;
      proof: string[];
    };
    expect(inclusion.leafHash).toBe(entries.entries[index]?.leafHash);
    const proof = inclusion.proof.map((one) => Uint8Array.fromBase64(one));
    expect(
      inclusionFault({ index, size, leafHash: Uint8Array.fromBase64(inclusion.leafHash), root, proof }),
    ).toBeUndefined();
    const old = new HashTree();
    for (const { leafHash } of entries.entries.slice(0, index)) old.append(Uint8Array.fromBase64(leafHash));
    const consistency = JSON.parse((await get(`/log/proof/consistency?first=${index}&second=${size}`)).text) as {
      proof: string[];
    };
    const fault = consistencyFault({
      oldSize: index,
      oldRoot: old.root(),
      newSize: size,
      newRoot: root,
      proof: consistency.proof.map((one) => Uint8Array.fromBase64(one)),
    });
    expect(fault).toBeUndefined();
    for (const query of [
      '?start=5&end=1',
      `?start=0&end=${size}`,
      '?start=-1&end=2',
      '?start=0',
      '?start=0&end=1&x=2',
      '?start=1e1&end=20',
    ])
      expect([query, (await get(`/log/entries${query}`)).status]).toEqual([query, 400]);
  });
});

describe('health', () => {
  it('says how it is', async () => {
    expect((await get('/healthz')).text).toBe('{"status":"ok"}\n');
    expect(JSON.parse((await get('/readyz')).text)).toMatchObject({ ready: true, missing: [] });
    const metrics = await get('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    for (const name of [
      'see_va_ocsp_answers_total',
      'see_va_crl_number{ca="gateway",kind="full"}',
      'see_va_status_lag_seconds',
      'see_va_ocsp_queue',
    ])
      expect(metrics.text).toContain(name);
    const runbook = readFileSync(new URL('../../docs/runbooks/validation-authority.md', import.meta.url), 'utf8');
    const rules = runbook.slice(runbook.indexOf('```yaml'));
    const named = new Set(rules.match(/\bsee_va_\w+/g));
    expect(named.size).toBeGreaterThan(8);
    expect([...named].filter((name) => !metrics.text.includes(`# TYPE ${name} `))).toEqual([]);
    const beat = await waitUntil('a heartbeat', () =>
      world.owner.selectFrom('heartbeats').select('pid').where('process', '=', 'va').executeTakeFirst(),
    );
    expect(beat.pid).toBe(process.pid);
  });
});

describe('bad input', () => {
  it.each([
    '/crl/..%2f..%2f..%2fetc%2fpasswd',
    '/crl/%2e%2e/%2e%2e/etc/passwd',
    '/crl/....//etc/passwd',
    '/crl/a%00.crl',
    '/%5c..%5c',
    '/crl/../../etc/passwd',
    '/crl/INDIVIDUAL.crl',
    '/crl/individual.crl/',
    '/ca/constructor.cer',
    '/log/__proto__',
    '/nowhere',
    '/OCSP',
  ])('%s gives nothing', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).not.toContain('root:');
    expect(answer).toContain('application/problem+json');
  });

  it('other methods are refused with Allow; HEAD has no body', async () => {
    for (const path of ['/crl/individual.crl', '/members.json', '/healthz', '/cp']) {
      const answer = await get(path, {}, 'POST');
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
      const head = await get(path, {}, 'HEAD');
      expect([path, head.status, head.bytes.length]).toEqual([path, 200, 0]);
    }
  });

  it('a long address and a large header are refused', async () => {
    expect((await get(`/${'a'.repeat(5000)}`)).status).toBe(414);
    expect((await get(`/ocsp/${'M'.repeat(5000)}`)).status).toBe(414);
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('Host says nothing', async () => {
    const evil = await raw('GET /cp HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n');
    expect(evil).toMatch(/^HTTP\/1\.1 200 /);
    expect(evil).not.toContain('evil.test');
    const absolute = await raw('GET http://evil.test/healthz HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n');
    expect(absolute).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('slow senders are cut off while others are served', async () => {
    const slow = Array.from({ length: 50 }, () => raw('GET /healthz HTTP/1.1\r\nX-Slow: ', 6_000));
    const slowBody = raw('POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nab', 8_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await get('/healthz')).status).toBe(200);
    const started = performance.now();
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - started).toBeLessThan(5_500);
    expect(await slowBody).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('closing', () => {
  it('answers what is under way with Connection: close, then listens no more', async () => {
    const certificate = await issue(world);
    const body = Buffer.from(ocspRequest(world, certificate));
    const answer = new Promise<string>((resolve) => {
      const socket = connect(va.port, '127.0.0.1');
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
      socket.write(`POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`);
      setTimeout(() => socket.write(body), 300);
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const closed = va.close();
    expect((await answer).toLowerCase()).toMatch(/^http\/1\.1 200 ok[\s\S]*connection: close/);
    await closed;
    await expect(fetch(`${va.url}/healthz`)).rejects.toThrow();
    va = await openVa(world);
  });
});
