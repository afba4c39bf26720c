import { randomBytes, randomUUID } from 'node:crypto';
import { encodePem } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Besieged, besiege, expectRefused } from '../support/besieged.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { csrOf, newKey } from '../support/world.ts';

let siege: Besieged;
let before: Readonly<Record<string, number>>;
beforeAll(async () => {
  siege = await besiege();
  before = await siege.rows();
});
afterAll(() => siege?.close());

const CRLF = '\r\n';
const json = { 'content-type': 'application/json' };
const good = csrOf(newKey());

/** An order that would be taken; nothing here is to get this far. */
const order = (): Record<string, unknown> => ({
  agencyId: 'treasury',
  applicantId: siege.people['grace.liu@treasury.govt.nz'],
  sponsorId: siege.people['susan.grant@treasury.govt.nz'],
  agentId: siege.people['hemi.walker@treasury.govt.nz'],
  items: [{ profile: 'gateway-sign', csr: encodePem('CERTIFICATE REQUEST', good) }],
});

describe('a body of JSON', () => {
  const text = (change: (order: string) => string | Uint8Array) => () => change(JSON.stringify(order()));
  const member = (name: string, value: unknown) => () => JSON.stringify({ ...order(), [name]: value });
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const bytes = (prefix: string, hex: string, suffix: string) => () =>
    Buffer.concat([Buffer.from(prefix), Buffer.from(hex, 'hex'), Buffer.from(suffix)]);

  it.each<[string, () => string | Uint8Array, string]>([
    ['that is empty', () => '', 'malformed-json'],
    ['of white space', () => ' \n\t', 'malformed-json'],
    ['of null', () => 'null', 'invalid-request'],
    ['of a number', () => '7', 'invalid-request'],
    ['of a text', () => '"x"', 'invalid-request'],
    ['of a list', text((order) => `[${order}]`), 'invalid-request'],
    ['cut short', text((order) => order.slice(0, -1)), 'malformed-json'],
    ['with something behind it', text((order) => `${order}{}`), 'malformed-json'],
    ['with a comment', text((order) => `/**/${order}`), 'malformed-json'],
    ['with a comma too many', text((order) => order.replace(/}$/, ',}')), 'malformed-json'],
    ['in single quotes', text((order) => order.replaceAll('"', "'")), 'malformed-json'],
    ['with NaN', text((order) => order.replace('{', '{"validityDays":NaN,')), 'malformed-json'],
    ['that names a member twice', text((order) => order.replace('{', '{"agencyId":"dpmc",')), 'duplicate-member'],
    [
      'that names a member twice, once escaped',
      text((order) => order.replace('{', '{"agency\\u0049d":"dpmc",')),
      'duplicate-member',
    ],
    [
      'that names a member of an item twice',
      text((order) => order.replace('"profile"', '"profile":"tls-server","profile"')),
      'duplicate-member',
    ],
    [
      'that names __proto__',
      text((order) => order.replace('{', '{"__proto__":{"role":"operator"},')),
      'forbidden-member',
    ],
    [
      'that names __proto__ in disguise',
      text((order) => order.replace('{', '{"__pr\\u006fto__":{},')),
      'forbidden-member',
    ],
    [
      'that names constructor further in',
      text((order) => order.replace('"profile"', '"constructor":{"prototype":{}},"profile"')),
      'forbidden-member',
    ],
    ['with an unknown member', member('role', 'operator'), 'invalid-request'],
    ['with a member in capitals', member('AgencyId', 'treasury'), 'invalid-request'],
    ['with a number for a text', member('agencyId', 7), 'invalid-request'],
    ['with a text for a number', member('validityDays', '7'), 'invalid-request'],
    ['with true for a number', member('validityDays', true), 'invalid-request'],
    ['with a fraction', member('validityDays', 7.5), 'invalid-request'],
    ['with a number below all', member('validityDays', -1), 'invalid-request'],
    ['with a number beyond all', text((order) => order.replace('{', '{"validityDays":1e400,')), 'invalid-request'],
    ['with a list for a text', member('agencyId', ['treasury']), 'invalid-request'],
    ['with an object for a list', member('items', { length: 1, 0: {} }), 'invalid-request'],
    ['with no items', member('items', []), 'invalid-request'],
    ['with a thousand items', member('items', Array(1000).fill({ profile: 'gateway-sign' })), 'invalid-request'],
    ['with null for a text', member('agencyId', null), 'invalid-request'],
    ['with a path for an agency', member('agencyId', '../dpmc'), 'invalid-request'],
    ['with SQL for an agency', member('agencyId', "treasury' or '1'='1"), 'invalid-request'],
    ['with NUL in a text', member('organizationName', 'The\0Treasury'), 'malformed-text'],
    ['with an escape of terminals', member('organizationName', 'The\u001b[31mTreasury'), 'malformed-text'],
    ['with half a character', text((order) => order.replace('{', '{"organizationName":"\\ud800",')), 'malformed-text'],
    ['with a long text', member('organizationName', 'x'.repeat(70_000)), 'invalid-request'],
    [
      'with 10,000 unknown members',
      () => JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`m${index}`, 1]))),
      'invalid-request',
    ],
    ['nested 25 levels', () => deep(25), 'malformed-json'],
    ['nested 20,000 levels', () => deep(20_000), 'malformed-json'],
    ['of 60,000 brackets', () => '['.repeat(60_000), 'malformed-json'],
    ['larger than is taken', () => JSON.stringify({ a: 'x'.repeat(500_000) }), 'body-too-large'],
    ['that is no UTF-8', bytes('{"agencyId":"', 'ff', '"}'), 'malformed-text'],
    ['in an overlong encoding', bytes('{"agencyId":"', 'c0af', '"}'), 'malformed-text'],
    ['with a surrogate as octets', bytes('{"agencyId":"', 'eda080', '"}'), 'malformed-text'],
    ['in UTF-16', () => Buffer.from('{"agencyId":"treasury"}', 'utf16le'), 'malformed-json'],
    ['of random octets', () => new Uint8Array(randomBytes(4_000)), 'malformed-text'],
  ])('%s', async (_name, body, code) => {
    const answer = await siege.call('POST', '/api/v1/orders', {
      token: siege.tokens.agent,
      body: body(),
      headers: json,
    });
    expectRefused(answer);
    expect(answer.json.code, JSON.stringify(answer.json).slice(0, 300)).toBe(code);
    expect(JSON.stringify(answer.json).length).toBeLessThan(20_000);
  });

  it.each([
    'text/html',
    'text/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json, text/plain',
    'application/jsonx',
    'json',
    'application/json;;',
    `application/json; ${'a=b;'.repeat(50)}`,
  ])('of type %s is not taken', async (type) => {
    const headers = { 'content-type': type };
    const answer = await siege.call('POST', '/api/v1/orders', {
      token: siege.tokens.agent,
      body: JSON.stringify(order()),
      headers,
    });
    expectRefused(answer);
    expect(answer.status).toBe(415);
  });

  it('that is compressed is not taken', async () => {
    for (const encoding of ['gzip', 'deflate', 'br', 'gzip, identity']) {
      const headers = { ...json, 'content-encoding': encoding };
      const answer = await siege.call('POST', '/api/v1/orders', {
        token: siege.tokens.agent,
        body: Buffer.alloc(100),
        headers,
      });
      expectRefused(answer);
      expect(answer.status).toBe(415);
    }
  });
});

describe('a CSR that somebody broke', () => {
  const inspect = (body: Uint8Array | string, type = 'application/pkcs10') =>
    siege.call('POST', '/api/v1/csr-inspections', { body, headers: { 'content-type': type } });

  it('anywhere is refused, and the good one is not', async () => {
    expect((await inspect(good)).status).toBe(200);
    for (let end = 1; end < good.length; end += 7) expectRefused(await inspect(good.subarray(0, end)));
    for (let at = 0; at < good.length; at += 5) {
      const answer = await inspect(good.with(at, (good[at] ?? 0) ^ (1 << (at % 8))));
      expectRefused(answer);
      expect(answer.json.code).toBe('csr-refused');
    }
    for (let turn = 0; turn < 40; turn += 1) expectRefused(await inspect(new Uint8Array(randomBytes(1 + turn * 50))));
  });

  it('in its wrapping is refused by name', async () => {
    const pem = encodePem('CERTIFICATE REQUEST', good);
    const wrapped: [string, string][] = [
      ['twice', pem + pem],
      ['without its end', pem.slice(0, -20)],
      ['without its beginning', pem.slice(20)],
      ['under another label', pem.replaceAll('CERTIFICATE REQUEST', 'PRIVATE KEY')],
      ['with another label at its end', pem.replace('END CERTIFICATE REQUEST', 'END CERTIFICATE')],
      ['with a star in it', pem.replace('M', '*')],
      ['with a line too many', pem.replace('\n', '\n\n\n')],
      ['with headers of another time', pem.replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n')],
      ['as HTML', `<html><body>${pem.replaceAll('-----', '')}</body></html>`],
      ['in UTF-16', Buffer.from(`\ufeff${pem}`, 'utf16le').toString('latin1')],
      ['in dashes', '-'.repeat(60_000)],
      ['of begins', '-----BEGIN CERTIFICATE REQUEST-----\n'.repeat(1_500)],
    ];
    for (const [name, text] of wrapped) {
      const answer = await inspect(Buffer.from(text, 'latin1'), 'application/x-pem-file');
      if (answer.status === 200) expect(name).toBe('with a line too many');
      else expectRefused(answer);
    }
  });

  it('too large for any CSR costs nothing', async () => {
    for (const size of [65_537, 120_000, 300_000]) expectRefused(await inspect(Buffer.alloc(size, 0x30)), 500);
  });
});

describe('an address', () => {
  const get = (target: string, ...headers: string[]) =>
    sendRaw(
      siege.instance.ports.portal,
      rawRequest(`GET ${target}`, [`Authorization: Bearer ${siege.tokens.operator}`, ...headers]),
    );

  it.each<[string, string, number[]]>([
    ['with a thousand parameters', `/api/v1/orders?${'a=b&'.repeat(1_000)}`, [400, 414]],
    ['with unknown parameters', '/api/v1/orders?all=true', [400]],
    ['with one parameter twice', '/api/v1/orders?limit=1&limit=2', [400]],
    ['with a list for a parameter', '/api/v1/orders?limit[]=1', [400]],
    ['with __proto__ for a parameter', '/api/v1/orders?__proto__[role]=operator', [400]],
    ['with no number for a number', '/api/v1/orders?limit=1e3', [400]],
    ['with a negative number', '/api/v1/orders?limit=-1', [400]],
    ['with SQL', "/api/v1/orders?state='%20or%20'1'='1", [400]],
    ['with another cursor', '/api/v1/orders?after=AAAA', [400]],
    ['with bad percents', '/api/v1/orders?a=%zz', [400]],
    ['with NUL', '/api/v1/orders/%00', [400]],
    ['with no UTF-8', '/api/v1/orders/%ff', [400]],
    ['of 5,000 characters', `/api/v1/orders/${'a'.repeat(5_000)}`, [400, 414]],
    ['of 20,000 characters', `/api/v1/orders/${'a'.repeat(20_000)}`, [400, 414, 431]],
    ['of another order', `/api/v1/orders/${randomUUID()}`, [404]],
    ['of what is no id', '/api/v1/orders/1', [400]],
    ['of an id in capitals', `/api/v1/orders/${randomUUID().toUpperCase()}`, [400, 404]],
    ['with two slashes', '/api//v1/orders', [404]],
    ['in capitals', '/API/V1/ORDERS', [404]],
    ['with a slash at its end', '/api/v1/orders/', [400, 404]],
    ['with a semicolon', '/api/v1/orders;a=b', [404]],
    ['with a fragment', '/api/v1/orders#a', [400, 404]],
    ['in absolute form', 'http://localhost/api/v1/orders', [400]],
    ['that is a star', '*', [400, 404]],
    ['that is empty', '', [400]],
    ['without a slash', 'api/v1/orders', [400]],
    ['with a blank', '/api/v1/orders /x', [400]],
    ['with a tab', '/api/v1/or\tders', [400]],
    ['with a high octet', '/api/v1/orders\xff', [400, 404]],
  ])('%s is refused', async (_name, target, want) => {
    const answer = await get(target);
    expect(want, `${answer.status} ${answer.body.toString().slice(0, 200)}`).toContain(answer.status);
    expect(answer.milliseconds).toBeLessThan(2_000);
  });

  it.each([
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'TRACE',
    'PROPFIND',
    'SEARCH',
    'get',
    'GETT',
    'CONNECT',
    'PRI',
    'POST',
  ])('is not for %s', async (method) => {
    for (const target of ['/api/v1/instance', '/', '/healthz']) {
      const answer = await sendRaw(siege.instance.ports.portal, rawRequest(`${method} ${target}`));
      expect([0, 400, 404, 405, 415], `${method} ${target}: ${answer.status}`).toContain(answer.status);
      if (answer.status === 405) expect(answer.headers['allow']).toContain('GET');
    }
  });

  it('answers errors as problems whatever is accepted', async () => {
    const all = [
      'image/png',
      'text/html',
      'application/xml;q=0.1',
      '*/*;q=0',
      'x'.repeat(4_000),
      ';;;',
      ',,,,',
      'a/b;'.repeat(500),
    ];
    for (const accept of all) {
      const answer = await get('/api/v1/orders/x', `Accept: ${accept}`);
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
  });
});

describe('octets that are no HTTP', () => {
  const head = `GET / HTTP/1.1${CRLF}Host: localhost${CRLF}`;
  const start = `POST /api/v1/csr-inspections HTTP/1.1${CRLF}Host: localhost${CRLF}Content-Type: application/json${CRLF}Connection: close${CRLF}`;
  const chunked = `${start}Transfer-Encoding: chunked${CRLF}${CRLF}`;
  it.each<[string, string | Uint8Array, number[]]>([
    ['noise', new Uint8Array(randomBytes(3_000)), [0, 400]],
    ['zeros', new Uint8Array(3_000), [0, 400]],
    ['TLS', Uint8Array.fromHex('16030100c8010000c40303'.padEnd(400, '0')), [0, 400]],
    ['HTTP/2', `PRI * HTTP/2.0${CRLF}${CRLF}SM${CRLF}${CRLF}`, [0, 400, 404, 421, 505]],
    ['another version', `GET / HTTP/9.9${CRLF}Host: localhost${CRLF}${CRLF}`, [400, 505]],
    ['no version', `GET /${CRLF}${CRLF}`, [400, 421]],
    ['a header without a colon', `GET / HTTP/1.1${CRLF}Host localhost${CRLF}${CRLF}`, [400]],
    ['a blank before the colon', `GET / HTTP/1.1${CRLF}Host : localhost${CRLF}${CRLF}`, [400]],
    ['a folded header', `${head}X-A: b${CRLF} c${CRLF}Connection: close${CRLF}${CRLF}`, [200, 400]],
    ['a NUL in a header', `${head}X-A: a\0b${CRLF}${CRLF}`, [400]],
    ['a bare CR', `${head}X-A: a\rb${CRLF}${CRLF}`, [400]],
    ['20 KiB of one header', `${head}X-A: ${'a'.repeat(20_000)}${CRLF}${CRLF}`, [431]],
    [
      '3,000 headers',
      `${head}${Array.from({ length: 3_000 }, (_, index) => `X${index}: a${CRLF}`).join('')}${CRLF}`,
      [431],
    ],
    ['a name of 20 KiB', `${head}${'a'.repeat(20_000)}: b${CRLF}${CRLF}`, [400, 431]],
    ['two lengths', `${start}Content-Length: 2${CRLF}Content-Length: 3${CRLF}${CRLF}{}`, [400]],
    ['a negative length', `${start}Content-Length: -1${CRLF}${CRLF}{}`, [400]],
    ['a length in hexadecimal', `${start}Content-Length: 0x2${CRLF}${CRLF}{}`, [400]],
    ['a length beyond all', `${start}Content-Length: 99999999999999999999${CRLF}${CRLF}{}`, [400, 413]],
    ['a large length and nothing', `${start}Content-Length: 9000000000${CRLF}${CRLF}`, [413]],
    [
      'a length and chunks',
      `${start}Content-Length: 2${CRLF}Transfer-Encoding: chunked${CRLF}${CRLF}0${CRLF}${CRLF}`,
      [400],
    ],
    ['another coding', `${start}Transfer-Encoding: xchunked${CRLF}${CRLF}0${CRLF}${CRLF}`, [400, 501]],
    [
      'chunked that is not last',
      `${start}Transfer-Encoding: chunked, identity${CRLF}${CRLF}0${CRLF}${CRLF}`,
      [400, 501],
    ],
    ['a chunk that is no chunk', `${chunked}zz${CRLF}{}${CRLF}0${CRLF}${CRLF}`, [400]],
    ['a chunk beyond all', `${chunked}ffffffffffffffffff${CRLF}{}`, [400, 413]],
    ['chunk extensions of 40 KiB', `${chunked}2;${'a'.repeat(40_000)}${CRLF}{}${CRLF}0${CRLF}${CRLF}`, [400, 413, 431]],
    ['a wish that nobody grants', `${start}Content-Length: 2${CRLF}Expect: magic${CRLF}${CRLF}{}`, [400, 417]],
    [
      'an upgrade',
      `${head}Connection: Upgrade${CRLF}Upgrade: websocket${CRLF}Sec-WebSocket-Version: 13${CRLF}Sec-WebSocket-Key: AAAA${CRLF}${CRLF}`,
      [0, 200, 400, 404, 426],
    ],
    [
      'an authorization twice',
      `GET /api/v1/orders HTTP/1.1${CRLF}Host: localhost${CRLF}Authorization: Bearer a${CRLF}Authorization: Bearer b${CRLF}Connection: close${CRLF}${CRLF}`,
      [400],
    ],
    [
      'a cookie of 12 KiB',
      `GET /console HTTP/1.1${CRLF}Host: localhost${CRLF}Cookie: ${'a=b; '.repeat(2_400)}${CRLF}Connection: close${CRLF}${CRLF}`,
      [200, 302, 303, 400, 401, 431],
    ],
  ])('%s', async (_name, octets, want) => {
    for (const face of ['portal', 'va', 'desk'] as const) {
      const answer = await sendRaw(siege.instance.ports[face], octets);
      const allowed = face === 'portal' ? want : [...want, 200, 404, 405];
      const shown = `${face}: ${answer.status} ${answer.body.toString('latin1').slice(0, 200)}`;
      expect(allowed, shown).toContain(answer.status);
      expect(answer.milliseconds).toBeLessThan(13_000);
    }
  });
});

describe('forms', () => {
  it.each<[string, string | Uint8Array, Record<string, string>]>([
    ['without a token', '', {}],
    ['with a token that is none', 'token=see_x', {}],
    ['with a token twice', 'token=a&token=b', {}],
    ['with bad percents', 'token=%zz', {}],
    ['with no UTF-8', 'token=%ff', {}],
    ['with __proto__', '__proto__[role]=operator&token=x', {}],
    ['with 10,000 fields', 'a=b&'.repeat(10_000), {}],
    ['from another site', 'token=x', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }],
    ['from nowhere', 'token=x', { origin: 'null' }],
    ['as JSON', '{"token":"x"}', { 'content-type': 'application/json' }],
    [
      'as a file',
      '--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nx',
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
  ])('%s sign nobody in', async (_name, body, headers) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    const answer = await siege.call('POST', '/console/sign-in', { body, headers: { ...form, ...headers } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('set-cookie') ?? '').not.toMatch(/see-session=[^;]{10}/);
  });
});

describe('codes', () => {
  it.each<[string, string, object]>([
    ['of an order that is none', randomUUID(), { proof: '00'.repeat(48) }],
    ['of no order', 'x', { proof: '00'.repeat(48) }],
    ['that are too short', randomUUID(), { proof: '00' }],
    ['that are no hex', randomUUID(), { proof: 'z'.repeat(96) }],
    ['that are no text', randomUUID(), { proof: 7 }],
    ['beside something else', randomUUID(), { proof: '00'.repeat(48), role: 'operator' }],
  ])('%s open nothing', async (_name, id, body) => {
    expectRefused(await siege.call('POST', `/api/v1/redemptions/${id}/check`, { body }));
    expectRefused(await siege.call('POST', `/api/v1/redemptions/${id}/redeem`, { body: { keys: [] } }));
  });
});

describe('afterwards', () => {
  it('nothing was stored, nothing is broken, and the good order is still taken', async () => {
    expect(await siege.rows()).toEqual(before);
    expect(siege.faults()).toEqual([]);
    const made = await siege.call('POST', '/api/v1/orders', { token: siege.tokens.agent, body: order() });
    expect(made.status, JSON.stringify(made.json)).toBe(201);
    const status = await siege.instance.seeJson<{ services: Record<string, { restarts: number }> }>('status');
    for (const service of Object.values(status.services)) expect(service.restarts).toBe(0);
  });
});
