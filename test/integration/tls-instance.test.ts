import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { serviceStateDir } from '@see/process';
import { encodePem } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInstance, type TestInstance } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { type CommandResult, runSee } from '../support/see-command.ts';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, newKey } from '../support/world.ts';

const run = promisify(execFile);
let instance: TestInstance;
let folder: string;
let root: string;

beforeAll(async () => {
  instance = await startInstance();
  folder = join(instance.dataDir, '..');
  const der = new Uint8Array(await (await fetch(`${instance.urls.va}/ca/root.cer`)).arrayBuffer());
  root = file('root.pem', encodePem('CERTIFICATE', der));
});
afterAll(() => instance?.remove());

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

/** Runs `see` with more environment. */
function seeWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<CommandResult> {
  return runSee({ program: 'see', environment: { ...instance.environment, ...environment }, cwd: folder }, ...args);
}

const evaluation = (name: string): string => join(instance.layout.evaluationDir, name);
const sponsor = (): Readonly<Record<string, string>> => ({ SEE_TOKEN_FILE: evaluation('ssc-sponsor.token') });

/** What curl makes of an address: the status, or its exit code. */
async function curl(url: string, ...more: readonly string[]): Promise<string> {
  const args = ['-sS', '-o', '/dev/null', '-w', '%{http_code}', ...more, url];
  return run('curl', args).then(
    ({ stdout }) => stdout,
    (error: { code?: number }) => `exit ${error.code}`,
  );
}

async function personOf(email: string): Promise<string> {
  const { items } = await instance.seeJson<{ items: { id: string; email: string }[] }>(
    'person',
    'list',
    '--agency',
    'ssc',
  );
  return items.find((person) => person.email === email)?.id ?? '';
}

async function approve(order: string): Promise<void> {
  for (const name of ['operator1', 'operator2']) {
    const approved = await instance.see('order', 'approve', order, '--key', evaluation(`${name}.key.json`), '--yes');
    if (approved.code !== 0) expect(approved.stderr).toMatch(/wrong-state/);
  }
}

/** Issues an operator certificate; returns its environment for `see`. */
async function operatorCertificate(email: string): Promise<Readonly<Record<string, string>>> {
  const key = newKey();
  const wish = ['--applicant', await personOf(email), '--sponsor', await personOf('helen.marsh@ssc.govt.nz')];
  const csr = file('operator.csr', encodePem('CERTIFICATE REQUEST', csrOf(key)));
  const made = await seeWith(
    sponsor(),
    ...['order', 'create', '--agency', 'ssc', '--profile', 'operator', '--type', 'business-card-software'],
    ...[...wish, '--csr', csr, '--json'],
  );
  expect(made.code, made.stderr).toBe(0);
  const { id } = JSON.parse(made.stdout) as { id: string };
  await approve(id);
  const shown = await waitUntil('the certificate', async () => {
    const order = await instance.seeJson<{ certificates: { sha256: string }[] }>('order', 'show', id);
    return order.certificates[0];
  });
  const pem = join(folder, 'operator.pem');
  const got = await instance.see('cert', 'get', shown.sha256, '--out', pem);
  expect(got.code, got.stderr).toBe(0);
  return {
    SEE_CLIENT_CERTIFICATE: pem,
    SEE_CLIENT_KEY: file('operator.key', key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
  };
}

function servedSerial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca: readFileSync(root) }, () => {
      resolve(socket.getPeerX509Certificate()?.serialNumber.toLowerCase() ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('the first start of an evaluation instance', () => {
  it('ends with both doors open, by an order that is on record like any other', async () => {
    expect(instance.running?.output()).toContain(`https://localhost:${instance.ports.tls}`);
    expect(instance.running?.output()).toMatch(/TLS +The server certificate [0-9a-f]+ is good until/);
    expect(await curl(`${instance.urls.tls}/readyz`, '--cacert', root)).toBe('200');
    expect(await curl(`${instance.urls.mtls}/readyz`, '--cacert', root)).toBe('200');
    expect(await curl(`${instance.urls.tls}/readyz`)).toBe('exit 60');
    expect(await curl(`${instance.urls.tls}/readyz`, '--cacert', root, '--tls-max', '1.1')).toMatch(/^exit (?:35|4)$/);
    const events = await query<{ kind: string; actor: { personId?: string } }>(
      instance.database.superuserUrl,
      "select e.kind, e.actor from audit_events e join orders o on o.id::text = e.object_id where e.object_type = 'order' order by e.id",
    );
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['order.create', 'order.approve']));
    expect(await personOf('mere.tahana@ssc.govt.nz')).toBe(
      events.find(({ kind }) => kind === 'order.approve')?.actor.personId,
    );
    const verified = await instance.see('audit', 'verify');
    expect(verified.code, verified.stderr).toBe(0);
  });

  it('is said by status, doctor and see tls show', async () => {
    const status = await instance.seeJson<{ doors: { state: string } }>('status');
    expect(status.doors.state).toBe('serving');
    const { findings } = await instance.seeJson<{ findings: { check: string; verdict: string }[] }>('doctor');
    expect(findings.find(({ check }) => check === 'TLS')?.verdict).toBe('right');
    const shown = await instance.see('tls', 'show');
    expect(shown.stdout).toMatch(/https +open\nmtls +open\nNames +localhost/);
  });

  it('keeps the keys in the folder of ra, for ra alone', () => {
    const keys = join(serviceStateDir(instance.layout, 'ra'), 'tls');
    const names = readdirSync(keys);
    expect(names).toHaveLength(2);
    const owner = statSync(serviceStateDir(instance.layout, 'ra')).uid;
    for (const name of names) {
      const { mode, uid } = statSync(join(keys, name));
      expect([mode & 0o777, uid]).toEqual([0o600, owner]);
    }
  });
});

describe('the next certificate', () => {
  it('is ordered by a command, and taken up without a restart', async () => {
    const before = await servedSerial(instance.ports.mtls);
    const wish = [
      '--applicant',
      await personOf('peter.lowe@ssc.govt.nz'),
      '--sponsor',
      await personOf('helen.marsh@ssc.govt.nz'),
    ];
    const ordered = await seeWith(sponsor(), 'tls', 'order', '--agency', 'ssc', ...wish, '--json');
    expect(ordered.code, ordered.stderr).toBe(0);
    await approve((JSON.parse(ordered.stdout) as { id: string }).id);
    const serial = await waitUntil('another certificate at the door', async () => {
      const now = await servedSerial(instance.ports.mtls);
      return now === before ? undefined : now;
    });
    expect(await servedSerial(instance.ports.tls)).toBe(serial);
    const { services } = await instance.seeJson<{ services: Record<string, { restarts: number }> }>('status');
    expect(services['ra']?.restarts).toBe(0);
    expect(readdirSync(join(serviceStateDir(instance.layout, 'ra'), 'tls'))).toHaveLength(3);
  });
});

describe('the command line with an operator certificate', () => {
  it('works as its holder, over mutual TLS, and says what is wrong', async () => {
    const client = await operatorCertificate('aroha.ngata@ssc.govt.nz');
    const listed = await seeWith({ ...client, SEE_TOKEN: '' }, 'session', 'list', '--json');
    expect(listed.code, listed.stderr).toBe(0);
    const [event] = await query<{ actor: Record<string, string> }>(
      instance.database.superuserUrl,
      "select actor from audit_events where kind = 'access.denied' order by id desc limit 1",
    );
    expect(event).toBeUndefined();
    const refused = await seeWith(
      client,
      'order',
      'reject',
      '00000000-0000-4000-8000-000000000000',
      '--reason',
      'none',
    );
    expect([refused.code, refused.stderr.includes('you act as administrator')]).toEqual([1, true]);
    const named = await seeWith({ ...client, SEE_URL: instance.urls.mtls, SEE_CA_FILE: root }, 'session', 'list');
    expect(named.code, named.stderr).toBe(0);
    const asOperator = await seeWith({ ...client, SEE_ROLE: 'operator' }, 'session', 'list');
    expect([asOperator.code, asOperator.stderr.includes('a role that you do not have')]).toEqual([1, true]);
    const p12 = join(folder, 'operator.p12');
    const passphrase = file('p12.passphrase', 'correct horse battery');
    await run('openssl', [
      ...['pkcs12', '-export', '-in', client['SEE_CLIENT_CERTIFICATE'] ?? '', '-inkey', client['SEE_CLIENT_KEY'] ?? ''],
      ...['-out', p12, '-passout', `file:${passphrase}`],
    ]);
    const byFile = { SEE_CLIENT_PKCS12: p12, SEE_CLIENT_PASSPHRASE_FILE: passphrase };
    expect((await seeWith(byFile, 'session', 'list')).code).toBe(0);
    const wrong = await seeWith({ ...byFile, SEE_CLIENT_PASSPHRASE_FILE: root }, 'session', 'list');
    expect([wrong.code, wrong.stderr.includes('bad-client-certificate')]).toEqual([1, true]);
    const sha256 = new X509Certificate(readFileSync(client['SEE_CLIENT_CERTIFICATE'] ?? '')).fingerprint256;
    const held = await instance.see('cert', 'hold', sha256.replaceAll(':', '').toLowerCase());
    expect(held.code, held.stderr).toBe(0);
    const after = await seeWith(client, 'session', 'list');
    expect([after.code, after.stderr.includes('It is on hold')]).toEqual([1, true]);
  });

  it('takes a token at the TLS door, and no server that it does not trust', async () => {
    const there = { SEE_URL: instance.urls.tls };
    expect((await seeWith(there, 'order', 'list')).code).toBe(0);
    const foreign = join(folder, 'foreign.pem');
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-subj', '/CN=x'],
      ...['-keyout', join(folder, 'foreign.key'), '-out', foreign],
    ]);
    const refused = await seeWith({ ...there, SEE_CA_FILE: foreign }, 'order', 'list');
    expect([refused.code, refused.stderr.includes('server-not-trusted')]).toEqual([1, true]);
    const keyless = await seeWith({ SEE_CLIENT_CERTIFICATE: root }, 'order', 'list');
    expect([keyless.code, keyless.stderr.includes('SEE_CLIENT_KEY together')]).toEqual([1, true]);
  });
});

describe('a port that another program has', () => {
  it('is no reason for an evaluation instance not to start, and is said', async () => {
    await instance.see('stop');
    const other = createServer().listen(instance.ports.tls, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    try {
      await instance.start('up');
      expect(instance.running?.output()).toContain(
        `Port ${instance.ports.tls} (https) cannot be listened on: EADDRINUSE`,
      );
      expect(await curl(`${instance.urls.portal}/readyz`)).toBe('200');
      expect(await curl(`${instance.urls.mtls}/readyz`, '--cacert', root)).toBe('200');
      const doctor = await instance.see('doctor');
      expect(doctor.stdout).toMatch(/warning TLS +Port/);
      const orders = await query(
        instance.database.superuserUrl,
        "select 1 from orders where state in ('pending', 'approved')",
      );
      expect(orders).toEqual([]);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    await waitUntil(
      'the door',
      async () => (await curl(`${instance.urls.tls}/readyz`, '--cacert', root)) === '200',
      45_000,
    );
  });
});
