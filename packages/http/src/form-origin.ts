import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './problem.ts';

/**
 * Refuses a form that another site's page sent: Sec-Fetch-Site must be same-origin and Origin one of those under which the
 * door of the request is reached, where the browser says either. A client that says neither (no browser of this decade) still needs the form token.
 */
export function assertOwnOrigin(request: FastifyRequest, ownOrigins: readonly string[]): void {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  if ((site !== undefined && site !== 'same-origin') || (origin !== undefined && !ownOrigins.includes(origin))) {
    throw new Refusal(
      'cross-site',
      `This form is taken from pages of ${ownOrigins[0]} only. Open it there and send it again.`,
    );
  }
}

/** Refuses a form whose token is not the session's. Compared in constant time. */
export function assertFormToken(sent: unknown, expected: string): void {
  const given = Buffer.from(typeof sent === 'string' ? sent : '', 'utf8');
  const wanted = Buffer.from(expected, 'utf8');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new Refusal(
      'cross-site',
      'The form has lost its connection to your session. Load the page again and repeat it.',
    );
  }
}
