import { crockford } from './crockford.ts';

/** How the key K is derived from an enrolment code: PBKDF2-HMAC-SHA-256(code, UTF-8(orderId)), 32 octets. */
export const ENROLMENT_KDF = { iterations: 600_000, octets: 32, digest: 'sha256' } as const;

/** Wrong codes that an order takes before it is locked. */
export const ENROLMENT_TRIES = 5;

/** The 80-bit code of ten random octets, sixteen characters in groups of four. */
export function enrolmentCode(random: Uint8Array): string {
  if (random.length !== 10) throw new RangeError('ten random octets are needed');
  return (crockford(random).match(/.{4}/g) ?? []).join('-');
}

/**
 * The form that K is derived from, forgiving what people type: case, spaces, dashes, O for 0, I and L for 1. Returns
 * undefined when this can not be a code.
 */
export function normaliseCode(text: string): string | undefined {
  const code = text
    .toUpperCase()
    .replace(/[\s\-‐-―.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code : undefined;
}

const encoder = new TextEncoder();

/** What a proof of the code is an HMAC-SHA-384 over. */
export function codeProofMessage(orderId: string): Uint8Array {
  return encoder.encode(`see-pki/code-check/v1\0${orderId}`);
}

/** What the tag of a CSR is an HMAC-SHA-384 over: UTF-8(orderId) || SHA-256(SubjectPublicKeyInfo). */
export function keyTagMessage(orderId: string, spkiSha256: Uint8Array): Uint8Array {
  const id = encoder.encode(orderId);
  const message = new Uint8Array(id.length + spkiSha256.length);
  message.set(id);
  message.set(spkiSha256, id.length);
  return message;
}
