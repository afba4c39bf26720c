import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate as PeculiarCertificate } from '@peculiar/x509';
import { DerError, derBitString, derExplicit, derInteger, derSequence, derTime } from '@see/asn1';
import { describe, expect, it } from 'vitest';
import * as x509 from './index.ts';

const algorithm = x509.signatureAlgorithm('ecdsa-sha384');
const keyPair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const spki = new Uint8Array(keyPair.publicKey.export({ type: 'spki', format: 'der' }));
const keyId = new Uint8Array(createHash('sha256').update(x509.parseSpki(spki).publicKeyBits).digest().subarray(0, 20));
const name = x509.encodeName([
  [{ type: x509.oid.countryName, value: 'NZ' }],
  [{ type: x509.oid.organizationName, value: 'Te Kawa Mataaho' }],
  [{ type: x509.oid.commonName, value: 'Test CA' }],
]);
const template: x509.CertificateTemplate = {
  serialNumber: Uint8Array.from(Buffer.from('7f00112233445566778899aabbccddee', 'hex')),
  signatureAlgorithmDer: algorithm,
  issuerDer: name,
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2055-12-31T23:59:59Z'),
  subjectDer: name,
  spki,
  extensions: [
    x509.basicConstraints({ cA: true, pathLen: 0 }),
    x509.keyUsage(['keyCertSign', 'cRLSign']),
    x509.extKeyUsage([x509.oid.emailProtection, x509.oid.clientAuth]),
    x509.subjectKeyIdentifier(keyId),
    x509.authorityKeyIdentifier(keyId),
    x509.certificatePolicies([{ oid: '2.25.1.2', cpsUri: 'http://va.example/cp#gateway' }, { oid: '2.25.1.3' }]),
    x509.crlDistributionPoints(['http://va.example/crl/root.crl']),
    x509.freshestCrl(['http://va.example/crl/root-delta.crl']),
    x509.authorityInfoAccess({ ocsp: ['http://va.example/ocsp'], caIssuers: ['http://va.example/ca/root.cer'] }),
    x509.subjectAltName([
      { kind: 'rfc822Name', value: 'domain-signing-authority@treasury.govt.nz' },
      { kind: 'dNSName', value: 'treasury.govt.nz' },
      { kind: 'iPAddress', bytes: Uint8Array.of(192, 0, 2, 1) },
    ]),
    x509.nameConstraints({
      permitted: [
        { kind: 'rfc822Name', value: 'govt.nz' },
        { kind: 'rfc822Name', value: '.govt.nz' },
        { kind: 'directoryName', name: [[{ type: x509.oid.countryName, value: 'NZ' }]] },
      ],
      excluded: [
        { kind: 'dNSName', value: '' },
        { kind: 'iPAddress', bytes: new Uint8Array(8) },
        { kind: 'iPAddress', bytes: new Uint8Array(32) },
      ],
    }),
    x509.smimeCapabilities([x509.oid.aes256Gcm, x509.oid.aes256Cbc]),
  ],
};
const tbs = x509.buildTbsCertificate(template);
const der = x509.assembleSigned(tbs, algorithm, new Uint8Array(sign('sha384', tbs, keyPair.privateKey)));

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError || error instanceof x509.X509Error) return error.code;
    throw error;
  }
}

describe('a certificate that we build', () => {
  it('reads back as it was given', () => {
    const parsed = x509.parseCertificate(der);
    expect(parsed.version).toBe(3);
    expect(parsed.serialHex).toBe('7f00112233445566778899aabbccddee');
    expect(parsed.signatureAlgorithm).toBe('ecdsa-sha384');
    expect(x509.formatName(parsed.issuer)).toBe('CN=Test CA,O=Te Kawa Mataaho,C=NZ');
    expect(parsed.notBefore).toEqual(template.notBefore);
    expect(parsed.notAfter).toEqual(template.notAfter);
    expect(parsed.extensions).toEqual(template.extensions);
    expect(parsed.tbs).toEqual(tbs);
    expect(parsed.hasUniqueIdentifiers).toBe(false);
    expect(x509.buildTbsCertificate({ ...parsed, notBefore: parsed.notBefore, notAfter: parsed.notAfter })).toEqual(
      tbs,
    );
  });

  it('is read by node:crypto', () => {
    const node = new X509Certificate(der);
    expect(node.verify(keyPair.publicKey)).toBe(true);
    expect(node.ca).toBe(true);
    expect(node.serialNumber).toBe('7F00112233445566778899AABBCCDDEE');
    expect(node.subjectAltName).toBe(
      'email:domain-signing-authority@treasury.govt.nz, DNS:treasury.govt.nz, IP Address:192.0.2.1',
    );
    expect(node.infoAccess).toContain('OCSP - URI:http://va.example/ocsp');
    expect(new Date(node.validTo)).toEqual(template.notAfter);
  });

  it('is read by @peculiar/x509', async () => {
    const other = new PeculiarCertificate(der);
    expect(other.subject).toBe('C=NZ, O=Te Kawa Mataaho, CN=Test CA');
    expect(other.extensions).toHaveLength(template.extensions.length);
    expect(other.notAfter).toEqual(template.notAfter);
    expect(await other.verify({ signatureOnly: true })).toBe(true);
  });

  it('is read by openssl', () => {
    const folder = mkdtempSync(join(tmpdir(), 'see-x509-'));
    try {
      const file = join(folder, 'ca.pem');
      writeFileSync(file, x509.encodePem('CERTIFICATE', der));
      const text = execFileSync('openssl', ['x509', '-in', file, '-noout', '-text', '-certopt', 'ext_parse'], {
        encoding: 'utf8',
      });
      for (const expected of [
        'CA:TRUE, pathlen:0',
        'Certificate Sign, CRL Sign',
        'E-mail Protection, TLS Web Client Authentication',
        'CPS: http://va.example/cp#gateway',
        'URI:http://va.example/crl/root-delta.crl',
        'OCSP - URI:http://va.example/ocsp',
        'email:.govt.nz',
        'DirName:C = NZ',
        'IP:0.0.0.0/0.0.0.0',
        'IP Address:192.0.2.1',
      ]) {
        expect(text).toContain(expected);
      }
      const verified = execFileSync(
        'openssl',
        ['verify', '-x509_strict', '-check_ss_sig', '-CAfile', file, '-no_check_time', '-partial_chain', file],
        { encoding: 'utf8' },
      );
      expect(verified).toContain('OK');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('certificates that are refused', () => {
  const validity = derSequence(derTime(template.notBefore), derTime(template.notAfter));
  const version3 = derExplicit(0, derInteger(2));
  const extensions = derExplicit(3, x509.encodeExtensions([x509.ocspNoCheck()]));
  const make = (...parts: Uint8Array[]) => derSequence(...parts);
  const serial = derInteger(5);
  it.each<readonly [string, Uint8Array, string]>([
    [
      'version v1 written out',
      make(derExplicit(0, derInteger(0)), serial, algorithm, name, validity, name, spki),
      'default-encoded',
    ],
    ['version 4', make(derExplicit(0, derInteger(3)), serial, algorithm, name, validity, name, spki), 'bad-version'],
    ['extensions in v1', make(serial, algorithm, name, validity, name, spki, extensions), 'bad-version'],
    ['serial 0', make(version3, derInteger(0), algorithm, name, validity, name, spki, extensions), 'bad-serial-number'],
    [
      'a negative serial',
      make(version3, derInteger(-5), algorithm, name, validity, name, spki, extensions),
      'bad-serial-number',
    ],
    [
      'a serial of 21 octets',
      make(version3, derInteger(1n << 160n), algorithm, name, validity, name, spki, extensions),
      'bad-serial-number',
    ],
    [
      'an empty list of extensions',
      make(version3, serial, algorithm, name, validity, name, spki, derExplicit(3, derSequence())),
      'bad-extension',
    ],
    [
      'an extension twice',
      make(
        version3,
        serial,
        algorithm,
        name,
        validity,
        name,
        spki,
        derExplicit(3, derSequence(x509.encodeExtension(x509.ocspNoCheck()), x509.encodeExtension(x509.ocspNoCheck()))),
      ),
      'duplicate-extension',
    ],
    [
      'unique identifiers in v1',
      make(serial, algorithm, name, validity, name, spki, Uint8Array.of(0x81, 2, 0, 1)),
      'bad-version',
    ],
    [
      'something after the extensions',
      make(version3, serial, algorithm, name, validity, name, spki, extensions, serial),
      'trailing',
    ],
    [
      'one date',
      make(version3, serial, algorithm, name, derSequence(derTime(template.notBefore)), name, spki, extensions),
      'truncated',
    ],
    [
      'a key that is no SEQUENCE',
      make(version3, serial, algorithm, name, validity, name, derBitString(spki), extensions),
      'bad-key',
    ],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(() => x509.parseTbsCertificate(bytes))).toBe(code);
  });

  it('two algorithms, no signature, something after it', () => {
    const other = x509.assembleSigned(tbs, x509.signatureAlgorithm('ecdsa-sha256'), Uint8Array.of(1));
    expect(codeOf(() => x509.parseCertificate(other))).toBe('algorithm-mismatch');
    expect(codeOf(() => x509.parseCertificate(x509.assembleSigned(tbs, algorithm, new Uint8Array(0))))).toBe(
      'bad-signature',
    );
    expect(codeOf(() => x509.parseCertificate(Uint8Array.from([...der, 0])))).toBe('trailing');
  });

  it('lenient takes the serials of others', () => {
    const negative = make(version3, derInteger(-5), algorithm, name, validity, name, spki, extensions);
    expect(x509.parseTbsCertificate(negative, 'lenient').serialHex).toBe('fb');
  });

  it('the builder refuses fractions of seconds and doubled extensions', () => {
    expect(codeOf(() => x509.buildTbsCertificate({ ...template, notBefore: new Date(1) }))).toBe('bad-time');
    expect(codeOf(() => x509.buildTbsCertificate({ ...template, extensions: [] }))).toBe('bad-extension');
    const twice = [x509.ocspNoCheck(), x509.ocspNoCheck()];
    expect(codeOf(() => x509.buildTbsCertificate({ ...template, extensions: twice }))).toBe('duplicate-extension');
  });
});
