import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { closeRecovery, refuseRecovery } from '../../operations/recovery/end-recovery.ts';
import { recoveryFor } from '../../operations/recovery/find-recovery.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

const params = Type.Object({ id: Uuid });
const Body = Type.Object(
  { reason: Type.String({ minLength: 3, maxLength: 500, description: 'Read by the requester and the auditor' }) },
  { additionalProperties: false },
);

/** `POST /recoveries/:id/refuse` by an agent, and `/close` by the requester. */
export function endRecoveryRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/recoveries/:id/refuse',
    {
      config: access('recovery.refuse'),
      schema: {
        summary: 'Refuse a recovery, with the reason',
        tags: ['recoveries'],
        params,
        body: Body,
        response: { 200: Type.Object({ id: Uuid, state: Type.Literal('refused') }) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const recovery = await recoveryFor(ra, actor, 'recovery.refuse', request.params.id);
      await refuseRecovery(ra, actor, auditActor(request), recovery, request.body.reason);
      return { id: recovery.id, state: 'refused' as const };
    },
  );
  scope.post(
    '/api/v1/recoveries/:id/close',
    {
      config: access('recovery.close'),
      schema: {
        summary: 'Close a released recovery: the file arrived, or nothing can be done with it',
        tags: ['recoveries'],
        params,
        body: Body,
        response: { 200: Type.Object({ id: Uuid, state: Type.Literal('closed') }) },
      },
    },
    async (request) => {
      const recovery = await recoveryFor(ra, actorOf(request), 'recovery.close', request.params.id);
      await closeRecovery(ra, auditActor(request), recovery, request.body.reason);
      return { id: recovery.id, state: 'closed' as const };
    },
  );
}
