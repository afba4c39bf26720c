import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Type from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from './app.ts';
import { tokenDigest } from './bearer-token.ts';
import { createApp } from './create-app.ts';
import { apiDescription, describeApi } from './openapi.ts';
import { type Problem, Refusal } from './problem.ts';
import { createLimit } from './rate-limit.ts';
import { authenticateRoutes } from './route-access.ts';

const TOKEN = `see_${'A'.repeat(43)}`;
const open: App[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

interface Setting {
  readonly app: App;
  readonly refusals: Problem[];
  readonly logged: Record<string, unknown>[];
}

async function start(more?: (app: App) => void): Promise<Setting> {
  const refusals: Problem[] = [];
  const logged: Record<string, unknown>[] = [];
  const app = await createApp({
    https: false,
    log: (_level, _message, fields) => logged.push(fields),
    onRefusal: (problem) => refusals.push(problem),
    problemPage: (problem) => `<p>${problem.code}</p>`,
    bodyLimit: 1_000,
    headersTimeout: 1_000,
    requestTimeout: 2_000,
  });
  open.push(app);
  await describeApi(app, {
    title: 't',
    description: 'd',
    version: '1',
    serverUrl: 'https://a.test',
    prefix: '/api/v1',
  });
  await app.register(async (scope: App) => {
    authenticateRoutes(scope, async (request) => {
      const { bearerToken, refusedToken } = await import('./bearer-token.ts');
      const token = bearerToken(request);
      if (!Buffer.from(tokenDigest(token)).equals(Buffer.from(tokenDigest(TOKEN)))) throw refusedToken();
      return { tokenId: '1', name: 'n', role: 'auditor', personId: 'P', method: 'token' };
    });
    scope.post(
      '/api/v1/things',
      {
        config: { operation: 'thing.create', public: true },
        schema: {
          summary: 'Make a thing',
          body: Type.Object(
            { n: Type.Integer(), role: Type.Optional(Type.String({ maxLength: 9 })) },
            { additionalProperties: false },
          ),
          response: { 200: Type.Object({ n: Type.Integer() }) },
        },
      },
      async (request) => ({ n: request.body.n }),
    );
    scope.get(
      '/api/v1/secrets/:id',
      {
        config: { operation: 'secret.show', roles: ['auditor'] },
        schema: {
          summary: 'Show',
          params: Type.Object({ id: Type.String({ pattern: '^[a-z]+$' }) }, { additionalProperties: false }),
          response: { 200: Type.Object({ id: Type.String() }) },
        },
      },
      async (request) => ({ id: request.params.id }),
    );
    scope.get(
      '/api/v1/admin',
      {
        config: { operation: 'admin.show', roles: ['administrator'] },
        schema: { summary: 'Show', response: { 200: Type.Object({}) } },
      },
      async () => ({}),
    );
    scope.get('/boom', { config: { operation: 'boom', public: true } }, async () => {
      throw new Error('password=hunter2');
    });
  });
  more?.(app);
  await app.ready();
  return { app, refusals, logged };
}

const json = { 'content-type': 'application/json' };
const bearer = { authorization: `Bearer ${TOKEN}` };

describe('an app', () => {
  it('serves what its schema describes, with an id and strict headers', async () => {
    const { app } = await start();
    const answer = await app.inject({ method: 'POST', url: '/api/v1/things', headers: json, payload: '{"n":1}' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ n: 1 });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['a text for a number', json, '{"n":"1"}', 400, 'invalid-request'],
    ['an unknown member', json, '{"n":1,"admin":true}', 400, 'invalid-request'],
    ['a missing member', json, '{}', 400, 'invalid-request'],
    ['an infinite number', json, '{"n":1e400}', 400, 'invalid-request'],
    ['an array', json, '[]', 400, 'invalid-request'],
    ['__proto__', json, '{"n":1,"__proto__":{"role":"admin"}}', 400, 'forbidden-member'],
    ['constructor', json, '{"n":1,"constructor":{"prototype":{}}}', 400, 'forbidden-member'],
    ['a member twice', json, '{"n":1,"n":2}', 400, 'duplicate-member'],
    ['broken JSON', json, '{"n":', 400, 'malformed-json'],
    ['an empty body', json, '', 400, 'malformed-json'],
    ['no content type', {}, '{"n":1}', 415, 'unsupported-media-type'],
    ['another content type', { 'content-type': 'text/plain' }, '{"n":1}', 415, 'unsupported-media-type'],
    [
      'two content types in one',
      { 'content-type': 'application/json, text/html' },
      '{}',
      415,
      'unsupported-media-type',
    ],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }, '{}', 415, 'unsupported-media-type'],
    ['a compressed body', { ...json, 'content-encoding': 'gzip' }, '{"n":1}', 415, 'unsupported-media-type'],
    ['a large body', json, `{"n":1,"role":"${'x'.repeat(2_000)}"}`, 413, 'body-too-large'],
  ])('refuses %s', async (_name, headers, payload, status, code) => {
    const { app, refusals } = await start();
    const answer = await app.inject({ method: 'POST', url: '/api/v1/things', headers, payload });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const problem = answer.json<Problem>();
    expect(problem).toMatchObject({ type: `urn:see-pki:problem:${code}`, status, code });
    expect(problem.instance).toBe(`urn:see-pki:request:${String(answer.headers['x-request-id'])}`);
    expect(refusals.map((refusal) => refusal.code)).toEqual([code]);
  });

  it('names every violation at once, without the values', async () => {
    const { app } = await start();
    const payload = '{"n":"one","role":"much too long","evil":1}';
    const answer = await app.inject({ method: 'POST', url: '/api/v1/things', headers: json, payload });
    const paths = answer.json<Problem>().violations?.map((violation) => violation.path);
    expect(paths?.sort()).toEqual(['body/evil', 'body/n', 'body/role']);
    expect(answer.body).not.toContain('much too long');
  });

  it.each([
    ['no token', {}, 'token-required', 401],
    ['another scheme', { authorization: 'Basic YTpi' }, 'token-refused', 401],
    ['an unknown token', { authorization: `Bearer see_${'B'.repeat(43)}` }, 'token-refused', 401],
    ['a client certificate header', { 'x-client-cert': 'MIIB' }, 'token-required', 401],
    [
      'a proxy verdict header',
      { 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-s-dn': 'CN=officer' },
      'token-required',
      401,
    ],
    ['the underscore form', { x_client_cert: 'MIIB' }, 'token-required', 401],
  ])('refuses %s', async (_name, headers, code, status) => {
    const { app } = await start();
    const answer = await app.inject({ url: '/api/v1/secrets/a', headers });
    expect(answer.statusCode).toBe(status);
    expect(answer.json<Problem>().code).toBe(code);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });

  it('lets the right role in and no other', async () => {
    const { app } = await start();
    expect((await app.inject({ url: '/api/v1/secrets/a', headers: bearer })).statusCode).toBe(200);
    const other = await app.inject({ url: '/api/v1/admin', headers: bearer });
    expect(other.json<Problem>().code).toBe('forbidden');
  });

  it('takes no query that is not described', async () => {
    const { app } = await start();
    const answer = await app.inject({ url: '/api/v1/secrets/a?__proto__[x]=1', headers: bearer });
    expect(answer.statusCode).toBe(400);
  });

  it.each([
    ['/api/v1/secrets/..%2f..%2fetc%2fpasswd', 400],
    ['/crl/....//etc/passwd', 404],
    ['/crl/a%00.crl', 400],
    ['/%5c..%5c', 400],
    ['/%zz', 400],
    ['/%ff', 400],
    ['/a?b=%0d%0aSet-Cookie:x', 400],
    ['/api/v1/secrets/A', 400],
    ['/nothing', 404],
  ])('answers %s with %d', async (url, status) => {
    const { app } = await start();
    const answer = await app.inject({ url, headers: bearer });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('tells a wrong method from a wrong address', async () => {
    const { app } = await start();
    const answer = await app.inject({ method: 'DELETE', url: '/api/v1/things' });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect((await app.inject({ method: 'OPTIONS', url: '/api/v1/things' })).statusCode).toBe(405);
  });

  it('says nothing of its inside when it fails', async () => {
    const { app, logged } = await start();
    const answer = await app.inject({ url: '/boom' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('hunter2');
    expect(JSON.stringify(logged)).toContain('hunter2');
  });

  it('draws a page for people outside the API', async () => {
    const { app } = await start();
    const page = await app.inject({ url: '/nothing', headers: { accept: 'text/html,*/*' } });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toBe('<p>not-found</p>');
    const api = await app.inject({ url: '/api/v1/nothing', headers: { accept: 'text/html' } });
    expect(api.headers['content-type']).toBe('application/problem+json');
  });

  it('counts by the socket, not by a header', async () => {
    const limited: { check?: ReturnType<typeof createLimit> } = {};
    const { app } = await start((inner) => {
      limited.check = createLimit(inner, { max: 2, window: 60_000 });
      inner.get('/limited', { config: { operation: 'limited', public: true } }, async (request) => {
        await limited.check?.(request);
        return '';
      });
    });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      const answer = await app.inject({ url: '/limited', headers: { 'x-forwarded-for': `10.0.0.${index}` } });
      statuses.push(answer.statusCode);
      if (answer.statusCode === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
  });

  it.each([
    ['names no operation', {}],
    ['is neither public nor for a role', { config: { operation: 'x' } }],
    ['is public and for a role', { config: { operation: 'x', public: true, roles: ['auditor'] } }],
  ])('does not start with a route that %s', async (_name, options) => {
    const { app } = await start().then(async (setting) => {
      await setting.app.close();
      open.pop();
      return { app: await createApp({ https: false, log: () => undefined }) };
    });
    open.push(app);
    expect(() => app.get('/x', options as object, async () => '')).toThrow(TypeError);
  });

  it('describes itself as OpenAPI 3.1', async () => {
    const { app } = await start();
    const description = apiDescription(app) as { openapi: string; servers: object; paths: Record<string, unknown> };
    expect(description.openapi).toBe('3.1.0');
    expect(description.servers).toEqual([{ url: 'https://a.test' }]);
    expect(Object.keys(description.paths).sort()).toEqual(['/api/v1/admin', '/api/v1/secrets/{id}', '/api/v1/things']);
    expect(JSON.stringify(description.paths['/api/v1/things'])).toContain('"operationId":"thingCreate"');
  });

  it('recognises refusals of the layers below', async () => {
    const app = await createApp({
      https: true,
      log: () => undefined,
      recognise: (error) => (error === 'away' ? new Refusal('unavailable', 'Later.') : undefined),
    });
    open.push(app);
    app.get('/away', { config: { operation: 'away', public: true } }, async () => {
      throw 'away';
    });
    const answer = await app.inject({ url: '/away' });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['strict-transport-security']).toContain('max-age=63072000');
  });
});

describe('an app on a socket', () => {
  async function talk(bytes: string, wait = 300): Promise<string> {
    const { app } = await start();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    socket.write(bytes, 'latin1');
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, wait))]);
    socket.destroy();
    return received;
  }

  it.each([
    ['not HTTP', 'hello\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 400],
    [
      'length and chunks',
      'POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a huge header', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['dot segments', 'GET /crl/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['encoded dot segments', 'GET /crl/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['an absolute address', 'GET http://evil.test/ HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    [
      'two authorizations',
      'GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n',
      400,
    ],
    [
      'two content types',
      'POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"n":1}',
      400,
    ],
  ])('answers %s with a problem', async (_name, bytes, status) => {
    const received = await talk(bytes);
    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (!_name.includes('host')) expect(received.toLowerCase()).toContain('application/problem+json');
  });

  it('drops a client that sends its headers too slowly', async () => {
    const received = await talk('GET / HTTP/1.1\r\nHo', 4_000);
    expect(received).toMatch(/^HTTP\/1.1 408 /);
  });
});
