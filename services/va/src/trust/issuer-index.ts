import { createHash } from 'node:crypto';
import { type CertId, type CertIdHash, encodeCertId } from '@see/ocsp';
import { parseSpki } from '@see/x509';
import type { TrustedCa, TrustedCas } from './trusted-ca.ts';

const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const satisfies readonly CertIdHash[];

interface IssuerHashes {
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
}

/**
 * Finds the issuing CA that a CertID names, by the hashes of its name and of its key bits (REV-29). The root is not in
 * it: nobody may answer for what the root issued.
 */
export class IssuerIndex {
  readonly #byHashes = new Map<string, TrustedCa>();
  readonly #hashes = new Map<string, IssuerHashes>();

  constructor(cas: TrustedCas) {
    for (const ca of cas.issuing.values()) {
      const { publicKeyBits } = parseSpki(ca.certificate.spki);
      for (const algorithm of ALGORITHMS) {
        const hash = (octets: Uint8Array) => new Uint8Array(createHash(algorithm).update(octets).digest());
        const hashes = { issuerNameHash: hash(ca.certificate.subjectDer), issuerKeyHash: hash(publicKeyBits) };
        this.#byHashes.set(keyOf(hashes), ca);
        this.#hashes.set(`${ca.id} ${algorithm}`, hashes);
      }
    }
  }

  /** The CA, or undefined when it is not ours or the hash algorithm is not one of SHA-1 and SHA-2. */
  find(id: CertId): TrustedCa | undefined {
    if (typeof id.hashAlgorithm !== 'string') return undefined;
    return this.#byHashes.get(keyOf(id));
  }

  /** The CertID of a certificate as clients send it, parameters NULL; undefined for a CA that is not in it. */
  certIdOf(ca: string, hashAlgorithm: CertIdHash, serialNumber: Uint8Array): Uint8Array | undefined {
    const hashes = this.#hashes.get(`${ca} ${hashAlgorithm}`);
    return hashes && encodeCertId({ hashAlgorithm, serialNumber, ...hashes });
  }
}

/** One character for each octet. */
function keyOf({ issuerNameHash, issuerKeyHash }: IssuerHashes): string {
  return Buffer.concat([issuerNameHash, issuerKeyHash]).toString('latin1');
}
