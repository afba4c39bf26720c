import { createHash } from 'node:crypto';
import type { SignedContent } from '@see/cms';
import { checkPublicKey } from './public-key.ts';
import { signatureKind, verifyInPool } from './signature-kind.ts';

/**
 * Whether a key signed this content (RFC 5652 5.6): the signed digest is that of the content, and the signature over the signed
 * attributes is the key's. NOT checked: whose key it is, what the key may be used for, and when it was signed.
 */
export async function signedContentHolds(signed: SignedContent, spki: Uint8Array): Promise<boolean> {
  const digest = createHash(signed.digest).update(signed.content).digest();
  if (!digest.equals(signed.messageDigest)) return false;
  const looked = checkPublicKey(spki);
  const algorithm = signatureKind(signed.algorithm);
  if ('violations' in looked || !algorithm || algorithm.kind !== looked.checked.key.kind) return false;
  return verifyInPool(algorithm, signed.input, looked.checked.keyObject, signed.signature);
}
