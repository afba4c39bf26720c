import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { buildPfx } from '@see/pfx';
import { beforeAll, describe, expect, it } from 'vitest';
import { askJava } from './java.ts';
import { NssDatabase } from './nss-database.ts';
import { readCertificate } from './read-certificate.ts';
import { haveTool, run, runWell } from './tool.ts';
import { world } from './world.ts';

const PASSWORD = 'kowhai-tieke-rimu-7391';

/** `see demo` leaves the modern flavour; each client's own tests open that. Here is the one for old devices, by the same writer. */
describe.each(['user-auth', 'user-encrypt'])('the compatible PKCS#12 flavour of %s', (name) => {
  let file: string;
  let passwordFile: string;
  const family = name === 'user-auth' ? 'EC' : 'RSA';

  beforeAll(async () => {
    const { at, ca } = world();
    file = at(`${name}.compatible.p12`);
    passwordFile = at(`${name}.compatible.password`);
    writeFileSync(passwordFile, PASSWORD);
    const key = createPrivateKey(readFileSync(at(`${name}.key`)));
    const der = await buildPfx({
      privateKeyPkcs8: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
      certificates: [readCertificate(at(`${name}.pem`)).der, readCertificate(ca('individual')).der],
      friendlyName: 'Jane Citizen',
      password: PASSWORD,
      flavour: 'compatible',
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
      subtle: webcrypto.subtle,
    });
    writeFileSync(file, der);
  });

  it.skipIf(!haveTool('openssl', 'apt-get install openssl'))('opens with OpenSSL', async () => {
    const text = await runWell('openssl', ['pkcs12', '-in', file, '-passin', `pass:${PASSWORD}`, '-info', '-nodes']);
    expect(text).toContain('pbeWithSHA1And3-KeyTripleDES-CBC');
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(text).toContain('BEGIN PRIVATE KEY');
  });

  it.skipIf(!haveTool('certtool', 'apt-get install gnutls-bin'))('opens with GnuTLS', async () => {
    const open = (word: string) => run('certtool', ['--p12-info', '--inder', '--infile', file, '--password', word]);
    const { code, text } = await open(PASSWORD);
    expect([code, text.match(/BEGIN CERTIFICATE/g)?.length]).toEqual([0, 2]);
    expect((await open('wrong')).text).toContain('Message Authentication Code verification failed');
  });

  it.skipIf(!haveTool('pk12util', 'apt-get install libnss3-tools'))('is imported by NSS', async () => {
    const database = await NssDatabase.make();
    await runWell('pk12util', ['-i', file, '-d', database.name, '-w', passwordFile]);
    expect(await runWell('certutil', ['-K', '-d', database.name])).toMatch(new RegExp(`< 0> ${family} `, 'i'));
  });

  it.skipIf(!haveTool('javac', 'apt-get install default-jdk-headless'))('is used by Java', async () => {
    const [answer] = await askJava([['p12', file, passwordFile]]);
    expect(answer).toMatch(new RegExp(`^OK ${family} chain 2 `));
  });
});
