import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import {
  assembleSigned,
  type Name,
  oid,
  parseCrlDistributionPoints,
  parseGeneralNames,
  parseTbsCertificate,
  signatureAlgorithm,
  type TbsCertificate,
} from '@see/x509';
import { IssuanceError } from './linted-tbs.ts';
import type { SigningKey } from './signing-key.ts';

/** A well-formed signature value that signs nothing; only its form matters. */
const DUMMY_ECDSA = Uint8Array.fromHex('3006020101020101');
const DUMMY_RSA = new Uint8Array(512);

interface Expected {
  readonly serial: Uint8Array;
  readonly spki: Uint8Array;
  readonly notAfter: Date;
  /** The one address in crlDistributionPoints, and in freshestCRL; none without. */
  readonly crl?: string | undefined;
  readonly freshest?: string | undefined;
}

/**
 * Has a TBS read by OpenSSL (through node:crypto), under a dummy signature, before anything is signed: serial number,
 * dates, key and names have to come out as they went in; and, by our own reader, where its CRLs are. Throws IssuanceError `second-reading-differs`.
 */
export function assertSecondReading(tbs: Uint8Array, issuer: SigningKey, expected: Expected): void {
  const dummy = issuer.algorithm === 'rsa-sha384' ? DUMMY_RSA : DUMMY_ECDSA;
  let differs: readonly string[] | undefined;
  try {
    const read = new X509Certificate(assembleSigned(tbs, signatureAlgorithm(issuer.algorithm), dummy));
    differs = compare(read, parseTbsCertificate(tbs), expected).find(([, theirs, ours]) => theirs !== ours);
  } catch (error) {
    const message = `the TBS can not be read again: ${(error as Error).message}`;
    throw new IssuanceError('second-reading-differs', message);
  }
  if (differs) throw new IssuanceError('second-reading-differs', `${differs[0]}: ${differs[1]} is not ${differs[2]}`);
}

/** What is compared: a name for it, the text that OpenSSL read, the text that it has to be. */
function compare(
  read: X509Certificate,
  own: TbsCertificate,
  expected: Expected,
): (readonly [string, string, string])[] {
  return [
    ['serial number', read.serialNumber.toLowerCase().replace(/^0+/, ''), expected.serial.toHex().replace(/^0+/, '')],
    ['notAfter', String(read.validToDate.getTime()), String(expected.notAfter.getTime())],
    ['notBefore', String(read.validFromDate.getTime()), String(own.notBefore.getTime())],
    ['issuer', plain(read.issuer), nameLines(own.issuer)],
    ['subject', plain(read.subject), nameLines(own.subject)],
    ['subjectAltName', read.subjectAltName ?? '', altNameText(own.extension(oid.subjectAltName)?.value)],
    ['public key', own.spki.toHex(), expected.spki.toHex()],
    ['public key as OpenSSL reads it', String(read.publicKey.equals(importSpki(expected.spki))), 'true'],
    ['crlDistributionPoints', pointText(own.extension(oid.crlDistributionPoints)?.value), expected.crl ?? ''],
    ['freshestCRL', pointText(own.extension(oid.freshestCrl)?.value), expected.freshest ?? ''],
    ['CA flag', String(read.ca), String(own.extension(oid.basicConstraints) !== undefined)],
  ];
}

function importSpki(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}

/** The addresses of all distribution points, which OpenSSL through node:crypto does not tell. */
function pointText(value: Uint8Array | undefined): string {
  if (value === undefined) return '';
  return parseCrlDistributionPoints(value)
    .flatMap(({ fullName = [] }) =>
      fullName.map((name) => (name.kind === 'uniformResourceIdentifier' ? name.value : '?')),
    )
    .join(' ');
}

/** How OpenSSL calls the attributes of our names. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  [oid.countryName]: 'C',
  [oid.localityName]: 'L',
  [oid.organizationName]: 'O',
  [oid.organizationIdentifier]: 'organizationIdentifier',
  [oid.commonName]: 'CN',
  [oid.givenName]: 'GN',
  [oid.surname]: 'SN',
  [oid.serialNumber]: 'serialNumber',
};

function nameLines(name: Name): string {
  return name
    .map((rdn) => rdn.map(({ type, value }) => `${SHORT_NAMES[type] ?? type}=${value}`).join(' + '))
    .join('\n');
}

/** The text that node:crypto makes of a name, without the backslashes of RFC 2253. */
function plain(text: string | undefined): string {
  return (text ?? '').replace(/\\(.)/g, '$1');
}

/** The text that node:crypto makes of alternative names; other forms than ours never agree with it. */
function altNameText(value: Uint8Array | undefined): string {
  if (value === undefined) return '';
  return parseGeneralNames(value)
    .map((name) => {
      const text = 'value' in name && typeof name.value === 'string' ? name.value : '';
      const shown = /["',\\]/.test(text) ? JSON.stringify(text) : text;
      return name.kind === 'dNSName' ? `DNS:${shown}` : `${name.kind === 'rfc822Name' ? 'email' : name.kind}:${shown}`;
    })
    .join(', ');
}
