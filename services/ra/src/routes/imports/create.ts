import { findImport } from '@see/db/ra';
import { type App, actorOf, type Limit, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { assertMayOrder, type ImportWish } from '../../operations/prepare-import.ts';
import { startImport } from '../../operations/start-import.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';
import { IMPORT_BODY, ImportSchema, importView, importWish } from '../../schemas/import.ts';

export function createImport(scope: App, ra: Ra, limit: Limit): void {
  scope.post(
    '/api/v1/imports',
    {
      config: access('import.create'),
      bodyLimit: IMPORT_BODY,
      onRequest: limit,
      schema: {
        summary: 'Confirm an import that was previewed',
        description:
          'Send what was previewed with the digest that the preview gave. 409 `import-changed` when the import would no longer do the same. ' +
          'People are entered soon after the answer: see `events`.',
        tags: ['imports'],
        body: Type.Object(
          { ...importWish, confirm: Hex32 },
          { additionalProperties: false, title: 'ImportConfirmation' },
        ),
        response: { 201: ImportSchema },
      },
    },
    async (request, reply) => {
      const { confirm, ...wish } = request.body;
      authorise(actorOf(request), 'import.create', wish.agencyId);
      assertMayOrder(actorOf(request), wish as ImportWish);
      const id = await startImport(ra, auditActor(request), wish as ImportWish, confirm);
      const found = await findImport(ra.db, id);
      if (!found) throw new Refusal('not-found', 'The import was stored and is gone.');
      return reply.code(201).header('location', `/api/v1/imports/${id}`).send(importView(found));
    },
  );
}
