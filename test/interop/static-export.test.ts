import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../support/free-ports.ts';
import { newInstance, type TestInstance } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { waitUntil } from '../support/wait-until.ts';
import { haveChromium, setPolicies, visit } from './chromium-visit.ts';
import { NssDatabase } from './nss-database.ts';
import { revoke } from './order.ts';
import { readCertificate } from './read-certificate.ts';
import { haveTool } from './tool.ts';

const run = promisify(execFile);
const available = haveTool('nginx', 'apt-get install nginx') && haveTool('openssl', 'apt-get install openssl');

/** `see va export`: what nginx serves from the folder is what va serves. */
describe.skipIf(!available)('va as files behind nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'see-export-'));
  const files = join(folder, 'files');
  let instance: TestInstance;
  let port: number;
  let stop: () => Promise<string | undefined> = async () => undefined;

  beforeAll(async () => {
    instance = await newInstance();
    await instance.start('start');
    const demo = await instance.see('demo', '--out', at('demo'));
    expect([demo.code, demo.stderr]).toEqual([0, '']);
    [port = 0] = await freePorts(1);
    // The workers of nginx are nobody.
    chmodSync(folder, 0o755);
    const exported = await instance.see('va', 'export', files, '--json');
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    stop = await serve(files, port);
  });
  afterAll(async () => {
    await stop();
    await instance?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (name: string) => join(folder, name);
  const get = (path: string) => fetch(`http://127.0.0.1:${port}/${path}`);
  const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

  it('gives lists and certificates with their types', async () => {
    for (const [path, type] of [
      ['crl/individual.crl', 'application/pkix-crl'],
      ['crl/root.crl', 'application/pkix-crl'],
      ['ca/tls.cer', 'application/pkix-cert'],
      ['members.json', 'application/json'],
    ] as const) {
      const [served, own] = [await get(path), await fetch(`${instance.urls.va}/${path}`)];
      expect([path, served.status, served.headers.get('content-type')]).toEqual([path, 200, type]);
      if (path !== 'members.json') expect(await bytes(served)).toEqual(await bytes(own));
    }
  });

  it('answers what openssl asks by GET about every certificate, and openssl believes it', async () => {
    const rows = await query<{ serial: string; ca: string; der: Buffer; revoked: boolean }>(
      instance.database.superuserUrl,
      `select encode(c.serial, 'hex') as serial, c.ca, b.der, exists (select from revocations r where r.certificate_id = c.id) as revoked
       from certificates c join certificate_bytes b on b.certificate_id = c.id`,
      [],
    );
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.filter(({ revoked }) => revoked).length).toBe(1);
    for (const { serial, ca, der, revoked } of rows) {
      const [leaf, issuer] = [join(folder, 'leaf.pem'), join(folder, 'issuer.pem')];
      await pem(der, leaf);
      await pem(Buffer.from(await bytes(await get(`ca/${ca}.cer`))), issuer);
      for (const hash of ['-sha1', '-sha256']) {
        const [request, answer] = [join(folder, 'request.der'), join(folder, 'answer.der')];
        await run('openssl', ['ocsp', '-no_nonce', hash, '-issuer', issuer, '-cert', leaf, '-reqout', request]);
        const text = encodeURIComponent(readFileSync(request).toString('base64'));
        const response = await get(`ocsp/${text}`);
        expect([serial, response.status, response.headers.get('content-type')]).toEqual([
          serial,
          200,
          'application/ocsp-response',
        ]);
        writeFileSync(answer, await bytes(response));
        const { stdout, stderr } = await run('openssl', [
          ...['ocsp', '-no_nonce', hash, '-issuer', issuer, '-cert', leaf, '-respin', answer],
          ...['-CAfile', await chain(), '-no-CApath'],
        ]);
        expect(stderr).toContain('Response verify OK');
        expect(stdout).toContain(revoked ? ': revoked' : ': good');
      }
    }
  });

  it('is written anew without what is no more, and says what could not be had', async () => {
    writeFileSync(join(files, 'ocsp', 'of-somebody-else'), 'x');
    const again = await instance.see('va', 'export', files, '--json');
    expect(again.code).toBe(0);
    expect((JSON.parse(again.stdout) as { removed: number }).removed).toBe(1);
    expect(existsSync(join(files, 'ocsp', 'of-somebody-else'))).toBe(false);
    expect(readdirSync(files, { recursive: true }).filter((name) => String(name).endsWith('.new'))).toEqual([]);
    const nowhere = await instance.see(
      'va',
      'export',
      join(folder, 'nowhere'),
      '--url',
      `http://127.0.0.1:${port}/none`,
    );
    expect(nowhere.code).toBe(1);
  });

  // Last: nothing of the instance runs from here on.
  it.skipIf(!haveChromium('the exported folder'))(
    'answers Chromium when nothing else runs, and without it nothing is believed',
    async () => {
      const revoked = at('revoked-files');
      const serial = readCertificate(at('demo/tls-server.pem')).serialHex;
      await revoke(instance, serial);
      const status = async () => {
        const response = await fetch(`${instance.urls.va}/status/tls/${serial}`);
        return (await response.json()) as { readonly status: string };
      };
      await waitUntil('revoked', async () => (await status()).status === 'revoked');
      expect((await instance.see('va', 'export', revoked, '--json')).code).toBe(0);
      expect((await instance.see('stop')).code).toBe(0);
      const unset = setPolicies('static-export', { RequireOnlineRevocationChecksForLocalAnchors: true });
      await pem(readFileSync(join(files, 'ca/tls.cer')), at('tls.pem'));
      const credentials = {
        key: readFileSync(at('demo/tls-server.key')),
        cert: Buffer.concat([at('demo/tls-server.pem'), at('tls.pem')].map((path) => readFileSync(path))),
      };
      const server = createServer(credentials, (_request, response) => response.end('kia ora')).listen(0);
      await once(server, 'listening');
      try {
        const visited = async () => {
          const home = mkdtempSync(at('home-'));
          const database = await NssDatabase.make(join(home, '.pki', 'nssdb'), ',,');
          await database.addCertificate('own-root', at('demo/root.pem'), 'C,,');
          return visit(`https://localhost:${(server.address() as AddressInfo).port}`, home);
        };
        const va = Number(new URL(instance.urls.va).port);
        expect(await visited()).toEqual({ error: expect.stringContaining('ERR_CERT_UNABLE_TO_CHECK_REVOCATION') });
        for (const [from, seen] of [
          [files, { text: 'kia ora' }],
          [revoked, { error: expect.stringContaining('ERR_CERT_REVOKED') }],
        ] as const) {
          const end = await serve(from, va);
          expect(await visited()).toEqual(seen);
          await end();
        }
      } finally {
        unset();
        server.closeAllConnections();
        server.close();
      }
    },
  );

  /** Serves a folder by the runbook's configuration of nginx; returns what ends it and says what was asked. */
  async function serve(root: string, on: number): Promise<() => Promise<string>> {
    const runbook = readFileSync(new URL('../../docs/runbooks/validation-authority.md', import.meta.url), 'utf8');
    const server = /```nginx\n([\s\S]*?)```/.exec(runbook)?.[1] ?? '';
    expect(server).toContain('location /ocsp/');
    const own = mkdtempSync(at('nginx-'));
    chmodSync(own, 0o755);
    mkdirSync(join(own, 'logs'));
    const configuration = join(own, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (one) => `${one}_temp_path ${own}/${one};`,
    );
    writeFileSync(
      configuration,
      `pid ${own}/nginx.pid; error_log ${own}/logs/error.log; daemon off; events {}\nhttp { access_log ${own}/access.log;\n${temporary.join(' ')}\n` +
        `${server.replace(/listen [^;]+;/, `listen 127.0.0.1:${on};`).replace(/root [^;]+;/, `root ${root};`)}\n}\n`,
    );
    const nginx = spawn('nginx', ['-c', configuration, '-p', own], { stdio: 'inherit' });
    const answer = () => fetch(`http://127.0.0.1:${on}/ca/root.cer`).catch(() => undefined);
    await waitUntil('nginx', async () => (await answer())?.status === 200);
    return async () => {
      nginx.kill('SIGTERM');
      await once(nginx, 'exit');
      return readFileSync(join(own, 'access.log'), 'utf8');
    };
  }

  async function pem(der: Uint8Array, path: string): Promise<void> {
    writeFileSync(`${path}.der`, der);
    await run('openssl', ['x509', '-inform', 'DER', '-in', `${path}.der`, '-out', path]);
  }

  async function chain(): Promise<string> {
    const path = join(folder, 'chain.pem');
    writeFileSync(path, await bytes(await get('ca/chain.pem')));
    return path;
  }
});
