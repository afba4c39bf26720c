import { X509Certificate } from 'node:crypto';
import { assembleSigned, parseTbsCertificate, signatureAlgorithm } from '@see/x509';
import { IssuanceError } from './linted-tbs.ts';
import type { SigningKey } from './signing-key.ts';

/** A well-formed signature value that signs nothing; only its form matters. */
const DUMMY_ECDSA = Uint8Array.fromHex('3006020101020101');
const DUMMY_RSA = new Uint8Array(512);

/**
 * Has a TBS read by OpenSSL (through node:crypto), under a dummy signature, before anything is signed: serial number,
 * dates, key and names have to come out as they went in. Throws IssuanceError `second-reading-differs`.
 */
export function assertSecondReading(
  tbs: Uint8Array,
  issuer: SigningKey,
  expected: { readonly serial: Uint8Array; readonly spki: Uint8Array; readonly notAfter: Date },
): void {
  const dummy = issuer.algorithm === 'rsa-sha384' ? DUMMY_RSA : DUMMY_ECDSA;
  let read: X509Certificate;
  try {
    read = new X509Certificate(assembleSigned(tbs, signatureAlgorithm(issuer.algorithm), dummy));
  } catch (error) {
    throw new IssuanceError(
      'second-reading-differs',
      `a second implementation can not read the TBS: ${(error as Error).message}`,
    );
  }
  const own = parseTbsCertificate(tbs);
  const differs = [
    ['serial number', read.serialNumber.toLowerCase().replace(/^0+/, ''), expected.serial.toHex().replace(/^0+/, '')],
    ['notAfter', String(read.validToDate.getTime()), String(expected.notAfter.getTime())],
    ['notBefore', String(read.validFromDate.getTime()), String(own.notBefore.getTime())],
    ['public key', read.publicKey.export({ format: 'der', type: 'spki' }).toString('hex'), expected.spki.toHex()],
    ['CA flag', String(read.ca), String(own.extension('2.5.29.19') !== undefined)],
  ].find(([, theirs, ours]) => theirs !== ours);
  if (differs) throw new IssuanceError('second-reading-differs', `${differs[0]}: ${differs[1]} is not ${differs[2]}`);
}
