import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { importFor } from '../../operations/find-import.ts';
import { steerImport } from '../../operations/steer-import.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { ImportSchema, importView } from '../../schemas/import.ts';

const WAYS = [
  ['pause', 'import.pause', 'Let an import rest'],
  ['resume', 'import.resume', 'Let a paused import go on'],
  ['retry', 'import.retry', 'Try the rows that failed again'],
  ['cancel', 'import.cancel', 'Give up the rows that wait; what is done stays'],
] as const;

/** `POST /imports/:id/pause`, `/resume`, `/retry` and `/cancel`. */
export function steerImportRoutes(scope: App, ra: Ra): void {
  for (const [way, operation, summary] of WAYS) {
    scope.post(
      `/api/v1/imports/:id/${way}`,
      {
        config: access(operation),
        schema: {
          summary,
          tags: ['imports'],
          params: Type.Object({ id: Uuid }),
          body: Type.Object({}, { additionalProperties: false }),
          response: { 200: ImportSchema },
        },
      },
      async (request) => {
        const actor = actorOf(request);
        const { id } = request.params as { id: string };
        await steerImport(ra, auditActor(request), await importFor(ra, actor, operation, id), way);
        return importView(await importFor(ra, actor, operation, id));
      },
    );
  }
}
