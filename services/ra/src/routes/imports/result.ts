import { type App, actorOf, Type } from '@see/http';
import { importFor } from '../../operations/find-import.ts';
import { importResult } from '../../operations/import-result.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

export function downloadImportResult(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/imports/:id/result.csv',
    {
      config: access('import.result'),
      schema: {
        summary: 'What became of each row, as CSV',
        description: 'Cells that a spreadsheet would run start with an apostrophe.',
        tags: ['imports'],
        params: Type.Object({ id: Uuid }),
        response: { 200: { description: 'The file', content: { 'text/csv': { schema: Type.Unknown() } } } },
      },
    },
    async (request, reply) => {
      const { id } = await importFor(ra, actorOf(request), 'import.result', request.params.id);
      const text = await importResult(ra, id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${id}.csv"`)
        .send(Buffer.from(text));
    },
  );
}
