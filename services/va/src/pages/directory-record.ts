import { createHash } from 'node:crypto';
import { derInteger, derSequence } from '@see/asn1';
import {
  type Certificate,
  nameAttribute,
  oid,
  parseExtKeyUsage,
  parseKeyUsage,
  parseSubjectAltName,
  parseSubjectKeyIdentifier,
} from '@see/x509';

/** What the directory knows of a certificate, read from its own verified octets. */
export interface DirectoryRecord {
  /** SHA-256 of the octets, hex. */
  readonly sha256: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether mail may be encrypted to it: emailProtection with keyEncipherment or keyAgreement. */
  readonly encrypts: boolean;
  /** Mail addresses of the subjectAltName. */
  readonly mails: readonly string[];
  readonly commonName: string | undefined;
  /** Search keys of RFC 4387 2.1. */
  readonly keys: Readonly<Record<HashAttribute, string | undefined>>;
}

/** Attributes of RFC 4387 whose value is a hash. */
export const HASH_ATTRIBUTES = ['certHash', 'iHash', 'iAndSHash', 'sHash', 'sKIDHash'] as const;
export type HashAttribute = (typeof HASH_ATTRIBUTES)[number];

/** SHA-1 in base64 without its padding: 27 characters. */
export function searchKey(octets: Uint8Array): string {
  return createHash('sha1').update(octets).digest('base64').slice(0, 27);
}

/** Reads a genuine certificate. */
export function directoryRecord(certificate: Certificate): DirectoryRecord {
  const ski = certificate.extension(oid.subjectKeyIdentifier);
  const issuerAndSerial = derSequence(certificate.issuerDer, derInteger(certificate.serialNumber));
  return {
    sha256: createHash('sha256').update(certificate.der).digest('hex'),
    notBefore: certificate.notBefore.getTime(),
    notAfter: certificate.notAfter.getTime(),
    encrypts: encrypts(certificate),
    mails: mailsOf(certificate),
    commonName: nameAttribute(certificate.subject, oid.commonName),
    keys: {
      certHash: searchKey(certificate.der),
      iHash: searchKey(certificate.issuerDer),
      iAndSHash: searchKey(issuerAndSerial),
      sHash: searchKey(certificate.subjectDer),
      sKIDHash: ski && searchKey(parseSubjectKeyIdentifier(ski.value)),
    },
  };
}

function encrypts(certificate: Certificate): boolean {
  const purposes = certificate.extension(oid.extKeyUsage);
  const usage = certificate.extension(oid.keyUsage);
  if (!purposes || !usage || !parseExtKeyUsage(purposes.value).includes(oid.emailProtection)) return false;
  return parseKeyUsage(usage.value).some((one) => one === 'keyEncipherment' || one === 'keyAgreement');
}

function mailsOf(certificate: Certificate): string[] {
  const names = certificate.extension(oid.subjectAltName);
  if (!names) return [];
  return parseSubjectAltName(names.value).flatMap((name) => (name.kind === 'rfc822Name' ? [name.value] : []));
}
