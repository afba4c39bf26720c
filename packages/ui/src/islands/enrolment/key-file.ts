import { buildPfx } from '@see/pfx';
import { decodeBase64, parseCertificate } from '@see/x509';
import type { Flavour } from './device.ts';
import type { RequestedKey } from './key-pair.ts';
import type { IssuedCertificate } from './redemption.ts';

const ITERATIONS: Readonly<Record<Flavour, number>> = { modern: 100_000, compatible: 2_048 };

/**
 * Puts a key and its certificate with the CAs above it into a PKCS#12 file, here in the page. Refuses a certificate
 * that is not for this key. The root is left out: devices trust it by other means or not at all.
 */
export async function makeKeyFile(
  key: RequestedKey,
  issued: IssuedCertificate,
  friendlyName: string,
  password: string,
  flavour: Flavour,
): Promise<Blob> {
  const [leaf, ...authorities] = [issued.certificate, ...issued.chain.slice(0, -1)].map(der);
  if (!leaf || !sameBytes(parseCertificate(leaf).spki, key.spki)) throw new Error('the certificate is for another key');
  const pfx = await buildPfx({
    privateKeyPkcs8: key.pkcs8,
    certificates: [leaf, ...authorities],
    friendlyName,
    password,
    flavour,
    iterations: ITERATIONS[flavour],
    randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
    subtle: crypto.subtle,
  });
  return new Blob([new Uint8Array(pfx)], { type: 'application/x-pkcs12' });
}

function der(text: string): Uint8Array {
  const octets = decodeBase64(text);
  if (!octets) throw new Error('the service sent something else than base64');
  return octets;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, index) => octet === other[index]);
}
