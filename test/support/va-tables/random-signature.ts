import { randomBytes } from 'node:crypto';
import { ecdsaDer } from '../../../services/va/src/ocsp/ecdsa-octets.ts';
import type { SignatureForm } from '../../../services/va/src/ocsp/signature-set.ts';

/** Octets in the form of a signature that sign nothing. */
export function randomSignature({ algorithm, octets }: SignatureForm): Uint8Array {
  const random = new Uint8Array(randomBytes(octets));
  return algorithm === 'rsa-sha384' ? random : ecdsaDer(random);
}
