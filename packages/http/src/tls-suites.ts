/**
 * What is negotiated (NZISM 3.9: GOV-1, GOV-2, GOV-3, GOV-6): TLS 1.2 and 1.3, AES-256 in an AEAD mode, ECDHE on P-384,
 * signatures with SHA-384 and SHA-512. Browsers and OpenSSL, Node, Java and GnuTLS clients of this decade have all of it.
 */
export const TLS_SUITES = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: 'TLS_AES_256_GCM_SHA384:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384',
  ecdhCurve: 'P-384',
  honorCipherOrder: true,
} as const;

const SHA_384_AND_MORE =
  'ecdsa_secp384r1_sha384:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:rsa_pkcs1_sha384:rsa_pkcs1_sha512';

/**
 * The signatures of handshakes, ours and the client's. With `foreign`, also those with SHA-256: public certificates of
 * other CAs have keys that make no other (a P-256 key).
 */
export function handshakeSignatures(foreign: boolean): string {
  return foreign ? `${SHA_384_AND_MORE}:ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256` : SHA_384_AND_MORE;
}
