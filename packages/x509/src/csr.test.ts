import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { DerError, derExplicit, derInteger, derOid, derSequence, derSet, derUtf8 } from '@see/asn1';
import { afterAll, describe, expect, it } from 'vitest';
import * as x509 from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-csr-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keyPair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const spki = new Uint8Array(keyPair.publicKey.export({ type: 'spki', format: 'der' }));
const algorithm = x509.signatureAlgorithm('ecdsa-sha384');
const subjectDer = x509.encodeName([[{ type: x509.oid.commonName, value: 'domain-signing-authority' }]]);
const signed = (info: Uint8Array) =>
  x509.assembleSigned(info, algorithm, new Uint8Array(sign('sha384', info, keyPair.privateKey)));

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError || error instanceof x509.X509Error) return error.code;
    throw error;
  }
}

describe('requests made by openssl', () => {
  it.each([
    ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], 'ecdsa-sha384', '-sha384'],
    ['RSA', ['rsa:3072'], 'rsa-sha256', '-sha256'],
    ['Ed25519', ['ed25519'], 'ed25519', '-sha256'],
  ] as const)('%s', (_name, key, expected, digest) => {
    const file = join(folder, 'request.der');
    const config = join(folder, 'request.cnf');
    writeFileSync(
      config,
      `[req]\nprompt=no\ndistinguished_name=dn\nreq_extensions=ext\nattributes=attr\nstring_mask=utf8only\nutf8=yes\n
[dn]\nC=NZ\nO=Te Tai Ōhanga\nCN=domain-signing-authority\n[attr]\nchallengePassword=Kia ora 1\n
[ext]\nsubjectAltName=email:domain-signing-authority@treasury.govt.nz,DNS:treasury.govt.nz,IP:192.0.2.1\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\nbasicConstraints=CA:FALSE\n`,
    );
    execFileSync(
      'openssl',
      [
        'req',
        '-new',
        '-newkey',
        ...key,
        '-nodes',
        '-keyout',
        join(folder, 'key.pem'),
        '-config',
        config,
        '-outform',
        'DER',
        '-out',
        file,
        digest,
      ],
      { stdio: 'pipe' },
    );
    const csr = x509.parseCsr(new Uint8Array(readFileSync(file)));
    expect(csr.signatureAlgorithm).toBe(expected);
    expect(x509.formatName(csr.subject)).toBe('CN=domain-signing-authority,O=Te Tai Ōhanga,C=NZ');
    expect(csr.challengePassword).toBe('Kia ora 1');
    expect(csr.subjectAltName).toHaveLength(3);
    expect(csr.extensions).toHaveLength(4);
    expect(x509.csrExtension(csr, x509.oid.keyUsage)?.critical).toBe(true);
    const hash = expected === 'ed25519' ? null : digest.slice(1);
    const publicKey = createPublicKey({ key: Buffer.from(csr.spki), format: 'der', type: 'spki' });
    expect(verify(hash, csr.info, publicKey, csr.signature)).toBe(true);
  });
});

describe('requests that we build', () => {
  const info = x509.buildCsrInfo({
    subjectDer,
    spki,
    extensions: [x509.subjectAltName([{ kind: 'rfc822Name', value: 'mere@treasury.govt.nz' }])],
    attributes: [{ oid: x509.oid.challengePassword, values: [derUtf8('secret')] }],
  });
  const der = signed(info);

  it('come back', () => {
    const csr = x509.parseCsr(der);
    expect(csr.info).toEqual(info);
    expect(csr.challengePassword).toBe('secret');
    expect(csr.subjectAltName).toEqual([{ kind: 'rfc822Name', value: 'mere@treasury.govt.nz' }]);
    expect(csr.publicKey.kind).toBe('ec');
    const bare = x509.parseCsr(signed(x509.buildCsrInfo({ subjectDer, spki })));
    expect(bare.attributes).toEqual([]);
    expect(bare.subjectAltName).toBeUndefined();
  });

  it('are accepted by openssl and @peculiar/x509', async () => {
    const file = join(folder, 'ours.der');
    writeFileSync(file, der);
    const text = execFileSync('openssl', ['req', '-inform', 'DER', '-in', file, '-noout', '-text', '-verify'], {
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    expect(text).toContain('email:mere@treasury.govt.nz');
    expect(await new Pkcs10CertificateRequest(der).verify()).toBe(true);
  });
});

describe('requests that are refused', () => {
  const request = (...attributes: Uint8Array[]) =>
    signed(derSequence(derInteger(0), subjectDer, spki, derExplicit(0, ...attributes)));
  const attribute = (type: string, ...values: Uint8Array[]) => derSequence(derOid(type), derSet(...values));
  const extensionRequest = (...extensions: Uint8Array[]) =>
    attribute(x509.oid.extensionRequest, derSequence(...extensions));
  const extension = (type: string, value: Uint8Array) => x509.encodeExtension({ oid: type, critical: false, value });
  const names = (count: number) =>
    x509.encodeGeneralNames(
      Array.from({ length: count }, (_, index) => ({ kind: 'dNSName', value: `h${index}.nz` }) as const),
    );

  it.each<readonly [string, Uint8Array, string]>([
    ['version 1', signed(derSequence(derInteger(1), subjectDer, spki, derExplicit(0))), 'bad-version'],
    ['no attributes field', signed(derSequence(derInteger(0), subjectDer, spki)), 'truncated'],
    [
      'an attribute twice',
      request(attribute('1.2.3', derUtf8('a')), attribute('1.2.3', derUtf8('b'))),
      'duplicate-attribute',
    ],
    ['an attribute without value', request(attribute('1.2.3')), 'bad-attribute'],
    [
      '33 attributes',
      request(...Array.from({ length: 33 }, (_, index) => attribute(`1.2.${index}`, derUtf8('a')))),
      'bad-attribute',
    ],
    ['33 values', request(attribute('1.2.3', ...Array<Uint8Array>(33).fill(derUtf8('a')))), 'bad-attribute'],
    [
      'two challenge passwords in one',
      request(attribute(x509.oid.challengePassword, derUtf8('a'), derUtf8('b'))),
      'duplicate-attribute',
    ],
    ['an empty challenge password', request(attribute(x509.oid.challengePassword, derUtf8(''))), 'bad-attribute'],
    [
      'a challenge password with a line break',
      request(attribute(x509.oid.challengePassword, derUtf8('a\n'))),
      'bad-attribute',
    ],
    [
      'a long challenge password',
      request(attribute(x509.oid.challengePassword, derUtf8('a'.repeat(256)))),
      'bad-attribute',
    ],
    [
      'two lists of extensions',
      request(attribute(x509.oid.extensionRequest, derSequence(), derSequence())),
      'duplicate-attribute',
    ],
    ['an empty list of extensions', request(extensionRequest()), 'bad-extension'],
    [
      'an extension twice',
      request(extensionRequest(extension('1.2.3', derUtf8('a')), extension('1.2.3', derUtf8('a')))),
      'duplicate-extension',
    ],
    [
      'an extension that is not DER',
      request(extensionRequest(extension('1.2.3', Uint8Array.of(0x30, 0x80, 0, 0)))),
      'indefinite-length',
    ],
    ['an empty extension', request(extensionRequest(extension('1.2.3', new Uint8Array(0)))), 'truncated'],
    [
      'a constructed string in a SAN',
      request(extensionRequest(extension(x509.oid.subjectAltName, Uint8Array.of(0x30, 5, 0xa2, 3, 0x16, 1, 0x61)))),
      'bad-general-name',
    ],
    ['101 names', request(extensionRequest(extension(x509.oid.subjectAltName, names(101)))), 'too-many-names'],
    [
      'a bad keyUsage',
      request(extensionRequest(extension(x509.oid.keyUsage, Uint8Array.of(3, 2, 0, 0x80)))),
      'bad-bit-string',
    ],
    ['a bad extKeyUsage', request(extensionRequest(extension(x509.oid.extKeyUsage, derSequence()))), 'bad-extension'],
    ['more than 64 KiB', request(attribute('1.2.3', derUtf8('a'.repeat(66_000)))), 'too-large'],
    ['deep nesting', request(attribute('1.2.3', nested(60))), 'too-deep'],
    ['nothing', new Uint8Array(0), 'truncated'],
  ])('%s', (_name, der, code) => {
    expect(codeOf(() => x509.parseCsr(der))).toBe(code);
  });

  it('with the place in `path`', () => {
    const der = request(extensionRequest(extension(x509.oid.subjectAltName, names(101))));
    expect(() => x509.parseCsr(der)).toThrow(
      expect.objectContaining({ path: 'attributes.extensionRequest.2.5.29.17' }),
    );
  });

  it('but attributes out of order are taken', () => {
    expect(
      codeOf(() => x509.parseCsr(request(attribute('1.2.4', derUtf8('a')), attribute('1.2.3', derUtf8('a'))))),
    ).toBe('accepted');
  });
});

function nested(levels: number): Uint8Array {
  let der = derSequence();
  for (let level = 0; level < levels; level++) der = derSequence(der);
  return der;
}
