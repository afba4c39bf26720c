import { findToken, useSession } from '@see/db/ra';
import {
  type Actor,
  type Authenticate,
  bearerToken,
  Refusal,
  refusedToken,
  type SessionCookie,
  tokenDigest,
} from '@see/http';
import type { FastifyRequest } from 'fastify';
import { type Ra, seconds } from './ra.ts';
import { type HeldRole, isRoleInForce } from './role-in-force.ts';
import { cookieDigest } from './sign-in/cookie-digest.ts';
import { endSessionWithoutRole } from './sign-in/end-sessions.ts';
import { sessionTimes } from './sign-in/session-times.ts';

/** Establishes the actor of an API request from its bearer token, whose role its holder must still have. */
export function authenticateToken(ra: Ra): Authenticate {
  return async (request) => {
    const holder = await findToken(ra.db, tokenDigest(bearerToken(request)), ra.now());
    if (!holder || !isRoleInForce(ra.authority.current, holder, seconds(ra.now()))) throw refusedToken();
    const lock = await ra.reviews.lockOf(holder, ra.now());
    if (lock) throw lock;
    return { tokenId: holder.id, name: holder.name, ...roleOf(holder), method: 'token' };
  };
}

/** A signed-in reader of the console. */
export interface ConsoleSession {
  readonly actor: Actor;
  readonly displayName: string;
  readonly formToken: string;
}

/**
 * The session of a request; undefined when there is none that still holds: what it was made with must still be good, and
 * its role in force, or it is ended here. Throws Refusal `access-locked` for an operator whom nobody reviewed.
 */
export async function readSession(
  ra: Ra,
  cookie: SessionCookie,
  request: FastifyRequest,
): Promise<ConsoleSession | undefined> {
  const value = cookie.read(request);
  if (value === undefined) return undefined;
  const session = await useSession(ra.db, cookieDigest('session', value), sessionTimes(ra));
  if (!session) return undefined;
  if (!isRoleInForce(ra.authority.current, session, seconds(ra.now()))) {
    await endSessionWithoutRole(ra, session);
    return undefined;
  }
  const lock = await ra.reviews.lockOf(session, ra.now());
  if (lock) throw lock;
  const { id: sessionId, displayName, formToken } = session;
  return { actor: { sessionId, name: displayName, ...roleOf(session), method: 'session' }, displayName, formToken };
}

/** The refusal for a form that comes without a session. */
export function sessionRequired(): Refusal {
  return new Refusal('session-required', 'You were signed out after ten minutes without use. Sign in and do it again.');
}

function roleOf({ role, personId, agencyId }: HeldRole): Pick<Actor, 'role' | 'personId' | 'agencyId'> {
  return { role, personId, ...(agencyId === null ? {} : { agencyId }) };
}
