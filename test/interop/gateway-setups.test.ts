import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GATEWAY_PRODUCTS, SETUP_FOLDER, type SetupStep } from '@see/ui';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from './read-certificate.ts';
import { haveTool, run, runWell } from './tool.ts';
import { world } from './world.ts';

/** The steps of the portal's pages for gateways, as they stand there: what can be run on Debian is run. */
const at = world();
const facts = { portal: at.portalUrl, va: at.vaUrl, rootFingerprint: at.rootFingerprint };
let folder: string;

/** The demo's certificates, by the name that the steps give them. */
const KEYS: Readonly<Record<string, string>> = {
  server: 'tls-server',
  'gateway-sign': 'gateway-sign',
  'gateway-encrypt': 'gateway-encrypt',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-setup-'));
  for (const [name, leaf] of Object.entries(KEYS)) copyFileSync(at.at(`${leaf}.key`), join(folder, `${name}.key`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stepsOf = (id: string): readonly SetupStep[] => {
  const found = GATEWAY_PRODUCTS.find((product) => product.id === id)?.write(facts).steps ?? [];
  expect(found.length, id).toBeGreaterThan(0);
  return found;
};
const inFolder = (text: string): string => text.replaceAll(SETUP_FOLDER, folder);
const fileOf = (id: string, name: string): string => {
  const found = stepsOf(id).find(({ file }) => file?.endsWith(name))?.command;
  expect(found, name).toBeTruthy();
  return inFolder(found ?? '');
};

function sha256Of(file: string): string {
  return createHash('sha256')
    .update(readCertificate(at.at(file)).der)
    .digest('hex');
}

/** A command as an administrator runs it, with the SHA-256 of their certificate, and a passphrase where they would be asked for one. */
async function type(command: string): Promise<string> {
  const [, name = ''] = /curl -o (\S+)\.pem \S+SHA256/.exec(command) ?? [];
  const sha256 = name === '' ? '' : sha256Of(`${KEYS[name]}.pem`);
  const typed = inFolder(command)
    .replaceAll('SHA256/', `${sha256}/`)
    .replaceAll(/^(openssl pkcs12 .*)$/gm, '$1 -passout pass:changeit')
    .replaceAll(/^(keytool .*)$/gm, '$1 -storepass changeit')
    .replaceAll('curl -o', 'curl --silent --show-error --fail -o');
  return runWell('bash', ['-euo', 'pipefail', '-c', typed], { cwd: folder });
}

/** Steps that are typed on Unix and need nothing but curl, OpenSSL and a shell. */
const isPlain = ({ command, file }: SetupStep): boolean =>
  command !== undefined && file === undefined && /^(?:curl|openssl|cat) /.test(command);

describe('steps with curl and OpenSSL', () => {
  it.each([...GATEWAY_PRODUCTS])('work for $name', async ({ id }) => {
    const plain = stepsOf(id).filter(isPlain);
    expect(plain.length).toBeGreaterThan(1);
    for (const { command = '', prints } of plain) {
      const printed = await type(command);
      if (prints !== undefined) expect(printed).toContain(prints);
      if (command.includes('openssl verify')) {
        expect(printed).toContain(': OK');
        const [, one, other] = printed.trim().split('\n');
        expect(one).toMatch(/[0-9a-f]{64}/);
        expect(one).toBe(other);
      }
    }
  });

  it('show another fingerprint for another root', async () => {
    const product = GATEWAY_PRODUCTS.find(({ id }) => id === 'nginx');
    const [first] = product?.write({ ...facts, rootFingerprint: '00'.repeat(32) }).steps ?? [];
    expect(await type(first?.command ?? '')).not.toContain(first?.prints);
  });

  it('give gateways the certificates of members, with an index', async () => {
    const pem = await (await fetch(`${at.vaUrl}/members.pem`)).text();
    const inside = await runWell('openssl', [
      'pkcs7',
      '-inform',
      'DER',
      '-in',
      join(folder, 'members.p7b'),
      '-print_certs',
    ]);
    const certificates = (text: string): string[] =>
      text.replaceAll(/\s/g, '').match(/-BEGINCERTIFICATE-+[^-]+/g) ?? [];
    expect(certificates(pem).length).toBeGreaterThan(0);
    expect(certificates(inside).toSorted()).toEqual(certificates(pem).toSorted());
    const own = sha256Of('gateway-encrypt.pem');
    expect(pem).toMatch(new RegExp(`^# \\S+ \\S+ sha256=${own} until=\\d{4}-`, 'm'));
    const { members } = (await (await fetch(`${at.vaUrl}/members.json`)).json()) as {
      members: { dca: { sha256: string }[] }[];
    };
    const listed = members.flatMap(({ dca }) => dca.map(({ sha256 }) => sha256));
    expect([...pem.matchAll(/sha256=([0-9a-f]{64})/g)].map(([, sha256]) => sha256)).toEqual(listed);
  });
});

describe('steps for servers', () => {
  beforeAll(async () => {
    for (const { command = '' } of stepsOf('haproxy').filter(isPlain)) await type(command);
  });

  it.skipIf(!haveTool('nginx', 'apt-get install nginx-light'))('nginx takes the file', async () => {
    const path = join(folder, 'nginx.conf');
    const site = fileOf('nginx', 'see.conf').replace('listen 443', 'listen 127.0.0.1:44343');
    const test = (text: string): Promise<{ code: number; text: string }> => {
      writeFileSync(path, `pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; ${text} }`);
      return run('nginx', ['-t', '-p', folder, '-c', path]);
    };
    const taken = await test(site);
    expect(taken.text).toContain('test is successful');
    expect(taken.text).not.toContain('[warn]');
    expect((await test(site.replace('server.key', 'gateway-sign.key'))).code).not.toBe(0);
  });

  it.skipIf(!haveTool('apache2', 'apt-get install apache2-bin'))('Apache takes the file', async () => {
    const path = join(folder, 'apache.conf');
    const modules = ['mpm_event', 'authz_core', 'socache_shmcb', 'ssl'];
    const site = fileOf('apache', 'see.conf').replace('/var/run/apache2/stapling', `${folder}/stapling`);
    const test = (text: string): Promise<{ code: number; text: string }> => {
      const head = [
        `ServerRoot ${folder}`,
        `PidFile ${folder}/apache.pid`,
        `ErrorLog ${folder}/error.log`,
        'ServerName localhost',
        ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
      ];
      writeFileSync(path, [...head, text, ''].join('\n'));
      return run('apache2', ['-t', '-f', path]);
    };
    expect((await test(site)).text).toContain('Syntax OK');
    expect((await test(site.replace('SSLEngine', 'SSLMotor'))).code).not.toBe(0);
  });

  it.skipIf(!haveTool('haproxy', 'apt-get install haproxy'))('HAProxy takes the file', async () => {
    const path = join(folder, 'haproxy.cfg');
    const site = fileOf('haproxy', 'haproxy.cfg').replace(':443', '127.0.0.1:44344');
    writeFileSync(path, `${site}\n`);
    const taken = await run('haproxy', ['-c', '-f', path]);
    expect(taken).toMatchObject({ code: 0 });
    writeFileSync(path, `${site.replace('server-with-key.pem', 'server.pem')}\n`);
    expect((await run('haproxy', ['-c', '-f', path])).code).not.toBe(0);
  });

  it.skipIf(!haveTool('postfix', 'apt-get install postfix'))('Postfix takes the settings', async () => {
    const etc = join(folder, 'postfix');
    mkdirSync(etc, { mode: 0o755 });
    const [queue, data] = [join(folder, 'queue'), join(folder, 'data')];
    for (const path of [queue, data]) mkdirSync(path);
    writeFileSync(
      join(etc, 'main.cf'),
      `compatibility_level = 3.6\nqueue_directory = ${queue}\ndata_directory = ${data}\n`,
    );
    copyFileSync('/usr/share/postfix/master.cf.dist', join(etc, 'master.cf'));
    const settings =
      stepsOf('postfix-ciphermail').find(({ command }) => command?.startsWith('postconf'))?.command ?? '';
    const typed = inFolder(settings)
      .replaceAll('postconf -e', `postconf -c ${etc} -e`)
      .replace('postfix check', `postconf -c ${etc} -n; postconf -c ${etc} -M`);
    const printed = await runWell('bash', ['-euo', 'pipefail', '-c', typed], { cwd: folder });
    expect(printed).toContain(`smtpd_tls_cert_file = ${folder}/server.pem`);
    expect(printed).not.toMatch(/warning|fatal|unused parameter/);
    const misspelt = typed.replace('smtpd_tls_cert_file', 'smtpd_tls_cert_fille');
    expect(await runWell('bash', ['-euo', 'pipefail', '-c', misspelt], { cwd: folder })).toContain('unused parameter');
  });

  it.skipIf(!haveTool('keytool', 'apt-get install default-jre-headless'))('Java trusts the root', async () => {
    const steps = stepsOf('java').filter(({ command }) => command?.startsWith('keytool'));
    expect(steps).toHaveLength(1);
    for (const { command = '', prints } of steps) expect(await type(command)).toContain(prints);
    expect(readFileSync(join(folder, 'see-trust.p12')).length).toBeGreaterThan(100);
  });
});
