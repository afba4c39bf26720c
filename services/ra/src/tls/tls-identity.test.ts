import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import {
  assembleSigned,
  buildTbsCertificate,
  encodeName,
  encodePem,
  oid,
  signatureAlgorithm,
  subjectAltName,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { foreignIdentity } from './tls-identity.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const otherKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  .privateKey.export({ format: 'pem', type: 'pkcs8' })
  .toString();

function chain(from: string, until: string): string {
  const algorithm = signatureAlgorithm('ecdsa-sha256');
  const subject = encodeName([[{ type: oid.commonName, value: 'x' }]]);
  const tbs = buildTbsCertificate({
    serialNumber: new Uint8Array([0x2a]),
    signatureAlgorithmDer: algorithm,
    issuerDer: subject,
    notBefore: new Date(from),
    notAfter: new Date(until),
    subjectDer: subject,
    spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    extensions: [
      subjectAltName([
        { kind: 'dNSName', value: 'pki.example.govt.nz' },
        { kind: 'dNSName', value: 'staff.example.govt.nz' },
      ]),
    ],
  });
  return encodePem('CERTIFICATE', assembleSigned(tbs, algorithm, sign('sha256', tbs, privateKey)));
}

const good = chain('2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z');

describe('foreignIdentity', () => {
  it('takes a certificate with its key', () => {
    const identity = foreignIdentity(good, key, NOW);
    expect(identity).toMatchObject({
      foreign: true,
      source: 'files',
      serial: '2a',
      names: ['pki.example.govt.nz', 'staff.example.govt.nz'],
      notAfter: new Date('2027-01-01T00:00:00Z'),
    });
    expect(identity.sha256).toBe(new X509Certificate(good).fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it.each([
    ['no certificate', 'nothing', key, 'SEE_TLS_CERTIFICATE holds no certificate'],
    ['no key', good, good, 'SEE_TLS_KEY holds no private key'],
    ['another key', good, otherKey, 'SEE_TLS_KEY is not the key'],
    ['one that has expired', chain('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'), key, 'expired at 2026-02-01'],
    ['one that is not valid yet', chain('2026-12-01T00:00:00Z', '2027-02-01T00:00:00Z'), key, 'from 2026-12-01'],
  ])('refuses %s, and says the file', (_name, certificate, keyPem, words) => {
    expect(() => foreignIdentity(certificate, keyPem, NOW)).toThrow(words);
  });
});
