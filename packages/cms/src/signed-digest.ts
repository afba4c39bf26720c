import { type DerReader, derOid, derSequence } from '@see/asn1';
import { CmsError } from './cms-error.ts';
import { cmsOid } from './oids.ts';

/** Digests that requests are signed with. SHA-1, MD5 and the truncated SHA-2 are none of them (GOV-3). */
export type SignedDigest = 'sha256' | 'sha384' | 'sha512';

const DIGESTS: ReadonlyMap<string, SignedDigest> = new Map([
  [cmsOid.sha256, 'sha256'],
  [cmsOid.sha384, 'sha384'],
  [cmsOid.sha512, 'sha512'],
]);

/** The AlgorithmIdentifier of a digest, without parameters (RFC 5754 2). */
export function encodeDigest(digest: SignedDigest): Uint8Array {
  return derSequence(derOid(cmsOid[digest]));
}

/** Reads the AlgorithmIdentifier of a digest; its parameters are NULL or absent (RFC 5754 2). Throws CmsError `unsupported`. */
export function readDigest(reader: DerReader): SignedDigest {
  const algorithm = reader.sequence();
  const digest = DIGESTS.get(algorithm.oid());
  if (!digest) throw new CmsError('unsupported', 'the digest is none of SHA-256, SHA-384 and SHA-512');
  if (!algorithm.atEnd) algorithm.null();
  algorithm.end();
  return digest;
}
