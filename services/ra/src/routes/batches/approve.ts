import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { approveBatch as takeApproval } from '../../operations/approve-batch.ts';
import { batchFor } from '../../operations/find-batch.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { ApprovalSchema } from '../../schemas/signature.ts';

export function approveBatch(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/batches/:id/approvals',
    {
      config: access('batch.approve'),
      schema: {
        summary: 'Approve all orders of a batch with one signature by an approval key',
        description: 'Orders to which the approver is a party, or that no longer wait, are left and listed.',
        tags: ['batches'],
        params: Type.Object({ id: Uuid }),
        body: ApprovalSchema,
        response: {
          201: Type.Object({
            approved: Type.Integer({ description: 'Orders that this approval was given to' }),
            waiting: Type.Integer({ description: 'Of these, orders that need the approval of another person too' }),
            left: Type.Array(Type.Object({ orderId: Uuid, code: Type.String(), message: Type.String() })),
          }),
        },
      },
    },
    async (request, reply) => {
      const batch = await batchFor(ra, actorOf(request), 'batch.approve', request.params.id);
      const { approved, waiting, left } = await takeApproval(ra, auditActor(request), batch, request.body);
      return reply.code(201).send({ approved, waiting, left: [...left] });
    },
  );
}
