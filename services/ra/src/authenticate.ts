import { findToken, useSession } from '@see/db/ra';
import {
  type Actor,
  type Authenticate,
  bearerToken,
  doorOf,
  Refusal,
  refusedToken,
  type SessionCookie,
  tokenDigest,
} from '@see/http';
import type { FastifyRequest } from 'fastify';
import { authenticateCertificate } from './client-certificate/authenticate-certificate.ts';
import { operatorClient } from './client-certificate/operator-client.ts';
import { type Ra, seconds } from './ra.ts';
import { type HeldRole, isRoleInForce } from './role-in-force.ts';
import { cookieDigest } from './sign-in/cookie-digest.ts';
import { endSessionWithoutRole } from './sign-in/end-sessions.ts';
import { sessionTimes } from './sign-in/session-times.ts';

/** Establishes the actor of an API request: by the operator certificate at the `mtls` door, by the bearer token at the others. */
export function authenticate(ra: Ra): Authenticate {
  const byToken = authenticateToken(ra);
  return (request) => (doorOf(request) === 'mtls' ? authenticateCertificate(ra, request) : byToken(request));
}

/** From its bearer token, whose role its holder must still have. */
function authenticateToken(ra: Ra): Authenticate {
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
 * its role in force, or it is ended here. At the `mtls` door only sessions hold that were made with the certificate of the
 * connection, and these hold nowhere else. Throws Refusal `access-locked` for an operator whom nobody reviewed, and what
 * `operatorClient` throws.
 */
export async function readSession(
  ra: Ra,
  cookie: SessionCookie,
  request: FastifyRequest,
): Promise<ConsoleSession | undefined> {
  const value = cookie.read(request);
  if (value === undefined) return undefined;
  const client = doorOf(request) === 'mtls' ? await operatorClient(ra, request) : undefined;
  const digest = cookieDigest('session', value);
  const session = await useSession(ra.db, digest, sessionTimes(ra), client?.certificateId ?? null);
  if (!session) return undefined;
  if (!isRoleInForce(ra.authority.current, session, seconds(ra.now()))) {
    await endSessionWithoutRole(ra, session);
    return undefined;
  }
  const lock = await ra.reviews.lockOf(session, ra.now());
  if (lock) throw lock;
  const { id: sessionId, displayName, formToken } = session;
  const certificate = client ? { certificate: client.sha256 } : {};
  return {
    actor: { sessionId, ...certificate, name: displayName, ...roleOf(session), method: 'session' },
    displayName,
    formToken,
  };
}

/** The refusal for a form that comes without a session. */
export function sessionRequired(): Refusal {
  return new Refusal('session-required', 'You were signed out after ten minutes without use. Sign in and do it again.');
}

function roleOf({ role, personId, agencyId }: HeldRole): Pick<Actor, 'role' | 'personId' | 'agencyId'> {
  return { role, personId, ...(agencyId === null ? {} : { agencyId }) };
}
