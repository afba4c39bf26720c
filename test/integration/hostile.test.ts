import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { evaluationKeyFile, readApprovalKey } from '@see/cli';
import { readPfx } from '@see/pfx';
import { signDigest, statementDigest } from '@see/statement';
import { encodePem, parseCsr } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Besieged, besiege, expectRefused } from '../support/besieged.ts';
import { query } from '../support/query.ts';
import { type RawAnswer, rawRequest, sendRaw } from '../support/raw-http.ts';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';

interface Sample {
  readonly id: string;
  readonly kind: string;
  readonly file: string | null;
  readonly how: string;
  readonly expect: string;
}

const folder = '../shared/hostile';
const present = existsSync(join(folder, 'manifest.json'));
if (!present) console.warn('SKIPPED: the hostile samples are not beside the project');
const manifest: Sample[] = present ? JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) : [];
const ofKind = (...kinds: string[]): Sample[] => manifest.filter(({ kind }) => kinds.includes(kind));
const octetsOf = ({ file }: Sample): Uint8Array => new Uint8Array(readFileSync(join(folder, file ?? '')));

let siege: Besieged;
beforeAll(async () => {
  siege = await besiege();
});
afterAll(() => siege?.close());

/** An order for the Treasury's gateway with this CSR. */
const orderWith = (csr: string) => ({
  agencyId: 'treasury',
  applicantId: siege.people['grace.liu@treasury.govt.nz'],
  sponsorId: siege.people['susan.grant@treasury.govt.nz'],
  agentId: siege.people['hemi.walker@treasury.govt.nz'],
  items: [{ profile: 'gateway-sign', csr }],
});

async function expectNothingStored(work: () => Promise<unknown>): Promise<void> {
  const before = await siege.rows();
  await work();
  expect(await siege.rows()).toEqual(before);
}

describe.skipIf(!present)('the samples of certificate requests', () => {
  const refused: string[] = [];
  const samples = ofKind('csr', 'csr-pem');

  it('are there', () => {
    expect(samples.length).toBeGreaterThan(50);
  });

  beforeAll(async () => {
    const known = samples.find(({ id }) => id === 'key-known-private');
    if (!known) return;
    const spki = parseCsr(octetsOf(known)).spki;
    const hash = createHash('sha256').update(spki).digest('hex');
    await query(
      siege.instance.database.ownerUrl,
      `insert into blocked_keys (spki_sha256, reason) values ('\\x${hash}', 'published')`,
    );
  });

  it.each(samples)('$id: $expect', async (sample) => {
    const octets = octetsOf(sample);
    const mustRefuse = sample.expect.startsWith('refuse') && !sample.expect.startsWith('refuse or');
    const type = sample.kind === 'csr' ? 'application/pkcs10' : 'application/x-pem-file';
    const text = Buffer.from(octets).toString(sample.kind === 'csr' ? 'base64' : 'latin1');
    await expectNothingStored(async () => {
      const inspected = await siege.call('POST', '/api/v1/csr-inspections', {
        body: octets,
        headers: { 'content-type': type },
      });
      if (sample.expect.startsWith('ACCEPT')) expect(inspected.status).toBe(200);
      if (mustRefuse || inspected.status !== 200) expectRefused(inspected, 1_000);
      if (inspected.status !== 200) expect(inspected.json.violations?.length).toBeGreaterThan(0);
      // No profile of the standard set takes the keys of these samples: everything is refused in the end.
      const ordered = await siege.call('POST', '/api/v1/orders', {
        token: siege.tokens.agent,
        body: orderWith(text || 'AAAA'),
      });
      expectRefused(ordered, 1_000);
      expect(ordered.json.code).toMatch(/^(csr-refused|order-refused|invalid-request|malformed-text)$/);
      if (ordered.json.code.endsWith('-refused'))
        for (const violation of ordered.json.violations ?? []) expect(violation.remedy, violation.code).toBeTruthy();
      refused.push(ordered.headers.get('x-request-id') ?? '');
      if (sample.id === 'csr-pop-otherkey') expect(ordered.json.detail).toContain('bad proof of possession');
      if (sample.id === 'key-known-private') {
        expect(JSON.stringify(inspected.json)).toContain('key-blocked');
        expect(JSON.stringify(ordered.json)).toContain('key-blocked');
      }
    });
  });

  it('are in the audit trail, each refusal once', async () => {
    expect(refused.length).toBe(samples.length);
    const some = refused.slice(0, 50);
    const rows = await waitUntil('the events', async () => {
      const found = await siege.audited(some);
      return found.size === some.length ? found : undefined;
    });
    for (const row of rows.values()) {
      expect(row).toMatchObject({
        kind: 'order.create',
        outcome: 'failure',
        actor: { personId: siege.people['hemi.walker@treasury.govt.nz'] },
      });
    }
  });
});

describe.skipIf(!present)('the samples of other files', () => {
  it.each(ofKind('json'))('$id: $expect', async (sample) => {
    await expectNothingStored(async () => {
      for (const path of [
        '/api/v1/orders',
        '/api/v1/csr-inspections',
        '/api/v1/statements',
        '/api/v1/people',
        '/api/v1/revocations',
      ]) {
        const answer = await siege.call('POST', path, {
          token: siege.tokens.operator,
          body: octetsOf(sample),
          headers: { 'content-type': 'application/json' },
        });
        expectRefused(answer);
        expect(answer.json.code).toBe('forbidden-member');
      }
    });
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  it.each(ofKind('pkcs12'))('$id: $expect', async (sample) => {
    const started = performance.now();
    await expect(readPfx(octetsOf(sample), 'x', { subtle: crypto.subtle })).rejects.toMatchObject({
      code: 'too-many-iterations',
    });
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('claims that a proxy might make', () => {
  const pem = encodePem('CERTIFICATE', new Uint8Array(64));
  it.each([
    ['X-Client-Cert', [`X-Client-Cert: ${encodeURIComponent(pem)}`]],
    ['X-SSL-Client-Verify', ['X-SSL-Client-Verify: SUCCESS', 'X-SSL-Client-S-DN: CN=officer']],
    ['the underscore form', ['X_Client_Cert: x', 'x_ssl_client_verify: SUCCESS']],
    ['X-CLIENT-CERT twice', ['X-CLIENT-CERT: a', 'X-CLIENT-CERT: b']],
    ['RFC 9440', ['Client-Cert: :AAAA:', 'Client-Cert-Chain: :AAAA:']],
    ['Envoy', ['X-Forwarded-Client-Cert: Hash=00;Subject="CN=officer"']],
    [
      'a user name',
      ['X-Forwarded-User: officer', 'X-Remote-User: officer', 'Remote-User: officer', 'X-Role: administrator'],
    ],
    [
      'another method',
      ['X-HTTP-Method-Override: GET', 'X-Original-URL: /api/v1/instance', 'X-Rewrite-URL: /api/v1/instance'],
    ],
    ['basic authentication', [`Authorization: Basic ${Buffer.from('operator:operator').toString('base64')}`]],
    ['a token of another kind', ['Authorization: Bearer null']],
    ['a token in the query', []],
  ])('by %s give nothing', async (name, headers) => {
    const query = name.includes('query') ? `?access_token=${siege.tokens.operator}&token=${siege.tokens.operator}` : '';
    for (const path of ['/api/v1/orders', '/api/v1/status', '/api/v1/audit-events']) {
      const answer = await sendRaw(siege.instance.ports.portal, rawRequest(`GET ${path}${query}`, headers));
      expect([401, 403]).toContain(answer.status);
      expect(answer.body.toString()).not.toContain('"items"');
    }
  });

  it('about the address change neither the audit trail nor the counting', async () => {
    const { portal } = siege.instance.ports;
    const ids: string[] = [];
    let limited = 0;
    for (let turn = 0; turn < 40; turn += 1) {
      const from = [`X-Forwarded-For: 10.9.8.${turn}`, `Forwarded: for=10.9.8.${turn}`, `X-Real-IP: 10.9.8.${turn}`];
      const body = '{"request":"x.y.z"}';
      const answer = await sendRaw(
        portal,
        rawRequest('POST /api/v1/holder-revocations', [...from, 'Content-Type: application/json'], body),
      );
      expect([400, 429]).toContain(answer.status);
      if (answer.status === 429) limited += 1;
      ids.push(answer.headers['x-request-id'] ?? '');
    }
    expect(limited).toBe(10);
    const denied = await sendRaw(
      portal,
      rawRequest('GET /api/v1/orders', ['X-Forwarded-For: 127.9.9.9', 'Authorization: Bearer x']),
    );
    ids.push(denied.headers['x-request-id'] ?? '');
    const rows = await siege.audited(ids);
    for (const row of rows.values()) expect(row.actor.address).toMatch(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
  });
});

describe('another Host', () => {
  it('is refused by the portal, and never written into anything', async () => {
    const { portal, desk, va } = siege.instance.ports;
    const evil = (line: string): Buffer =>
      Buffer.from(`${line} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`);
    for (const path of [
      '/',
      '/directory',
      '/api/v1/openapi.json',
      '/api/v1/instance',
      '/console',
      '/acme/gateway-sign/directory',
    ]) {
      const answer = await sendRaw(portal, evil(`GET ${path}`));
      expect([404, 421]).toContain(answer.status);
      expectSilent(answer);
    }
    for (const path of ['/', '/directory', '/ca/root.cer', '/crl/gateway.crl', '/members.json', '/cp', '/nowhere']) {
      expectSilent(await sendRaw(va, evil(`GET ${path}`)));
      expectSilent(
        await sendRaw(
          va,
          Buffer.from(`GET http://evil.test${path} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`),
        ),
      );
    }
    expectSilent(await sendRaw(desk, evil('GET /')));
  });

  function expectSilent(answer: RawAnswer): void {
    expect(answer.status).toBeGreaterThanOrEqual(200);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.stringify(answer.headers) + answer.body.toString('latin1')).not.toContain('evil.test');
  }

  it.each([
    ['none', 'GET /api/v1/instance HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['two', 'GET /api/v1/instance HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\nConnection: close\r\n\r\n'],
    ['a user in it', 'GET /api/v1/instance HTTP/1.1\r\nHost: localhost@evil.test\r\nConnection: close\r\n\r\n'],
    ['a blank in it', 'GET /api/v1/instance HTTP/1.1\r\nHost: localhost evil.test\r\nConnection: close\r\n\r\n'],
    ['a name that goes on', 'GET /api/v1/instance HTTP/1.1\r\nHost: localhost.evil.test\r\nConnection: close\r\n\r\n'],
  ])('that is %s is refused', async (_name, octets) => {
    const answer = await sendRaw(siege.instance.ports.portal, octets);
    expect([400, 421]).toContain(answer.status);
  });
});

describe('paths that lead out', () => {
  const paths = [
    '..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/etc/passwd',
    '....//etc/passwd',
    'a%00.crl',
    '%5c..%5c',
    '../../etc/passwd',
    '..\\..\\etc\\passwd',
    '%252e%252e%252fetc%252fpasswd',
    '..;/..;/etc/passwd',
    '%c0%ae%c0%ae/etc/passwd',
    'gateway.crl/../../../etc/passwd',
    '.%2e/.%2e/etc/passwd',
    'gateway.crl%00',
    'file:///etc/passwd',
    '%u002e%u002e/etc/passwd',
  ];
  const at = ['/crl/', '/ca/', '/log/', '/ocsp-files/', '/'];

  it.each(paths)('%s', async (path) => {
    for (const face of ['va', 'portal', 'desk'] as const) {
      for (const start of at) {
        const answer = await sendRaw(siege.instance.ports[face], rawRequest(`GET ${start}${path}`));
        expect([400, 404], `${face} ${start}${path}: ${answer.status}`).toContain(answer.status);
        expect(answer.body.toString('latin1')).not.toMatch(/root:|BEGIN|PRIVATE/);
      }
      const asset = await sendRaw(siege.instance.ports[face], rawRequest(`GET /assets/${path}`));
      expect([400, 404]).toContain(asset.status);
    }
  });
});

describe('what belongs to others', () => {
  let order: string;
  let certificate: string;
  beforeAll(async () => {
    const csr = encodePem('CERTIFICATE REQUEST', csrOf(newKey()));
    const made = await siege.call('POST', '/api/v1/orders', { token: siege.tokens.agent, body: orderWith(csr) });
    expect(made.status, JSON.stringify(made.json)).toBe(201);
    order = String(made.json['id']);
    const second = await tokenOf('thomas.fisher@ssc.govt.nz');
    for (const [name, token] of [
      ['operator1', siege.tokens.operator],
      ['operator2', second],
    ] as const) {
      const key = readApprovalKey(evaluationKeyFile(siege.instance.layout, name), undefined);
      const content = await siege.call('GET', `/api/v1/orders/${order}/content`, { token });
      const signature = signDigest(statementDigest('order', content.octets), key.credentialId, key.privateKey);
      const approved = await siege.call('POST', `/api/v1/orders/${order}/approvals`, {
        token,
        body: { credentialId: key.credentialId, signature },
      });
      expect(approved.status, JSON.stringify(approved.json)).toBeLessThan(300);
    }
    certificate = await waitUntil('the certificate', async () => {
      const shown = await siege.call('GET', `/api/v1/orders/${order}`, { token: siege.tokens.agent });
      return (shown.json['certificates'] as { sha256: string }[] | undefined)?.[0]?.sha256;
    });
  });

  async function tokenOf(email: string): Promise<string> {
    const { token } = await siege.instance.seeJson<{ token: string }>(
      'token',
      'create',
      '--role',
      'operator',
      '--name',
      'second',
      '--person',
      siege.people[email] ?? '',
    );
    return token;
  }

  it('is not there for an agency that it does not belong to, and the attempt is in the audit trail', async () => {
    const { stranger: token, agent } = siege.tokens;
    const attempts: Answer[] = [];
    const attempt = async (method: string, path: string, body?: object): Promise<void> => {
      attempts.push(await siege.call(method, path, { token, ...(body ? { body } : {}) }));
    };
    await expectNothingStored(async () => {
      await attempt('GET', `/api/v1/orders/${order}`);
      await attempt('GET', `/api/v1/orders/${order}/content`);
      await attempt('GET', '/api/v1/agencies/treasury');
      await attempt('GET', `/api/v1/people/${siege.people['grace.liu@treasury.govt.nz']}`);
      await attempt('POST', `/api/v1/orders/${order}/withdraw`, { reason: 'mine' });
      await attempt('POST', '/api/v1/orders', orderWith('AAAA'));
      await attempt('POST', '/api/v1/revocations', { certificate, action: 'revoke', reason: 'superseded' });
    });
    for (const answer of attempts) {
      expectRefused(answer);
      expect([403, 404], JSON.stringify(answer.json)).toContain(answer.status);
      expect(JSON.stringify(answer.json)).not.toMatch(/Treasury|Grace/);
    }
    const ids = attempts.map((answer) => answer.headers.get('x-request-id') ?? '');
    const shown = await siege.call('GET', `/api/v1/orders/${order}`, { token: agent });
    expect(shown.status).toBe(200);
    await waitUntil('the events', async () => (await siege.audited(ids)).size === ids.length);
    for (const row of (await siege.audited(ids)).values()) expect(row).toMatchObject({ outcome: 'failure' });
  });

  it('is not made where it never was: no private key is here to be had', async () => {
    for (const path of [
      `/certificates/${certificate}/pkcs12`,
      `/api/v1/certificates/${certificate}/pkcs12`,
      `/api/v1/certificates/${certificate}.p12`,
    ]) {
      const answer = await siege.call('GET', path, { token: siege.tokens.stranger });
      expect([400, 404]).toContain(answer.status);
    }
  });
});

describe('slow senders', () => {
  it('are cut off by the time limit of the headers, and others are served meanwhile', async () => {
    const { portal, va } = siege.instance.ports;
    const text = 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
    const started = performance.now();
    const sockets = Array.from({ length: 50 }, (_, index) => {
      const socket = connect({ port: index % 2 === 0 ? portal : va, host: '127.0.0.1' });
      let sent = 0;
      const timer = setInterval(() => socket.write(text[sent++] ?? 'a'), 1_000);
      const ended = new Promise<number>((resolve) => {
        socket.on('close', () => {
          clearInterval(timer);
          resolve(performance.now() - started);
        });
      });
      socket.on('error', () => undefined);
      socket.resume();
      return ended;
    });
    const served: number[] = [];
    const look = async (): Promise<void> => {
      const from = performance.now();
      await Promise.all([
        fetch(`${siege.instance.urls.va}/ca/root.cer`),
        fetch(`${siege.instance.urls.portal}/api/v1/instance`),
      ]);
      served.push(performance.now() - from);
    };
    const watch = setInterval(() => void look(), 1_000);
    const times = await Promise.all(sockets);
    clearInterval(watch);
    expect(Math.max(...times)).toBeLessThan(15_000);
    expect(Math.min(...times)).toBeGreaterThan(5_000);
    expect(served.length).toBeGreaterThan(4);
    expect(Math.max(...served)).toBeLessThan(5_000);
  }, 30_000);
});

describe('afterwards', () => {
  it('every service is well, and none of them reported a fault of its own', async () => {
    const faces = [siege.instance.urls.va, siege.instance.urls.portal, siege.instance.urls.desk];
    for (const url of faces) expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(siege.faults()).toEqual([]);
    const status = await siege.instance.seeJson<{ services: Record<string, { restarts: number }> }>('status');
    for (const service of Object.values(status.services)) expect(service.restarts).toBe(0);
  });
});
