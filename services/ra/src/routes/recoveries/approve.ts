import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { approveRecovery as takeApproval } from '../../operations/recovery/approve-recovery.ts';
import { recoveryFor } from '../../operations/recovery/find-recovery.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { RecoveryStateSchema } from '../../schemas/recovery.ts';
import { SignedBySchema } from '../../schemas/signature.ts';

export function approveRecovery(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/recoveries/:id/approvals',
    {
      config: access('recovery.approve'),
      schema: {
        summary: 'Approve a recovery with a signature by an agent’s approval key',
        tags: ['recoveries'],
        params: Type.Object({ id: Uuid }),
        body: SignedBySchema,
        response: { 201: Type.Object({ state: RecoveryStateSchema }) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = await recoveryFor(ra, actor, 'recovery.approve', request.params.id);
      const state = await takeApproval(ra, actor, auditActor(request), id, request.body);
      return reply.code(201).send({ state });
    },
  );
}
