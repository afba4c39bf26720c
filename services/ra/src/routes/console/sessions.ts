import { listSessions, listSignInPasskeys, type SignInPasskey } from '@see/db/ra';
import { type Actor, type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { sessionsPage, viewOf } from '@see/ui';
import { auditActor } from '../../audit-actor.ts';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { access, may, seesAllSessions } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { algorithmName } from '../../schemas/sign-in-passkey.ts';
import { listLocks } from '../../sign-in/attempts.ts';
import { removePasskey, renamePasskey } from '../../sign-in/change-passkey.ts';
import { endSession } from '../../sign-in/end-sessions.ts';
import { sessionTimes } from '../../sign-in/session-times.ts';
import { listAddress } from './query.ts';
import { assertOwnForm, readerOf } from './session.ts';

const PAGE = 50;
const Params = Type.Object({ id: Uuid });
const formToken = Type.String({ maxLength: 100 });
const Form = Type.Object({ formToken }, { additionalProperties: false });
const RenameForm = Type.Object({ formToken, label: Type.String({ maxLength: 200 }) }, { additionalProperties: false });
const Query = Type.Object({
  of: Type.Optional(Type.Literal('all')),
  cursor: Type.Optional(Type.String({ maxLength: 600 })),
  done: Type.Optional(Type.Union([Type.Literal('ended'), Type.Literal('renamed'), Type.Literal('removed')])),
});
const DONE = {
  ended: t`The session is ended.`,
  renamed: t`The passkey has its new name.`,
  removed: t`The passkey is removed, and the sessions made with it are ended.`,
} as const;

/** The page of sessions and passkeys, and what its buttons do. */
export function sessionRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/sessions',
    { config: access('session.list'), schema: { querystring: Query } },
    async (request) => {
      const actor = actorOf(request);
      const mayAll = seesAllSessions(actor);
      const { of, cursor, done } = request.query;
      const all = mayAll && of === 'all';
      const whose = all ? undefined : actor.personId;
      const [page, passkeys, locks] = await Promise.all([
        listSessions(ra.db, sessionTimes(ra), whose, PAGE, readTimeCursor(cursor)),
        listSignInPasskeys(ra.db, actor.personId),
        all && may(actor, 'sign-in-lock.list') ? listLocks(ra) : undefined,
      ]);
      const here = (at: string | undefined): string =>
        listAddress('/console/sessions', { of: all ? 'all' : undefined, cursor: at });
      return sessionsPage(viewOf(ra.site, request), readerOf(ra, request), {
        done: done === undefined ? undefined : DONE[done],
        all,
        mayAll,
        sessions: page.rows.map((session) => ({
          id: session.id,
          name: session.displayName,
          role: session.role,
          agency: session.agencyId === null ? undefined : ra.authority.current.agencies.get(session.agencyId)?.name,
          method: session.method,
          means: session.meansName,
          address: session.address ?? undefined,
          startedAt: session.startedAt,
          lastUsedAt: session.lastUsedAt,
          current: session.id === actor.sessionId,
          mayEnd: mayEnd(actor, session.personId),
        })),
        first: cursor === undefined ? undefined : here(undefined),
        next: page.next === undefined ? undefined : here(writeCursor([page.next.createdAt.getTime(), page.next.id])),
        passkeys: passkeys.map(passkeyLine),
        locks,
      });
    },
  );
  scope.post(
    '/console/sessions/:id/end',
    { config: access('session.end'), schema: { params: Params, body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      await endSession(ra, actorOf(request), auditActor(request), request.params.id);
      return reply.redirect('/console/sessions?done=ended', 303);
    },
  );
  scope.post(
    '/console/passkeys/:id/rename',
    { config: access('sign-in-passkey.rename'), schema: { params: Params, body: RenameForm } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      await renamePasskey(ra, actorOf(request), auditActor(request), request.params.id, request.body.label);
      return reply.redirect('/console/sessions?done=renamed', 303);
    },
  );
  scope.post(
    '/console/passkeys/:id/remove',
    { config: access('sign-in-passkey.remove'), schema: { params: Params, body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      await removePasskey(ra, actorOf(request), auditActor(request), request.params.id);
      return reply.redirect('/console/sessions?done=removed', 303);
    },
  );
}

function mayEnd(actor: Actor, personId: string): boolean {
  return actor.role === 'administrator' || actor.personId === personId;
}

function passkeyLine(passkey: SignInPasskey) {
  const { id, label, synced, createdAt, lastUsedAt, algorithm } = passkey;
  return { id, label, synced, createdAt, lastUsedAt: lastUsedAt ?? undefined, algorithm: algorithmName(algorithm) };
}
