import { createHash } from 'node:crypto';

/** What is kept of a cookie: of a session's, and of the one that binds a challenge to the browser that asked. */
export function cookieDigest(kind: 'session' | 'ceremony', value: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`see-pki/${kind}/v1\0${value}`).digest());
}
