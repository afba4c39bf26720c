import { readImportRows } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { writeCsv } from '@see/person-import';
import { importFor } from '../../operations/find-import.ts';
import { enrolmentUrl } from '../../operations/order-view.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

const HEADER = [
  'row',
  'state',
  'person id',
  'given name',
  'surname',
  'display name',
  'email',
  'external id',
  'code',
  'reason',
  'order id',
  'order state',
  'enrolment link',
];

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
      const rows = await readImportRows(ra.db, id);
      const text = writeCsv([
        HEADER,
        ...rows.map((row) => [
          String(row.row),
          row.state,
          row.personId ?? '',
          row.givenName ?? '',
          row.surname ?? '',
          row.displayName ?? '',
          row.email ?? '',
          row.externalId ?? '',
          row.code ?? '',
          row.reason ?? '',
          row.order?.id ?? '',
          row.order?.state ?? '',
          (row.order && enrolmentUrl(ra, { kind: 'person', ...row.order })) ?? '',
        ]),
      ]);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${id}.csv"`)
        .send(Buffer.from(text));
    },
  );
}
