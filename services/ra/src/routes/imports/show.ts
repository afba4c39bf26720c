import { type App, actorOf, Type } from '@see/http';
import { importFor } from '../../operations/find-import.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { ImportSchema, importView } from '../../schemas/import.ts';

export function showImport(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/imports/:id',
    {
      config: access('import.show'),
      schema: {
        summary: 'One import and how far it is',
        tags: ['imports'],
        params: Type.Object({ id: Uuid }),
        response: { 200: ImportSchema },
      },
    },
    async (request) => importView(await importFor(ra, actorOf(request), 'import.show', request.params.id)),
  );
}
