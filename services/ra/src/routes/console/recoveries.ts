import { listRecoveries, type RecoveryRow, readPersonNames } from '@see/db/ra';
import { type Actor, type App, actorOf, Refusal, Type } from '@see/http';
import { apiText, type FieldError, type RecoveryDone, recoveriesPage, recoveryPage, verbatim, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { closeRecovery, refuseRecovery } from '../../operations/recovery/end-recovery.ts';
import { recoveryFor, seesAll } from '../../operations/recovery/find-recovery.ts';
import { recoveryDetail, recoveryView } from '../../operations/recovery/recovery-view.ts';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { listAddress } from './query.ts';
import { assertOwnForm, readerOf } from './session.ts';

const PAGE = 50;
const Params = Type.Object({ id: Uuid });
const WAYS = ['refuse', 'close'] as const;
const Body = Type.Object(
  { formToken: Type.String({ maxLength: 100 }), reason: Type.String({ maxLength: 500 }) },
  { additionalProperties: false },
);

/** Recoveries of kept keys, and what is done to them without a key of one's own. */
export function recoveriesRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/recoveries',
    {
      config: access('recovery.list'),
      schema: {
        querystring: Type.Object(
          { cursor: Type.Optional(Type.String({ maxLength: 600 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request) => {
      const { cursor } = request.query;
      const actor = actorOf(request);
      const agencyId = agencyOf(actor);
      const filter = {
        ...(seesAll(actor) ? {} : { requesterId: actor.personId }),
        ...(agencyId === undefined ? {} : { agencyId }),
      };
      const { rows, next } = await listRecoveries(ra.db, filter, PAGE, readTimeCursor(cursor));
      return recoveriesPage(viewOf(ra.site, request), readerOf(ra, request), {
        recoveries: await lines(ra, rows),
        mayRequest: may(actor, 'recovery.request'),
        first: cursor === undefined ? undefined : '/console/recoveries',
        next: next && listAddress('/console/recoveries', { cursor: writeCursor([next.createdAt.getTime(), next.id]) }),
      });
    },
  );
  scope.get(
    '/console/recoveries/:id',
    {
      config: access('recovery.show'),
      schema: {
        params: Params,
        querystring: Type.Object({ done: Type.Optional(Type.Enum(['requested', 'refused', 'closed'])) }),
      },
    },
    async (request) => {
      const recovery = await recoveryFor(ra, actorOf(request), 'recovery.show', request.params.id);
      return draw(ra, request, recovery, { done: request.query.done });
    },
  );
  for (const way of WAYS) {
    scope.post(
      `/console/recoveries/:id/${way}`,
      { config: access(`recovery.${way}`), schema: { params: Params, body: Body } },
      async (request, reply) => {
        assertOwnForm(ra, request);
        const actor = actorOf(request);
        const { id } = request.params as { id: string };
        const recovery = await recoveryFor(ra, actor, `recovery.${way}`, id);
        const reason = (request.body as { reason: string }).reason.trim();
        try {
          if (reason.length < 3) throw new Refusal('invalid-request', 'Say why, in a few words.');
          if (way === 'refuse') await refuseRecovery(ra, actor, auditActor(request), recovery, reason);
          else await closeRecovery(ra, auditActor(request), recovery, reason);
        } catch (error) {
          return refuseOnPage(request, error, (text) =>
            draw(ra, request, recovery, { errors: [{ text: apiText(text) }] }),
          );
        }
        return reply.redirect(`/console/recoveries/${id}?done=${way === 'refuse' ? 'refused' : 'closed'}`, 303);
      },
    );
  }
}

async function lines(ra: Ra, rows: readonly RecoveryRow[]) {
  const views = rows.map(recoveryView);
  const names = await readPersonNames(
    ra.db,
    views.flatMap(({ subjectId, requesterId }) => [subjectId, requesterId]),
  );
  return views.map((view, index) => ({
    ...view,
    subject: names.get(view.subjectId) ?? view.subjectId,
    requester: names.get(view.requesterId) ?? view.requesterId,
    agency: ra.authority.current.agencies.get(view.agencyId)?.name ?? view.agencyId,
    createdAt: rows[index]?.createdAt ?? new Date(view.createdAt),
  }));
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  recovery: RecoveryRow,
  said: { done?: RecoveryDone | undefined; errors?: readonly FieldError[] },
): Promise<string> {
  const actor = actorOf(request);
  const [[line], detail] = await Promise.all([lines(ra, [recovery]), recoveryDetail(ra, recovery)]);
  const { agents, approvedBy } = detail;
  const names = await readPersonNames(
    ra.db,
    [...agents, ...approvedBy].map(({ personId }) => personId),
  );
  return recoveryPage(viewOf(ra.site, request), readerOf(ra, request), {
    ...(line as NonNullable<typeof line>),
    certificate: detail.certificate,
    capacity: detail.capacity,
    legalBasis: detail.legalBasis,
    messagesFrom: new Date(detail.messagesFrom),
    messagesUntil: new Date(detail.messagesUntil),
    suppressNotice: detail.suppressNotice,
    expiresAt: recovery.expiresAt,
    agents: agents.map(({ personId, label, agencyId }) => ({
      name: names.get(personId) ?? label,
      agency: ra.authority.current.agencies.get(agencyId)?.name ?? agencyId,
    })),
    approvedBy: approvedBy.map(({ personId, at }) => ({ name: names.get(personId) ?? personId, at: new Date(at) })),
    commands: commandsFor(actor, recovery, agents),
    mayRefuse: may(actor, 'recovery.refuse') && ['requested', 'approved-1', 'approved-2'].includes(recovery.state),
    mayClose: may(actor, 'recovery.close') && recovery.state === 'released',
    done: said.done,
    errors: said.errors ?? [],
  });
}

/** What an agent or the requester types, since it takes a key of their own, which no page has. */
function commandsFor(
  actor: Actor,
  { id, state, requesterId }: RecoveryRow,
  agents: readonly { readonly personId: string }[],
): readonly string[] {
  const isAgent = may(actor, 'recovery.approve') && agents.some(({ personId }) => personId === actor.personId);
  if (isAgent && ['requested', 'approved-1'].includes(state))
    return [verbatim`see recovery approve ${id} --key APPROVAL-KEY --agent-key AGENT-KEY --out FILE`];
  return state === 'released' && requesterId === actor.personId ? [verbatim`see recovery show ${id}`] : [];
}
