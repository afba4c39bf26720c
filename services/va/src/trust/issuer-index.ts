import { createHash } from 'node:crypto';
import type { CertId } from '@see/ocsp';
import { parseSpki } from '@see/x509';
import type { TrustedCa, TrustedCas } from './trusted-ca.ts';

const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;

/**
 * Finds the issuing CA that a CertID names, by the hashes of its name and of its key bits (REV-29). The root is not in
 * it: nobody may answer for what the root issued.
 */
export class IssuerIndex {
  readonly #byHashes = new Map<string, TrustedCa>();

  constructor(cas: TrustedCas) {
    for (const ca of cas.issuing.values()) {
      const { publicKeyBits } = parseSpki(ca.certificate.spki);
      for (const algorithm of ALGORITHMS) {
        const name = createHash(algorithm).update(ca.certificate.subjectDer).digest('hex');
        const key = createHash(algorithm).update(publicKeyBits).digest('hex');
        this.#byHashes.set(`${name}${key}`, ca);
      }
    }
  }

  /** The CA, or undefined when it is not ours or the hash algorithm is not one of SHA-1 and SHA-2. */
  find(id: CertId): TrustedCa | undefined {
    if (typeof id.hashAlgorithm !== 'string') return undefined;
    return this.#byHashes.get(`${id.issuerNameHash.toHex()}${id.issuerKeyHash.toHex()}`);
  }
}
