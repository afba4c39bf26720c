import { derInteger, derSequence } from '@see/asn1';
import { assembleSigned, buildCsrInfo, encodeName, signatureAlgorithm } from '@see/x509';

/** A key made in this page, and the request that proves its possession. `pkcs8` never goes anywhere but into a file. */
export interface RequestedKey {
  readonly pkcs8: Uint8Array<ArrayBuffer>;
  readonly spki: Uint8Array<ArrayBuffer>;
  readonly csr: Uint8Array;
}

/**
 * Makes a P-384 key and a PKCS#10 request (RFC 2986) with an empty subject: names come from the registry, only the
 * key and the proof of its possession are taken.
 */
export async function requestKey(): Promise<RequestedKey> {
  const { subtle } = crypto;
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify']);
  const spki = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
  const pkcs8 = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki });
  const raw = await subtle.sign({ name: 'ECDSA', hash: 'SHA-384' }, pair.privateKey, new Uint8Array(info));
  const csr = assembleSigned(info, signatureAlgorithm('ecdsa-sha384'), ecdsaSignature(new Uint8Array(raw)));
  return { pkcs8, spki, csr };
}

/** WebCrypto's r || s as Ecdsa-Sig-Value (RFC 3279 2.2.3). */
function ecdsaSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return derSequence(derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half)));
}
