import { derInteger, derSequence } from '@see/asn1';
import { assembleSigned, buildCsrInfo, encodeName, signatureAlgorithm } from '@see/x509';

/** A key made in this page, and the request that proves its possession. `pkcs8` never goes anywhere but into a file. */
export interface RequestedKey {
  readonly pkcs8: Uint8Array<ArrayBuffer>;
  readonly spki: Uint8Array<ArrayBuffer>;
  readonly csr: Uint8Array;
}

/** Keys that a profile may ask for: P-384, or RSA where mail programs need it to encrypt. */
export type KeyKind = 'P-384' | 'RSA-3072';

/**
 * Makes a key and a PKCS#10 request (RFC 2986) with an empty subject: names come from the registry, only the
 * key and the proof of its possession are taken.
 */
export async function requestKey(kind: KeyKind): Promise<RequestedKey> {
  const { subtle } = crypto;
  const algorithm =
    kind === 'P-384'
      ? { name: 'ECDSA', namedCurve: 'P-384' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384', modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = (await subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const spki = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
  const pkcs8 = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki });
  const signing = { name: algorithm.name, hash: 'SHA-384' };
  const raw = new Uint8Array(await subtle.sign(signing, pair.privateKey, new Uint8Array(info)));
  const csr =
    kind === 'P-384'
      ? assembleSigned(info, signatureAlgorithm('ecdsa-sha384'), ecdsaSignature(raw))
      : assembleSigned(info, signatureAlgorithm('rsa-sha384'), raw);
  return { pkcs8, spki, csr };
}

/** WebCrypto's r || s as Ecdsa-Sig-Value (RFC 3279 2.2.3). */
function ecdsaSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return derSequence(derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half)));
}
