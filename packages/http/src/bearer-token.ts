import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './problem.ts';

const PREFIX = 'see_';
const FORM = /^see_[A-Za-z0-9_-]{43}$/;

/** Writes a new access token: the prefix (so that secret scanners find it) and 256 random bits in base64url. */
export function formatToken(random: Uint8Array): string {
  if (random.length !== 32) throw new RangeError('a token needs 32 random octets');
  return PREFIX + Buffer.from(random).toString('base64url');
}

/** Whether a text has the form of an access token. Says nothing about whether it is one. */
export function isTokenText(text: string): boolean {
  return FORM.test(text);
}

/** What is kept of a token: SHA-256 of its whole text, prefix included. */
export function tokenDigest(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token, 'utf8').digest());
}

/**
 * The bearer token of a request (RFC 6750 2.1), from the Authorization header alone. Throws Refusal `token-required`
 * when there is none and `token-refused` when it has another form.
 */
export function bearerToken(request: FastifyRequest): string {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new Refusal('token-required', 'Send an access token: Authorization: Bearer see_…  (see token create).');
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(header) ?? [];
  if (token === undefined || !isTokenText(token)) throw refusedToken();
  return token;
}

/** The one answer to every token that is not accepted; it does not say whether the token ever existed. */
export function refusedToken(): Refusal {
  return new Refusal(
    'token-refused',
    'The token is unknown, has expired or was withdrawn, or its holder no longer has the role. See token create makes a new one.',
    {
      headers: { 'www-authenticate': 'Bearer realm="see-pki", error="invalid_token"' },
    },
  );
}
