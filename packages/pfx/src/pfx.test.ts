import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes as nodeRandom, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derExplicit, derInteger, derNull, derOctetString, derOid, derSequence } from '@see/asn1';
import * as x509 from '@see/x509';
import * as pkijs from 'pkijs';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPfx, PfxError, type PfxFlavour, readPfx } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-pfx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { subtle } = globalThis.crypto;
const randomBytes = (length: number) => new Uint8Array(nodeRandom(length));
const algorithm = x509.signatureAlgorithm('ecdsa-sha384');
const password = 'Kōtare-7 tūī ßen';

function pairWithCertificate(subject: string, serial: number) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const name = x509.encodeName([[{ type: x509.oid.commonName, value: subject }]]);
  const tbs = x509.buildTbsCertificate({
    serialNumber: Uint8Array.of(serial),
    signatureAlgorithmDer: algorithm,
    issuerDer: name,
    subjectDer: name,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2036-01-01T00:00:00Z'),
    spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    extensions: [x509.basicConstraints({ cA: true })],
  });
  return {
    certificate: x509.assembleSigned(tbs, algorithm, new Uint8Array(sign('sha384', tbs, privateKey))),
    privateKey,
    pkcs8: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
  };
}
const leaf = pairWithCertificate('Mereana Ngata', 1);
const ca = pairWithCertificate('Individual CA', 2);

const make = (flavour: PfxFlavour, more: { iterations?: number; password?: string; friendlyName?: string } = {}) =>
  buildPfx({
    privateKeyPkcs8: leaf.pkcs8,
    certificates: [leaf.certificate, ca.certificate],
    friendlyName: 'Mereana Ngata · S.E.E.',
    password,
    flavour,
    randomBytes,
    subtle,
    ...more,
  });

async function codeOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return 'accepted';
  } catch (error) {
    if (error instanceof PfxError) return error.code;
    throw error;
  }
}
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] }).toString();

describe.each(['modern', 'compatible'] as const)('the %s flavour', (flavour) => {
  it('is read by us', async () => {
    const der = await make(flavour);
    const contents = await readPfx(der, password, { subtle });
    expect(contents).toEqual({
      privateKeyPkcs8: leaf.pkcs8,
      certificates: [leaf.certificate, ca.certificate],
      friendlyName: 'Mereana Ngata · S.E.E.',
    });
    expect(await codeOf(() => readPfx(der, `${password}x`, { subtle }))).toBe('wrong-password');
  });

  it('is read by openssl, key, chain and name', async () => {
    writeFileSync(join(folder, 'ours.p12'), await make(flavour));
    const info = execFileSync(
      'openssl',
      ['pkcs12', '-in', 'ours.p12', '-passin', `pass:${password}`, '-nodes', '-info'],
      { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    );
    expect(info.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(info).toContain('BEGIN PRIVATE KEY');
    expect(info).toContain('friendlyName: Mereana Ngata');
    expect(info.replaceAll('\n', '')).toContain(x509.encodeBase64(leaf.pkcs8));
  });
});

describe('the octets', () => {
  it('name the algorithms of their flavour', async () => {
    writeFileSync(join(folder, 'm.p12'), await make('modern'));
    writeFileSync(join(folder, 'c.p12'), await make('compatible'));
    const text = (file: string) => openssl('asn1parse', '-inform', 'DER', '-in', file, '-strparse', '26');
    expect(text('m.p12')).toContain('PBES2');
    expect(text('m.p12')).toContain('aes-256-cbc');
    expect(text('m.p12')).toContain('hmacWithSHA256');
    expect(text('c.p12')).toContain('pbeWithSHA1And3-KeyTripleDES-CBC');
    expect(openssl('asn1parse', '-inform', 'DER', '-in', 'm.p12')).toContain('sha256');
  });

  it('differ each time', async () => {
    expect(await make('modern', { iterations: 1000 })).not.toEqual(await make('modern', { iterations: 1000 }));
  });

  it('are read by pkijs', async () => {
    const pfx = pkijs.PFX.fromBER(Buffer.from(await make('modern', { password: 'ascii-Passphrase' })));
    const key = new TextEncoder().encode('ascii-Passphrase').buffer;
    await pfx.parseInternalValues({ password: key, checkIntegrity: true });
    const safe = pfx.parsedValue?.authenticatedSafe as pkijs.AuthenticatedSafe;
    await safe.parseInternalValues({ safeContents: [{ password: key }, {}] });
    const bags = safe.parsedValue.safeContents.flatMap((each: { value: pkijs.SafeContents }) => each.value.safeBags);
    expect(bags.map((bag: pkijs.SafeBag) => bag.bagId)).toEqual([
      '1.2.840.113549.1.12.10.1.3',
      '1.2.840.113549.1.12.10.1.3',
      '1.2.840.113549.1.12.10.1.2',
    ]);
  });
});

describe('files of openssl are read', () => {
  writeFileSync(join(folder, 'leaf.pem'), x509.encodePem('CERTIFICATE', leaf.certificate));
  writeFileSync(join(folder, 'ca.pem'), x509.encodePem('CERTIFICATE', ca.certificate));
  writeFileSync(join(folder, 'key.pem'), leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const tripleDes = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
  it.each<readonly [string, readonly string[]]>([
    ['as it writes them', []],
    ['3DES', tripleDes],
    ['3DES by its legacy provider', ['-legacy', ...tripleDes]],
    ['AES-128 and SHA-512', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512']],
    ['AES-192 and SHA-384', ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC', '-macalg', 'sha384']],
    ['3DES under PBES2', ['-keypbe', 'des-ede3-cbc', '-certpbe', 'des-ede3-cbc']],
    ['certificates in the clear', ['-certpbe', 'NONE']],
    ['key in the clear', ['-keypbe', 'NONE']],
  ])('%s', async (_name, options) => {
    openssl(
      'pkcs12',
      '-export',
      '-in',
      'leaf.pem',
      '-inkey',
      'key.pem',
      '-certfile',
      'ca.pem',
      '-name',
      'Mere',
      '-passout',
      `pass:${password}`,
      '-out',
      'theirs.p12',
      ...options,
    );
    const contents = await readPfx(new Uint8Array(readFileSync(join(folder, 'theirs.p12'))), password, { subtle });
    expect(contents.certificates).toEqual([leaf.certificate, ca.certificate]);
    expect(contents.privateKeyPkcs8).toEqual(leaf.pkcs8);
    expect(contents.friendlyName).toBe('Mere');
  });

  it.each<readonly [string, readonly string[], string]>([
    ['without MAC', ['-nomac'], 'no-mac'],
    ['with RC2', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40'], 'unsupported'],
    ['without key', ['-nokeys'], 'no-key'],
  ])('except %s', async (_name, options, code) => {
    openssl(
      'pkcs12',
      '-export',
      '-in',
      'leaf.pem',
      '-inkey',
      'key.pem',
      '-passout',
      `pass:${password}`,
      '-out',
      'odd.p12',
      ...options,
    );
    const der = new Uint8Array(readFileSync(join(folder, 'odd.p12')));
    expect(await codeOf(() => readPfx(der, password, { subtle }))).toBe(code);
  });
});

describe('files that are refused', () => {
  const data = (content: Uint8Array) =>
    derSequence(derOid('1.2.840.113549.1.7.1'), derExplicit(0, derOctetString(content)));
  const mac = (iterations: bigint) =>
    derSequence(
      derSequence(derSequence(derOid(x509.oid.sha1), derNull()), derOctetString(new Uint8Array(20))),
      derOctetString(new Uint8Array(8)),
      derInteger(iterations),
    );
  it.each<readonly [string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'malformed'],
    ['version 4', derSequence(derInteger(4), data(derSequence())), 'malformed'],
    [
      '2,000,000,000 iterations',
      derSequence(derInteger(3), data(derSequence()), mac(2_000_000_000n)),
      'too-many-iterations',
    ],
    ['2^64 iterations', derSequence(derInteger(3), data(derSequence()), mac(1n << 64n)), 'malformed'],
    ['0 iterations', derSequence(derInteger(3), data(derSequence()), mac(0n)), 'malformed'],
    ['-1 iterations', derSequence(derInteger(3), data(derSequence()), mac(-1n)), 'malformed'],
    ['more than 1 MiB', new Uint8Array(1024 * 1024 + 1), 'too-large'],
    [
      'public-key integrity',
      derSequence(derInteger(3), derSequence(derOid('1.2.840.113549.1.7.2'), derExplicit(0, derNull()))),
      'unsupported',
    ],
  ])('%s', async (_name, der, code) => {
    const before = performance.now();
    expect(await codeOf(() => readPfx(der, 'x', { subtle }))).toBe(code);
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('iterations of the key and of the certificates count too, before anything is derived', async () => {
    const der = await make('modern', { iterations: 5000 });
    expect(await codeOf(() => readPfx(der, password, { subtle, maxIterations: 14_999 }))).toBe('too-many-iterations');
    expect(await codeOf(() => readPfx(der, password, { subtle, maxIterations: 15_000 }))).toBe('accepted');
  });

  it('changed or cut anywhere', { timeout: 60_000 }, async () => {
    const der = await make('compatible', { iterations: 1 });
    for (let at = 0; at < der.length; at += 7) {
      const changed = der.slice();
      changed[at] = (changed[at] as number) ^ 0x5a;
      expect(await codeOf(() => readPfx(changed, password, { subtle, maxIterations: 100_000 }))).not.toBe('accepted');
      expect(await codeOf(() => readPfx(der.subarray(0, at), password, { subtle }))).not.toBe('accepted');
    }
  });

  it('and templates that make no sense', async () => {
    expect(await codeOf(() => make('modern', { password: '' }))).toBe('bad-password');
    expect(await codeOf(() => make('modern', { friendlyName: '🦜' }))).toBe('bad-friendly-name');
    const none = {
      privateKeyPkcs8: leaf.pkcs8,
      certificates: [],
      friendlyName: 'x',
      password,
      flavour: 'modern',
      randomBytes,
      subtle,
    } as const;
    expect(await codeOf(() => buildPfx(none))).toBe('no-certificate');
  });
});

const shared = join(import.meta.dirname, '../../../../shared');
const present = existsSync(join(shared, 'hostile/manifest.json'));
if (!present) console.warn(`SKIPPED: the hostile samples are not at ${shared}`);

describe.skipIf(!present)('hostile files and seeds', () => {
  it('are refused at once', async () => {
    const manifest: { kind: string; file: string }[] = JSON.parse(
      readFileSync(join(shared, 'hostile/manifest.json'), 'utf8'),
    );
    const files = manifest.filter(({ kind }) => kind === 'pkcs12');
    expect(files.length).toBeGreaterThan(0);
    for (const { file } of files) {
      const before = performance.now();
      const der = new Uint8Array(readFileSync(join(shared, 'hostile', file)));
      expect(await codeOf(() => readPfx(der, 'x', { subtle }))).toBe('too-many-iterations');
      expect(performance.now() - before).toBeLessThan(100);
    }
  });

  it('malformed seeds are read or refused', { timeout: 60_000 }, async () => {
    const seeds = join(shared, 'vectors/malformed-der/boringssl-fuzz');
    let count = 0;
    for (const name of readdirSync(seeds)) {
      for (const file of readdirSync(join(seeds, name))) {
        await codeOf(() =>
          readPfx(new Uint8Array(readFileSync(join(seeds, name, file))), 'foo', { subtle, maxIterations: 10_000 }),
        );
        count++;
      }
    }
    expect(count).toBeGreaterThan(1000);
  });
});
