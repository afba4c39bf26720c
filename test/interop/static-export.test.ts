import { execFile, spawn } from 'node:child_process';
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
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvaluationPeople } from '../support/evaluation-people.ts';
import { freePorts } from '../support/free-ports.ts';
import { newInstance, type TestInstance } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { waitUntil } from '../support/wait-until.ts';
import { haveTool } from './tool.ts';

const run = promisify(execFile);
const available = haveTool('nginx', 'apt-get install nginx') && haveTool('openssl', 'apt-get install openssl');

/** `see va export`: what nginx serves from the folder is what va serves. */
describe.skipIf(!available)('va as files behind nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'see-export-'));
  const files = join(folder, 'files');
  let instance: TestInstance;
  let port: number;
  let stop: () => void = () => undefined;

  beforeAll(async () => {
    instance = await newInstance();
    await instance.start('start');
    const people = new EvaluationPeople(instance);
    await people.codeFor('grace.liu@treasury.govt.nz', ['user-auth']);
    [port = 0] = await freePorts(1);
    const runbook = readFileSync(new URL('../../docs/runbooks/validation-authority.md', import.meta.url), 'utf8');
    const server = /```nginx\n([\s\S]*?)```/.exec(runbook)?.[1] ?? '';
    expect(server).toContain('location /ocsp/');
    mkdirSync(join(folder, 'logs'));
    // The workers of nginx are nobody.
    chmodSync(folder, 0o755);
    writeFileSync(
      join(folder, 'nginx.conf'),
      `pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log; daemon off; events {}\nhttp { access_log off;\n` +
        `client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;\n` +
        `${server.replace(/listen [^;]+;/, `listen 127.0.0.1:${port};`).replace(/root [^;]+;/, `root ${files};`)}\n}\n`,
    );
    const exported = await instance.see('va', 'export', files, '--json');
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'inherit' });
    stop = () => nginx.kill('SIGTERM');
    await waitUntil('nginx', async () => (await at('ca/root.cer').catch(() => undefined))?.status === 200);
  });
  afterAll(async () => {
    stop();
    await instance?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (path: string) => fetch(`http://127.0.0.1:${port}/${path}`);
  const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

  it('gives lists and certificates with their types', async () => {
    for (const [path, type] of [
      ['crl/individual.crl', 'application/pkix-crl'],
      ['crl/root.crl', 'application/pkix-crl'],
      ['ca/tls.cer', 'application/pkix-cert'],
      ['members.json', 'application/json'],
    ] as const) {
      const [served, own] = [await at(path), await fetch(`${instance.urls.va}/${path}`)];
      expect([path, served.status, served.headers.get('content-type')]).toEqual([path, 200, type]);
      if (path !== 'members.json') expect(await bytes(served)).toEqual(await bytes(own));
    }
  });

  it('answers what openssl asks by GET about every certificate, and openssl believes it', async () => {
    const rows = await query<{ serial: string; ca: string; der: Buffer }>(
      instance.database.superuserUrl,
      `select encode(c.serial, 'hex') as serial, c.ca, b.der from certificates c join certificate_bytes b on b.certificate_id = c.id`,
      [],
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { serial, ca, der } of rows) {
      const [leaf, issuer] = [join(folder, 'leaf.pem'), join(folder, 'issuer.pem')];
      await pem(der, leaf);
      await pem(Buffer.from(await bytes(await at(`ca/${ca}.cer`))), issuer);
      for (const hash of ['-sha1', '-sha256']) {
        const [request, answer] = [join(folder, 'request.der'), join(folder, 'answer.der')];
        await run('openssl', ['ocsp', '-no_nonce', hash, '-issuer', issuer, '-cert', leaf, '-reqout', request]);
        const text = encodeURIComponent(readFileSync(request).toString('base64'));
        const response = await at(`ocsp/${text}`);
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
        expect(stdout).toContain(': good');
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

  async function pem(der: Uint8Array, path: string): Promise<void> {
    writeFileSync(`${path}.der`, der);
    await run('openssl', ['x509', '-inform', 'DER', '-in', `${path}.der`, '-out', path]);
  }

  async function chain(): Promise<string> {
    const path = join(folder, 'chain.pem');
    writeFileSync(path, await bytes(await at('ca/chain.pem')));
    return path;
  }
});
