import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { ApiClient, signRevocation } from '@see/cli';
import { assembleSigned, buildTbsCertificate, encodePem, oid, parseCertificate, signatureAlgorithm } from '@see/x509';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../services/ra/src/permissions.ts';
import { CertificateDoor, type Credential, type DoorAnswer, oneConnection } from '../support/certificate-door.ts';

let on: CertificateDoor;
/** An administrator. */
let aroha: Credential;

beforeAll(async () => {
  on = await CertificateDoor.open();
});
afterEach(() => {
  on.calls.registration.clock = () => new Date();
});
afterAll(() => on?.close());

/** Audit events of a kind, the newest first. */
async function audit(
  kind: string,
): Promise<readonly { actor: Record<string, unknown>; detail: Record<string, unknown> }[]> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  const rows = await on.world.owner
    .selectFrom('audit_events')
    .select(['actor', 'detail'])
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .execute();
  return rows as unknown as { actor: Record<string, unknown>; detail: Record<string, unknown> }[];
}

function refusalOf({ status, body }: DoorAnswer): string {
  return [status, body['code'], body['reason']].filter((part) => part !== undefined).join(' ');
}

describe('before there is a certificate', () => {
  it('the doors are closed and say so, and the http door works', async () => {
    const { ra, app } = on.calls.registration;
    expect(ra.serverCertificate.identity).toBeUndefined();
    await expect(on.ask('/healthz', { door: 'tls' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const ready = await app.inject({ url: '/readyz', headers: { host: 'localhost' } });
    expect(ready.json()).toMatchObject({ status: 'ready', tls: { state: 'closed' } });
    expect(ready.json<{ tls: { detail: string } }>().tls.detail).toContain('see tls order');
    const shown = await on.calls.call('operator', 'GET', '/api/v1/server-certificate');
    expect(shown.body).toMatchObject({ state: 'closed', certificate: null, hosts: ['localhost'] });
  });

  it('a certificate for another host opens nothing', async () => {
    await on.issueServerCertificate(['portal.ssc.govt.nz']);
    await on.doors.look();
    const shown = await on.calls.call('operator', 'GET', '/api/v1/server-certificate');
    expect(shown.body).toMatchObject({ state: 'closed', certificate: null });
    expect((shown.body as unknown as { detail: string }).detail).toContain('is for portal.ssc.govt.nz');
  });

  it('an order of the request that ra made opens them', async () => {
    const sha256 = await on.issueServerCertificate();
    await on.doors.look();
    const shown = await on.calls.call('operator', 'GET', '/api/v1/server-certificate');
    expect(shown.body).toMatchObject({ state: 'serving', certificate: { sha256 }, doors: { https: true, mtls: true } });
    expect((await on.ask('/healthz', { door: 'tls' })).status).toBe(200);
    expect((await on.ask('/healthz', { door: 'mtls' })).status).toBe(200);
    aroha = await on.issueTo('aroha.ngata@ssc.govt.nz');
  });
});

describe('who shows which certificate', () => {
  /** A certificate that the registry does not have, with the names of one that it has. */
  function imitation(of: Credential, selfSigned: boolean): Pick<Credential, 'cert' | 'key'> {
    const real = parseCertificate(new Uint8Array(Buffer.from(of.cert.split('-----')[2] ?? '', 'base64')));
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const tbs = buildTbsCertificate({
      serialNumber: real.serialNumber,
      signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
      issuerDer: selfSigned ? real.subjectDer : real.issuerDer,
      notBefore: real.notBefore,
      notAfter: real.notAfter,
      subjectDer: real.subjectDer,
      spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
      extensions: real.extensions.filter((each) => each.oid !== oid.authorityKeyIdentifier),
    });
    const der = assembleSigned(tbs, signatureAlgorithm('ecdsa-sha384'), sign('sha384', tbs, privateKey));
    return {
      cert: encodePem('CERTIFICATE', der),
      key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    };
  }

  it('an operator certificate is its holder in the role in force', async () => {
    const answer = await on.ask('/api/v1/sessions', { as: aroha });
    expect(answer.status, answer.text).toBe(200);
    const named = await on.ask('/api/v1/client-certificate', { as: aroha });
    expect(named.body).toMatchObject({
      personId: on.personOf('aroha.ngata@ssc.govt.nz'),
      sha256: aroha.sha256,
      profile: 'operator',
      roles: ['administrator'],
    });
    expect(
      (
        await on.ask('/api/v1/batches', {
          as: aroha,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      ).status,
    ).toBe(403);
  });

  it('none, and every other one, is refused in words', async () => {
    const personal = await on.issueTo('grace.liu@treasury.govt.nz', 'user-auth', 'treasury');
    const [held, revoked] = [await on.issueTo('peter.lowe@ssc.govt.nz'), await on.issueTo('peter.lowe@ssc.govt.nz')];
    await on.endCertificate(held.sha256, 'hold');
    await on.endCertificate(revoked.sha256, 'revoke');
    const cases: readonly (readonly [string, Pick<Credential, 'cert' | 'key'> | undefined, string])[] = [
      ['none', undefined, '401 certificate-required'],
      ['one that is self-signed, with the names', imitation(aroha, true), '401 certificate-refused other-issuer'],
      ['one that names our CA', imitation(aroha, false), '401 certificate-refused not-signed'],
      ['of a gateway', await on.issueGateway(), '401 certificate-refused other-issuer'],
      ['of a public servant', personal, '401 certificate-refused not-operator'],
      ['that is on hold', held, '401 certificate-refused held'],
      ['that is revoked', revoked, '401 certificate-refused revoked'],
    ];
    for (const [name, as, want] of cases) {
      const answer = await on.ask('/api/v1/sessions', { as });
      expect(refusalOf(answer), name).toBe(want);
      expect(answer.headers['www-authenticate'] ?? answer.body['reason'], name).toBeDefined();
      if (name !== 'of a public servant') expect((await on.ask('/', { as })).status, name).toBe(401);
    }
    const [latest] = await audit('access.denied');
    expect(latest?.actor['certificate']).toBe(revoked.sha256);
    const named = await on.ask('/api/v1/client-certificate', { as: personal });
    expect(named.body).toMatchObject({ displayName: 'Grace Liu', profile: 'user-auth', roles: [] });
    expect((await on.ask('/', { as: personal })).status).toBe(200);
  });

  it('one that has expired is refused, also on a connection that was open before', async () => {
    const agent = oneConnection();
    const end = new Date(new X509Certificate(aroha.cert).validTo).getTime();
    let at = end - 3_000;
    on.calls.registration.clock = () => new Date(at);
    expect((await on.ask('/api/v1/sessions', { as: aroha, agent })).status).toBe(200);
    // So soon that nothing is read or validated anew.
    at = end + 3_000;
    expect(refusalOf(await on.ask('/api/v1/sessions', { as: aroha, agent }))).toBe('401 certificate-refused expired');
    expect(refusalOf(await on.ask('/api/v1/sessions', { as: aroha }))).toBe('401 certificate-refused expired');
    agent.destroy();
  });

  it('no header says who a client is', async () => {
    const [leaf = ''] = aroha.cert.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/) ?? [];
    const pem = encodeURIComponent(leaf);
    const headers = {
      'x-client-cert': pem,
      'x-forwarded-client-cert': pem,
      'x-ssl-client-cert': pem,
      'client-cert': `:${aroha.cert.split('-----')[2]?.replaceAll('\n', '')}:`,
      'x-forwarded-tls-client-cert': pem,
    };
    expect(refusalOf(await on.ask('/api/v1/sessions', { headers }))).toBe('401 certificate-required');
    expect(refusalOf(await on.ask('/api/v1/sessions', { headers, door: 'tls' }))).toBe('401 token-required');
    expect(refusalOf(await on.ask('/api/v1/sessions', { as: aroha, door: 'tls' }))).toBe('401 token-required');
  });

  it('a token beside a certificate is refused, and does no work in its place', async () => {
    const authorization = on.calls.authorization('operator');
    expect(refusalOf(await on.ask('/api/v1/sessions', { as: aroha, headers: { authorization } }))).toBe(
      '400 invalid-request',
    );
    expect(refusalOf(await on.ask('/api/v1/sessions', { headers: { authorization } }))).toBe(
      '401 certificate-required',
    );
    expect((await on.ask('/api/v1/sessions', { headers: { authorization }, door: 'tls' })).status).toBe(200);
  });
});

describe('what is withdrawn', () => {
  it('ends at once, on open connections too: hold, release, revocation', async () => {
    const auditor = await on.issueTo('peter.lowe@ssc.govt.nz');
    const agent = oneConnection();
    const ask = async (): Promise<string> => refusalOf(await on.ask('/api/v1/sessions', { as: auditor, agent }));
    expect(await ask()).toBe('200');
    await on.endCertificate(auditor.sha256, 'hold');
    expect(await ask()).toBe('401 certificate-refused held');
    const { ports } = on.world.instance;
    const tls = { roots: async () => [on.root], identity: undefined };
    const token = on.calls.authorization('operator').slice('Bearer '.length);
    const client = new ApiClient(`https://localhost:${ports.tls}`, token, { tls });
    const row = await on.world.owner
      .selectFrom('revocations as r')
      .innerJoin('certificates as c', 'c.id', 'r.certificate_id')
      .select(['r.id', 'c.ca', 'c.serial'])
      .where('c.sha256', '=', Uint8Array.fromHex(auditor.sha256))
      .executeTakeFirstOrThrow();
    const subject = { ca: row.ca, serial: row.serial.toHex(), holdId: row.id };
    const statement = await signRevocation(client, { kind: 'hold-release', subject }, [on.world.operators[0]]);
    await client.post('/api/v1/revocations', { statement });
    expect(await ask()).toBe('200');
    await on.endCertificate(auditor.sha256, 'revoke');
    expect(await ask()).toBe('401 certificate-refused revoked');
    agent.destroy();
  });

  it('ends with the role, and a role that is not held is not given', async () => {
    const helen = await on.issueTo('rangi.pohatu@ssc.govt.nz');
    const ask = async (role?: string): Promise<string> =>
      refusalOf(await on.ask('/api/v1/people', { as: helen, headers: role === undefined ? {} : { 'see-role': role } }));
    expect(await ask()).toBe('200');
    expect(await ask('operator')).toBe('403 forbidden');
    await on.grant('role-grant', 'rangi.pohatu@ssc.govt.nz', 'operator');
    expect(await ask()).toBe('400 role-required');
    expect(await ask('operator')).toBe('200');
    expect(await ask('registration-agent ssc')).toBe('200');
    expect(await ask('registration-agent treasury')).toBe('403 forbidden');
    const narrowed = await on.ask('/api/v1/people?agency=treasury', {
      as: helen,
      headers: { 'see-role': 'registration-agent ssc' },
    });
    const agencies = (narrowed.body['items'] as { agencyId: string }[]).map(({ agencyId }) => agencyId);
    expect(new Set(agencies)).toEqual(new Set(['ssc']));
    await on.grant('role-remove', 'rangi.pohatu@ssc.govt.nz', 'operator');
    expect(await ask('operator')).toBe('403 forbidden');
    expect(await ask()).toBe('200');
  });

  it('gives each role what the table says, as tokens do', async () => {
    const { paths } = (await on.calls.call(undefined, 'GET', '/api/v1/openapi.json')).body;
    const operations = new Map(
      Object.keys(PERMISSIONS).map((name) => [
        name.replaceAll(/[.-](\w)/g, (_all, letter: string) => letter.toUpperCase()),
        name,
      ]),
    );
    const agent = oneConnection();
    let seen = 0;
    for (const [path, methods] of Object.entries(paths)) {
      const name = operations.get(methods['get']?.operationId ?? '');
      if (name === undefined || path.includes('{')) continue;
      seen += 1;
      const may = (PERMISSIONS[name as keyof typeof PERMISSIONS] as readonly string[]).includes('administrator');
      const answer = await on.ask(path, { as: aroha, agent });
      expect([path, answer.status === 403], answer.text).toEqual([path, !may]);
    }
    agent.destroy();
    expect(seen).toBeGreaterThan(15);
  });
});

describe('the listeners', () => {
  const open = (door: 'tls' | 'mtls', more: object = {}): Promise<TLSSocket> =>
    new Promise((resolve, reject) => {
      const { ports } = on.world.instance;
      const socket = connect(
        { host: '127.0.0.1', port: ports[door], servername: 'localhost', ca: on.root, ...more },
        () => resolve(socket),
      );
      socket.once('error', reject);
    });

  it.each([
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
    ['AES-128', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }],
    ['AES in CBC mode', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-SHA384' }],
    ['no forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' }],
    ['P-256', { ecdhCurve: 'P-256' }],
    ['X25519', { ecdhCurve: 'X25519' }],
  ])('refuse %s', async (_name, more) => {
    for (const door of ['tls', 'mtls'] as const) await expect(open(door, more)).rejects.toThrow();
  });

  it.each(['TLSv1.2', 'TLSv1.3'])('take %s with AES-256 and P-384', async (version) => {
    const socket = await open('tls', { minVersion: version, maxVersion: version });
    expect(socket.getProtocol()).toBe(version);
    expect(socket.getCipher().name).toMatch(/AES_?256_GCM_SHA384|AES256-GCM-SHA384/);
    expect(socket.getEphemeralKeyInfo()).toMatchObject({ type: 'ECDH', name: 'secp384r1' });
    socket.destroy();
  });

  it.each(['TLSv1.2', 'TLSv1.3'])('resume no session with client certificates (%s)', async (version) => {
    const more = { cert: aroha.cert, key: aroha.key, minVersion: version, maxVersion: version };
    const sessionOf = async (door: 'tls' | 'mtls'): Promise<boolean> => {
      const first = await open(door, more);
      // TLS 1.3 gives tickets after the handshake, TLS 1.2 in it.
      let session = version === 'TLSv1.2' ? first.getSession() : undefined;
      first.on('session', (ticket) => {
        session = ticket;
      });
      first.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
      await new Promise<void>((resolve) => first.resume().once('end', resolve));
      first.destroy();
      const second = await open(door, { ...more, ...(session ? { session } : {}) });
      const reused = second.isSessionReused();
      second.destroy();
      return reused;
    };
    expect([await sessionOf('tls'), await sessionOf('mtls')]).toEqual([true, false]);
  });

  it('let nobody wait in a handshake for longer than ten seconds', async () => {
    const { ports } = on.world.instance;
    const started = performance.now();
    await Promise.all(
      (['tls', 'mtls'] as const).map(
        (door) =>
          new Promise<void>((resolve) => {
            const socket = connectTcp(ports[door], '127.0.0.1');
            socket.on('error', () => undefined).once('close', () => resolve());
            socket.write(Buffer.from([0x16, 0x03, 0x01]));
          }),
      ),
    );
    expect(performance.now() - started).toBeLessThan(13_000);
  }, 20_000);

  it('take up a renewed certificate while they are open, and forget a revoked one', async () => {
    const agent = oneConnection();
    const before = await on.ask('/healthz', { as: aroha, agent });
    const first = on.calls.registration.ra.serverCertificate.identity;
    const sha256 = await on.issueServerCertificate();
    await on.doors.look();
    const now = on.calls.registration.ra.serverCertificate.identity;
    expect([first?.serial, now?.sha256]).toEqual([before.serverSerial, sha256]);
    for (const door of ['tls', 'mtls'] as const) {
      expect((await on.ask('/healthz', { door })).serverSerial).toBe(now?.serial);
    }
    expect((await on.ask('/api/v1/sessions', { as: aroha, agent })).status).toBe(200);
    agent.destroy();
    await on.endCertificate(sha256, 'revoke');
    await on.doors.look();
    expect((await on.ask('/healthz', { door: 'tls' })).serverSerial).toBe(first?.serial);
    await on.endCertificate(first?.sha256 ?? '', 'revoke');
    await on.doors.look();
    await expect(on.ask('/healthz', { door: 'tls' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await on.issueServerCertificate();
    await on.doors.look();
    expect((await on.ask('/healthz', { door: 'mtls' })).status).toBe(200);
  });
});
