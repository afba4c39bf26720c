const encoder = new TextEncoder();

/**
 * What the tag of a kept copy of a key is an HMAC-SHA-384 over, under the key of the enrolment code: "see-pki/escrow/v1"
 * || 0x00 || UTF-8(orderId) || SHA-256(SubjectPublicKeyInfo) || digest of the agents' statement || SHA-256 of each
 * envelope. So only whoever has the code can say which copy goes with a key.
 */
export function escrowTagMessage(
  orderId: string,
  spkiSha256: Uint8Array,
  agentsDigest: Uint8Array,
  envelopeSha256s: readonly Uint8Array[],
): Uint8Array {
  const parts = [encoder.encode(`see-pki/escrow/v1\0${orderId}`), spkiSha256, agentsDigest, ...envelopeSha256s];
  const message = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    message.set(part, at);
    at += part.length;
  }
  return message;
}
