import { type App, actorOf, type Limit, Type } from '@see/http';
import { importPreview } from '../../operations/import-preview.ts';
import { prepareImport } from '../../operations/prepare-import.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { IMPORT_BODY, ImportPreviewSchema, importWish } from '../../schemas/import.ts';

export function previewImport(scope: App, ra: Ra, limit: Limit): void {
  scope.post(
    '/api/v1/imports/preview',
    {
      config: access('import.preview'),
      bodyLimit: IMPORT_BODY,
      onRequest: limit,
      schema: {
        summary: 'Say what an import would do; nothing is written',
        description:
          'Every problem by row and column, conflicts beside the records they are with, and the digest that confirms exactly this.',
        tags: ['imports'],
        body: Type.Object(importWish, { additionalProperties: false, title: 'ImportWish' }),
        response: { 200: ImportPreviewSchema },
      },
    },
    async (request) => {
      const { agencyId } = request.body;
      authorise(actorOf(request), 'import.preview', agencyId);
      return importPreview(agencyId, await prepareImport(ra, ra.db, request.body));
    },
  );
}
