import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { endSessions, findSession, readOpenSessions, type Session, type SessionEnd, useSession } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { type Ra, seconds } from '../ra.ts';
import { isRoleInForce } from '../role-in-force.ts';
import { cookieDigest } from './cookie-digest.ts';
import { sessionTimes } from './session-times.ts';

/** Ends a session for its owner or an administrator. For everybody else there is no such session. */
export async function endSession(ra: Ra, actor: Actor, by: AuditActor, id: string): Promise<void> {
  const session = await findSession(ra.db, sessionTimes(ra), id);
  if (!session || (session.personId !== actor.personId && actor.role !== 'administrator')) {
    throw new Refusal('not-found', 'No open session of yours has this id. Administrators end those of others.');
  }
  await end(ra, [session], 'ended', by, actor.personId);
}

/**
 * Ends the sessions whose role is no longer in force. Called when the chain moved and again and again, since
 * delegations end with time; a session is also asked about at each of its requests.
 */
export async function endSessionsWithoutRole(ra: Ra): Promise<void> {
  const open = await readOpenSessions(ra.db, sessionTimes(ra));
  const at = seconds(ra.now());
  const over = open.filter((session) => !isRoleInForce(ra.authority.current, session, at));
  await end(ra, over, 'role-ended', { process: 'ra' }, null);
}

/** Ends the session that a browser had when another is opened in it; `certificateId` is that of the connection, if it has one. */
export async function endSessionBefore(
  ra: Ra,
  cookie: string | undefined,
  certificateId: number | null = null,
): Promise<void> {
  const before = cookie && (await useSession(ra.db, cookieDigest('session', cookie), sessionTimes(ra), certificateId));
  if (before) await end(ra, [before], 'signed-out', { process: 'ra' }, before.personId);
}

/** Ends one session whose role was found not to be in force. */
export async function endSessionWithoutRole(ra: Ra, session: Session): Promise<void> {
  await end(ra, [session], 'role-ended', { process: 'ra' }, null);
}

async function end(
  ra: Ra,
  sessions: readonly Session[],
  reason: SessionEnd,
  by: AuditActor,
  personId: string | null,
): Promise<void> {
  if (sessions.length === 0) return;
  const ids = sessions.map(({ id }) => id);
  await withTransaction(ra.db, async (tx) => {
    const ended = new Set(await endSessions(tx, ids, reason, personId, ra.now()));
    await writeAudit(
      tx,
      sessions
        .filter(({ id }) => ended.has(id))
        .map((session) => ({
          kind: 'access.session-ended',
          outcome: 'success',
          actor: by,
          objectType: 'session',
          objectId: session.id,
          detail: { reason, personId: session.personId, role: session.role },
        })),
    );
  });
}
