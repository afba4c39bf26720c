import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { ServerCertificateRow } from '@see/db/ra';
import type { ServerIdentity } from '@see/http';
import { encodePem } from '@see/x509';
import type { ServerKey } from './server-key.ts';

/** What the TLS doors show, and what people are told about it. */
export interface TlsIdentity extends ServerIdentity {
  /** `registry`: issued by this instance for a key of its own. `files`: from elsewhere, brought as files. */
  readonly source: 'registry' | 'files';
  /** SHA-256 of the certificate, hex. */
  readonly sha256: string;
  /** Hex. */
  readonly serial: string;
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/**
 * The identity of a key with a certificate of the registry; undefined unless the certificate is for this key, signed by
 * the CA given, within its validity, not revoked, and for this host.
 */
export function registryIdentity(
  key: ServerKey,
  row: ServerCertificateRow,
  ca: Uint8Array,
  host: string,
  now: Date,
): TlsIdentity | undefined {
  if (row.revoked || now < row.notBefore || now > row.notAfter) return undefined;
  const certificate = new X509Certificate(row.der);
  const issuer = new X509Certificate(ca);
  if (!certificate.checkPrivateKey(key.privateKey)) return undefined;
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return undefined;
  if (certificate.checkHost(host, { subject: 'never' }) === undefined) return undefined;
  const { sha256, serial, names, notBefore, notAfter, der } = row;
  return {
    key: pemOf(key.privateKey),
    chain: encodePem('CERTIFICATE', der) + encodePem('CERTIFICATE', ca),
    foreign: false,
    source: 'registry',
    sha256: sha256.toHex(),
    serial: serial.toHex(),
    names,
    notBefore,
    notAfter,
  };
}

/**
 * The identity of a certificate with its chain and a private key, both as PEM, that were issued elsewhere. Throws with a
 * sentence when they cannot be used. NOT checked: the chain above the certificate, which clients judge by their own roots.
 */
export function foreignIdentity(chain: string, keyPem: string, now: Date): TlsIdentity {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(chain);
  } catch {
    throw new Error('SEE_TLS_CERTIFICATE holds no certificate in PEM');
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(keyPem);
  } catch {
    throw new Error('SEE_TLS_KEY holds no private key in PEM, or one that is protected by a passphrase');
  }
  if (!certificate.checkPrivateKey(key)) throw new Error('SEE_TLS_KEY is not the key of SEE_TLS_CERTIFICATE');
  const notBefore = new Date(certificate.validFrom);
  const notAfter = new Date(certificate.validTo);
  if (now < notBefore) throw new Error(`SEE_TLS_CERTIFICATE is valid from ${notBefore.toISOString()} only`);
  if (now > notAfter) throw new Error(`SEE_TLS_CERTIFICATE expired at ${notAfter.toISOString()}`);
  return {
    key: pemOf(key),
    chain,
    foreign: true,
    source: 'files',
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    serial: certificate.serialNumber.toLowerCase(),
    names: [...(certificate.subjectAltName ?? '').matchAll(/(?:^|, )DNS:([^,\s]+)/g)].map(([, name]) => name ?? ''),
    notBefore,
    notAfter,
  };
}

function pemOf(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}
