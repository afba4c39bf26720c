import { PfxError } from './pfx-error.ts';

/** What PBKDF2 takes: UTF-8 without terminator, as all implementations do. Throws `bad-password` for an empty one. */
export function utf8Password(password: string): Uint8Array<ArrayBuffer> {
  check(password);
  return new TextEncoder().encode(password);
}

/** What the PKCS#12 derivation takes: UTF-16 big-endian with two zero octets at the end (RFC 7292 B.1). */
export function bmpPassword(password: string): Uint8Array<ArrayBuffer> {
  check(password);
  const octets = new Uint8Array(password.length * 2 + 2);
  for (let index = 0; index < password.length; index++) {
    const unit = password.charCodeAt(index);
    octets[index * 2] = unit >> 8;
    octets[index * 2 + 1] = unit & 0xff;
  }
  return octets;
}

function check(password: string): void {
  if (password.length === 0 || password.length > 1024) {
    throw new PfxError('bad-password', 'a password has 1 to 1,024 characters');
  }
  if (!password.isWellFormed()) throw new PfxError('bad-password', 'the password holds half a character');
}
