import { type App, actorOf, Type } from '@see/http';
import { recoveryFor } from '../../operations/recovery/find-recovery.ts';
import { recoveryDetail } from '../../operations/recovery/recovery-view.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { RecoveryDetailSchema } from '../../schemas/recovery.ts';

export function showRecovery(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/recoveries/:id',
    {
      config: access('recovery.show'),
      schema: {
        summary: 'One recovery with its agents and what they have done',
        tags: ['recoveries'],
        params: Type.Object({ id: Uuid }),
        response: { 200: RecoveryDetailSchema },
      },
    },
    async (request) => recoveryDetail(ra, await recoveryFor(ra, actorOf(request), 'recovery.show', request.params.id)),
  );
}
