import { createHash } from 'node:crypto';
import { findToken, findTokenById, type TokenHolder, useSession } from '@see/db/ra';
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
import { isRoleInForce } from './role-in-force.ts';

/** How long a session may be idle, and how long it may last at all, in milliseconds. */
const IDLE = 10 * 60_000;
const LONGEST = 8 * 3_600_000;

/** Establishes the actor of an API request from its bearer token, whose role its holder must still have. */
export function authenticateToken(ra: Ra): Authenticate {
  return async (request) => {
    const holder = await findToken(ra.db, tokenDigest(bearerToken(request)), ra.now());
    if (!holder || !isRoleInForce(ra.authority.current, holder, seconds(ra.now()))) throw refusedToken();
    return actorOf(holder, 'token');
  };
}

/** A signed-in reader of the console. */
export interface ConsoleSession {
  readonly actor: Actor;
  readonly displayName: string;
  readonly formToken: string;
}

/** What is kept of a session's cookie. */
export function sessionDigest(cookie: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`see-pki/session/v1\0${cookie}`).digest());
}

/** The session of a request; undefined when there is none that still holds. Its token must still be good. */
export async function readSession(
  ra: Ra,
  cookie: SessionCookie,
  request: FastifyRequest,
): Promise<ConsoleSession | undefined> {
  const value = cookie.read(request);
  if (value === undefined) return undefined;
  const now = ra.now();
  const session = await useSession(ra.db, sessionDigest(value), {
    now,
    idleSince: new Date(now.getTime() - IDLE),
    startedSince: new Date(now.getTime() - LONGEST),
  });
  const holder = session && (await findTokenById(ra.db, session.tokenId, now));
  if (!session || !holder || !isRoleInForce(ra.authority.current, holder, seconds(now))) return undefined;
  return { actor: actorOf(holder, 'session'), displayName: holder.displayName, formToken: session.formToken };
}

/** The refusal for a form that comes without a session. */
export function sessionRequired(): Refusal {
  return new Refusal('session-required', 'You were signed out after ten minutes without use. Sign in and do it again.');
}

function actorOf(holder: TokenHolder, method: Actor['method']): Actor {
  return {
    tokenId: holder.id,
    name: holder.name,
    role: holder.role,
    ...(holder.agencyId === null ? {} : { agencyId: holder.agencyId }),
    personId: holder.personId,
    method,
  };
}
