import { createHash } from 'node:crypto';
import type { Ra } from '../ra.ts';

/** Where passkeys for signing in are made and used: the portal's pages, at either door, for the RP ID that is sealed in the chain. */
export interface SignInParty {
  readonly origins: readonly string[];
  readonly rpId: string;
}

/** COSE algorithms, the better one first; ES256 by standing exception EXC-1. */
export const ALGORITHMS = [-35, -7];

/** How long an answer to a challenge, and the choice of a role after it, may take, in milliseconds. */
export const ANSWER_WITHIN = 5 * 60_000;

export function signInParty(ra: Ra): SignInParty {
  return { origins: [...ra.doors.http, ...ra.doors.https], rpId: ra.authority.current.configuration.rpId };
}

/** What authenticators keep as the owner of a passkey: one value a person, from which nothing about them can be read. */
export function userHandle(ra: Pick<Ra, 'instance'>, personId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(`see-pki/sign-in-user/v1\0${ra.instance}\0${personId}`).digest());
}
