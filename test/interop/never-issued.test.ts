import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue, openVa, signUnrecorded, type TestVa, Workshop, whenReady } from '../integration/va-harness.ts';
import { makeWorld, type World } from '../support/world.ts';
import { askJava } from './java.ts';
import { haveTool, run, runWell } from './tool.ts';

// Whoever has stolen the key of a CA makes certificates that verify. The authority has not recorded them, so no client that
// asks may believe them (REV-26), while it believes the one beside it.

const openssl = haveTool('openssl', 'apt-get install openssl');
const gnutls = haveTool('ocsptool', 'apt-get install gnutls-bin');
const nss = haveTool('vfychain', 'apt-get install libnss3-tools');
const java = haveTool('javac', 'apt-get install default-jdk-headless');

const NAMES = ['recorded', 'unrecorded'] as const;

let own: World;
let va: TestVa;
let workshop: Workshop;

beforeAll(async () => {
  own = await makeWorld();
  va = await openVa(own);
  await whenReady(own, va);
  workshop = new Workshop();
  const read = async (path: string) => new Uint8Array(await (await fetch(`${va.url}${path}`)).arrayBuffer());
  workshop.pem('root.pem', await read('/ca/root.cer'));
  workshop.pem('ca.pem', await read('/ca/individual.cer'));
  workshop.pem('recorded.pem', (await issue(own, { pointers: true })).der);
  workshop.pem('unrecorded.pem', (await signUnrecorded(own, { pointers: true })).der);
  for (const name of NAMES)
    await runWell('sh', ['-c', `cat ${name}.pem ca.pem root.pem > ${name}.path.pem`], inWorkshop());
});
afterAll(async () => {
  await va?.close();
  await own?.close();
  workshop?.remove();
});

const inWorkshop = () => ({ cwd: workshop.folder });

describe('a certificate by the right key that was never issued', () => {
  it.skipIf(!openssl).each(['-sha1', '-sha256'])('is revoked for openssl ocsp, %s', async (hash) => {
    await runWell('openssl', ['verify', '-CAfile', 'root.pem', '-untrusted', 'ca.pem', 'unrecorded.pem'], inWorkshop());
    const ask = (name: string) =>
      run(
        'openssl',
        ['ocsp', hash, '-issuer', 'ca.pem', '-cert', `${name}.pem`, '-url', `${va.url}/ocsp`, '-CAfile', 'root.pem'],
        inWorkshop(),
      );
    const [recorded, unrecorded] = [await ask('recorded'), await ask('unrecorded')];
    expect(recorded.text).toContain('recorded.pem: good');
    expect(unrecorded.text).toContain('Response verify OK');
    expect(unrecorded.text).toMatch(/unrecorded\.pem: revoked[\s\S]*certificateHold[\s\S]*1970/);
  });

  it.skipIf(!gnutls)('is revoked for GnuTLS ocsptool', async () => {
    const ask = (name: string) =>
      run(
        'ocsptool',
        [`--ask=${va.url}/ocsp`, '--load-cert', `${name}.pem`, '--load-issuer', 'ca.pem', '--load-trust', 'ca.pem'],
        inWorkshop(),
      );
    const [recorded, unrecorded] = [await ask('recorded'), await ask('unrecorded')];
    expect(recorded.text).toContain('Certificate Status: good');
    expect(unrecorded.text).toContain('Verifying OCSP Response: Success.');
    expect(unrecorded.text).toContain('Certificate Status: revoked');
  });

  it.skipIf(!nss)('is revoked for NSS vfychain', async () => {
    await runWell('mkdir', ['nss'], inWorkshop());
    await runWell('certutil', ['-N', '-d', 'sql:nss', '--empty-password'], inWorkshop());
    await runWell('certutil', ['-A', '-d', 'sql:nss', '-n', 'root', '-t', 'CT,C,C', '-i', 'root.pem'], inWorkshop());
    const fresh = ['-g', 'leaf', '-h', 'requireFreshInfo', '-m', 'ocsp', '-s', 'failIfNoInfo'];
    const check = (name: string) =>
      run('vfychain', ['-d', 'sql:nss', '-pp', '-u', '4', ...fresh, '-a', `${name}.pem`, '-a', 'ca.pem'], inWorkshop());
    const [recorded, unrecorded] = [await check('recorded'), await check('unrecorded')];
    expect([recorded.code, recorded.text.trim()]).toEqual([0, 'Chain is good!']);
    expect([unrecorded.code, unrecorded.text]).toEqual([1, expect.stringContaining('has been revoked')]);
  });

  it.skipIf(!java)('is refused by Java', async () => {
    const file = (name: string) => `${workshop.folder}/${name}`;
    const ask = (name: string) => ['ocsp', file(`${name}.path.pem`), file('root.pem'), '-', '-', '-'];
    const [recorded, unrecorded] = await askJava(NAMES.map(ask));
    expect(recorded).toMatch(/^OK/);
    expect(unrecorded).toMatch(/^REFUSED REVOKED/);
  });
});
