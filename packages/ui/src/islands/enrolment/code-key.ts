import { codeProofMessage, ENROLMENT_KDF, escrowTagMessage, keyTagMessage } from '@see/domain';

/** What a browser can prove with an enrolment code. The code and the key K themselves stay inside. */
export interface CodeKey {
  /** HMAC-SHA-384 that proves the code for this order; 48 octets. */
  proof(): Promise<Uint8Array>;
  /** HMAC-SHA-384 that ties a public key (SubjectPublicKeyInfo DER) to the code and the order; 48 octets. */
  tag(spki: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
  /** HMAC-SHA-384 that ties the copy of a key to key, code and order; 48 octets. */
  escrowTag(spki: Uint8Array, agentsDigest: Uint8Array, envelopes: readonly Uint8Array[]): Promise<Uint8Array>;
}

const encoder = new TextEncoder();

/** Derives K = PBKDF2-HMAC-SHA-256(code, order id) with WebCrypto; about a second. `code` must be normalised. */
export async function deriveCodeKey(code: string, orderId: string): Promise<CodeKey> {
  const { subtle } = crypto;
  const secret = await subtle.importKey('raw', encoder.encode(code), 'PBKDF2', false, ['deriveKey']);
  const key = await subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: encoder.encode(orderId), iterations: ENROLMENT_KDF.iterations },
    secret,
    { name: 'HMAC', hash: 'SHA-384', length: ENROLMENT_KDF.octets * 8 },
    false,
    ['sign'],
  );
  const mac = async (message: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await subtle.sign('HMAC', key, new Uint8Array(message)));
  const sha256 = async (octets: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(octets)));
  return {
    proof: () => mac(codeProofMessage(orderId)),
    tag: async (spki) => mac(keyTagMessage(orderId, await sha256(spki))),
    escrowTag: async (spki, agentsDigest, envelopes) =>
      mac(escrowTagMessage(orderId, await sha256(spki), agentsDigest, await Promise.all(envelopes.map(sha256)))),
  };
}
