import { listRecoveries as queryRecoveries } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { seesAll } from '../../operations/recovery/find-recovery.ts';
import { recoveryView } from '../../operations/recovery/recovery-view.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Next, pageQuery, pageSize } from '../../schemas/fields.ts';
import { RecoverySchema, RecoveryStateSchema } from '../../schemas/recovery.ts';

export function listRecoveries(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/recoveries',
    {
      config: access('recovery.list'),
      schema: {
        summary: 'Recoveries, the newest first: all for agents and auditors, their own for others',
        tags: ['recoveries'],
        querystring: Type.Object(
          { ...pageQuery, state: Type.Optional(RecoveryStateSchema) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(RecoverySchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, state } = request.query;
      const actor = actorOf(request);
      const agencyId = agencyOf(actor);
      const filter = {
        ...(seesAll(actor) ? {} : { requesterId: actor.personId }),
        ...(agencyId === undefined ? {} : { agencyId }),
        ...(state === undefined ? {} : { state }),
      };
      const page = await queryRecoveries(ra.db, filter, pageSize(limit), readTimeCursor(cursor));
      const { next } = page;
      return {
        items: page.rows.map(recoveryView),
        next: next === undefined ? null : writeCursor([next.createdAt.getTime(), next.id]),
      };
    },
  );
}
