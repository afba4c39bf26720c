import { listBatchableAgencies, listBatches } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { batchesPage, english, type FieldError, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { createBatch } from '../../operations/create-batch.ts';
import { access, agencyOf, authorise, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { listAddress } from './query.ts';
import { assertOwnForm, readerOf } from './session.ts';

const PAGE = 50;

/** The list of batches, and the form that makes one. */
export function batchesRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/batches',
    {
      config: access('batch.list'),
      schema: {
        querystring: Type.Object(
          { cursor: Type.Optional(Type.String({ maxLength: 600 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request) => draw(ra, request, request.query.cursor, []),
  );
  scope.post(
    '/console/batches',
    {
      config: access('batch.create'),
      schema: {
        body: Type.Object(
          { formToken: Type.String({ maxLength: 100 }), agency: AgencyId },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const { agency: agencyId } = request.body;
      authorise(actorOf(request), 'batch.create', agencyId);
      try {
        const id = await createBatch(ra, auditActor(request), { agencyId });
        return await reply.redirect(`/console/batches/${id}`, 303);
      } catch (error) {
        return await refuseOnPage(request, error, (text) => draw(ra, request, undefined, [{ text: english(text) }]));
      }
    },
  );
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  cursor: string | undefined,
  errors: readonly FieldError[],
): Promise<string> {
  const actor = actorOf(request);
  const agencyId = agencyOf(actor);
  const page = await listBatches(ra.db, agencyId === undefined ? {} : { agencyId }, PAGE, readTimeCursor(cursor));
  const name = (id: string): string => ra.authority.current.agencies.get(id)?.name ?? id;
  const here = (at: string | undefined): string => listAddress('/console/batches', { cursor: at });
  const batchable = may(actor, 'batch.create') ? await listBatchableAgencies(ra.db, ra.now()) : undefined;
  return batchesPage(viewOf(ra.site, request), readerOf(ra, request), {
    now: ra.now(),
    batches: page.rows.map((batch) => ({ ...batch, agency: name(batch.agencyId) })),
    first: cursor === undefined ? undefined : here(undefined),
    next: page.next && here(writeCursor([page.next.createdAt.getTime(), page.next.id])),
    agencies: batchable
      ?.filter((id) => agencyId === undefined || id === agencyId)
      .map((id) => ({ id, name: name(id) })),
    errors,
  });
}
