import { createSign, generateKeyPairSync, sign } from 'node:crypto';
import { parseCertificate } from '@see/x509';
import type { CaId, CaNames } from './ca-constraints.ts';
import { keyIdentifier } from './key-identifier.ts';
import { caSubject, prepareIssuingCa, prepareRoot } from './prepare-ca-certificate.ts';
import { serialNumber } from './serial-number.ts';
import type { StreamSigningKey } from './signing-key.ts';
import type { CrlIssuer } from './stream-crl.ts';

export const NOW = new Date('2026-11-22T00:00:00Z');
export const DAY = 86_400_000;
export const VA_URL = 'http://localhost:8080';
export const NAMES: CaNames = { country: 'NZ', permittedDomains: ['govt.nz', 'localhost'] };

export function sampleKey(kind: 'P-384' | 'P-256' | 'RSA' | 'RSA-2048' = 'P-384'): StreamSigningKey {
  const { privateKey, publicKey } =
    kind === 'RSA' || kind === 'RSA-2048'
      ? generateKeyPairSync('rsa', { modulusLength: kind === 'RSA' ? 4096 : 2048 })
      : generateKeyPairSync('ec', { namedCurve: kind });
  const algorithm = kind.startsWith('RSA') ? 'rsa-sha384' : kind === 'P-256' ? 'ecdsa-sha256' : 'ecdsa-sha384';
  const hash = kind === 'P-256' ? 'sha256' : 'sha384';
  return {
    algorithm,
    spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    publicKey,
    sign: async (bytes) => new Uint8Array(sign(hash, bytes, privateKey)),
    stream: () => {
      const signing = createSign(hash);
      return {
        update: (octets) => void signing.update(octets),
        sign: async () => new Uint8Array(signing.sign(privateKey)),
      };
    },
  };
}

export function sampleSerial(fill: number) {
  return serialNumber(new Uint8Array(16).fill(fill));
}

function issuingCa(id: string, key: StreamSigningKey, der: Uint8Array): CrlIssuer {
  const { subjectDer, notAfter } = parseCertificate(der);
  return { id, subjectDer, ski: keyIdentifier(key.spki), certificate: der, notAfter, key };
}

/** A root that ends in twenty years. */
export async function sampleRoot(): Promise<CrlIssuer> {
  const key = sampleKey();
  const input = {
    spki: key.spki,
    subject: caSubject('NZ', 'Secure Electronic Environment', 'SEE Root'),
    serial: sampleSerial(1),
    notBefore: NOW,
    notAfter: new Date(NOW.getTime() + 20 * 365 * DAY - 1000),
  };
  return issuingCa('root', key, await prepareRoot(input, key).sign(key));
}

/** An issuing CA that ends in so many days. */
export async function sampleCa(root: CrlIssuer, id: CaId, key = sampleKey(), days = 10 * 365): Promise<CrlIssuer> {
  const input = {
    spki: key.spki,
    subject: caSubject('NZ', 'Secure Electronic Environment', `SEE ${id} CA`),
    serial: sampleSerial(2),
    notBefore: NOW,
    notAfter: new Date(NOW.getTime() + days * DAY - 1000),
  };
  return issuingCa(id, key, await prepareIssuingCa(input, id, root, VA_URL, NAMES).sign(root.key));
}
