import { type App, actorOf, type Limit, Type } from '@see/http';
import { importPreview } from '../../operations/import-preview.ts';
import { assertMayOrder, type ImportWish, prepareImport } from '../../operations/prepare-import.ts';
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
      const wish = request.body as ImportWish;
      authorise(actorOf(request), 'import.preview', wish.agencyId);
      assertMayOrder(actorOf(request), wish);
      return importPreview(wish.agencyId, await prepareImport(ra, ra.db, wish, actorOf(request).personId));
    },
  );
}
