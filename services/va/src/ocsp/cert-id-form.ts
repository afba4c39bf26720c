import type { CertId, CertIdHash } from '@see/ocsp';

const HASHES: readonly CertIdHash[] = ['sha1', 'sha256', 'sha384', 'sha512'];
/** Octets of the AlgorithmIdentifier's parameters when they are there: NULL. */
const NULL = 2;

/**
 * The number of the form in which a CertID names its certificate: the hash, and whether its parameters are NULL or absent
 * (REV-29). Two CertIDs of one certificate in one form are the same octets. 0 for hashes that are not ours.
 */
export function certIdForm(id: CertId): number {
  if (typeof id.hashAlgorithm !== 'string') return 0;
  const withNull = id.algorithmDer[id.algorithmDer.length - NULL] === 5 && id.algorithmDer.at(-1) === 0;
  return 1 + HASHES.indexOf(id.hashAlgorithm) * 2 + (withNull ? 0 : 1);
}
