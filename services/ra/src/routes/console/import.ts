import { type Import, listImports, readPersonNames } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { apiText, type ImportDone, importPage, importsPage, verbatim, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { importFor } from '../../operations/find-import.ts';
import { importResult } from '../../operations/import-result.ts';
import { importStream } from '../../operations/import-stream.ts';
import { profileTitle } from '../../operations/profile-title.ts';
import { steerImport } from '../../operations/steer-import.ts';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { importView } from '../../schemas/import.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { listAddress } from './query.ts';
import { assertOwnForm, readerOf } from './session.ts';

const PAGE = 50;
const Params = Type.Object({ id: Uuid });
const SAID = ['start', 'pause', 'resume', 'retry', 'cancel'] as const;
const WAYS = ['pause', 'resume', 'retry', 'cancel'] as const;

/** The imports, and the page of each with its progress and its buttons. */
export function importRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/imports',
    {
      config: access('import.list'),
      schema: {
        querystring: Type.Object(
          { cursor: Type.Optional(Type.String({ maxLength: 600 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request) => {
      const { cursor } = request.query;
      const agencyId = agencyOf(actorOf(request));
      const page = await listImports(ra.db, agencyId === undefined ? {} : { agencyId }, PAGE, readTimeCursor(cursor));
      return importsPage(viewOf(ra.site, request), readerOf(ra, request), {
        imports: await lines(ra, page.rows),
        mayImport: may(actorOf(request), 'import.create'),
        first: cursor === undefined ? undefined : '/console/imports',
        next:
          page.next &&
          listAddress('/console/imports', { cursor: writeCursor([page.next.createdAt.getTime(), page.next.id]) }),
      });
    },
  );
  scope.get(
    '/console/imports/:id',
    {
      config: access('import.show'),
      schema: {
        params: Params,
        querystring: Type.Object(
          { done: Type.Optional(Type.Enum([...SAID])), still: Type.Optional(Type.Literal('yes')) },
          { additionalProperties: false },
        ),
      },
    },
    async (request) => {
      const found = await importFor(ra, actorOf(request), 'import.show', request.params.id);
      return draw(ra, request, found, { said: request.query.done, still: request.query.still === 'yes' });
    },
  );
  fileAndEvents(scope, ra);
  for (const way of WAYS) {
    scope.post(
      `/console/imports/:id/${way}`,
      {
        config: access(`import.${way}`),
        schema: {
          params: Params,
          body: Type.Object({ formToken: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
        },
      },
      async (request, reply) => {
        assertOwnForm(ra, request);
        const { id } = request.params as { id: string };
        const found = await importFor(ra, actorOf(request), `import.${way}`, id);
        try {
          await steerImport(ra, auditActor(request), found, way);
        } catch (error) {
          return refuseOnPage(request, error, async (text) =>
            draw(ra, request, await importFor(ra, actorOf(request), 'import.show', id), { error: text }),
          );
        }
        return reply.redirect(`/console/imports/${id}?done=${way}`, 303);
      },
    );
  }
}

function fileAndEvents(scope: App, ra: Ra): void {
  scope.get(
    '/console/imports/:id/result.csv',
    { config: access('import.result'), schema: { params: Params } },
    async (request, reply) => {
      const { id } = await importFor(ra, actorOf(request), 'import.result', request.params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', verbatim`attachment; filename="import-${id}.csv"`)
        .send(Buffer.from(await importResult(ra, id)));
    },
  );
  scope.get(
    '/console/imports/:id/events',
    { config: access('import.events'), exposeHeadRoute: false, schema: { params: Params } },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = await importFor(ra, actor, 'import.events', request.params.id);
      const stream = importStream(ra, actor, id, reply);
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(stream);
    },
  );
}

async function lines(ra: Ra, imports: readonly Import[]) {
  const names = await readPersonNames(
    ra.db,
    imports.map(({ createdBy }) => createdBy),
  );
  return imports.map((found) => {
    const { id, state, rows, done, skipped, failed } = importView(found);
    return {
      ...{ id, state, rows, done, skipped, failed },
      agency: ra.authority.current.agencies.get(found.agencyId)?.name ?? found.agencyId,
      createdBy: names.get(found.createdBy) ?? found.createdBy,
      createdAt: found.createdAt,
    };
  });
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  found: Import,
  said: { said?: ImportDone | undefined; still?: boolean; error?: string },
): Promise<string> {
  const [line] = await lines(ra, [found]);
  const order = found.order as { readonly profiles: readonly string[] } | null;
  return importPage(viewOf(ra.site, request), readerOf(ra, request), {
    ...(line as NonNullable<typeof line>),
    waiting: found.counts.waiting,
    updatedAt: found.updatedAt,
    ordered: (order?.profiles ?? []).map((id) => profileTitle(ra, id)),
    maySteer: may(actorOf(request), 'import.pause'),
    still: said.still ?? false,
    said: said.said,
    errors: said.error === undefined ? [] : [{ text: apiText(said.error) }],
  });
}
