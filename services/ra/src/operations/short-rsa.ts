import { createPublicKey, verify } from 'node:crypto';
import { parseCsr, parseSpki } from '@see/x509';

/** The hashes under which such a request may be signed. */
const HASHES: Readonly<Record<string, string>> = {
  'rsa-sha256': 'sha256',
  'rsa-sha384': 'sha384',
  'rsa-sha512': 'sha512',
};

/**
 * Whether a CSR is sound in every way but for an RSA key between 2048 bits and what we take today: an inspection then
 * reports what is wrong with it instead of refusing to look. Nothing is ever issued for it.
 */
export function isSoundButShort(der: Uint8Array): boolean {
  const csr = parseCsr(der);
  const key = parseSpki(csr.spki);
  const hash = typeof csr.signatureAlgorithm === 'string' ? HASHES[csr.signatureAlgorithm] : undefined;
  if (key.kind !== 'rsa' || key.bits < 2048 || hash === undefined) return false;
  try {
    return verify(
      hash,
      csr.info,
      createPublicKey({ key: Buffer.from(csr.spki), format: 'der', type: 'spki' }),
      csr.signature,
    );
  } catch {
    return false;
  }
}
