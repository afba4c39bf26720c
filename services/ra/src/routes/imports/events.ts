import { type App, actorOf, Type } from '@see/http';
import { importFor } from '../../operations/find-import.ts';
import { importStream } from '../../operations/import-stream.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

export function streamImport(scope: App, ra: Ra): void {
  scope.addHook('preClose', async () => {
    ra.eventStreams.close();
    ra.wakeUps.wake('imports');
  });
  scope.get(
    '/api/v1/imports/:id/events',
    {
      config: access('import.events'),
      exposeHeadRoute: false,
      schema: {
        summary: 'The progress of an import as server-sent events',
        description:
          '`progress` with the import at once and on each change, `end` when it is done. A stream lasts ten minutes at most: connect again.',
        tags: ['imports'],
        params: Type.Object({ id: Uuid }),
        response: {
          200: { description: 'The events', content: { 'text/event-stream': { schema: Type.Unknown() } } },
        },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = await importFor(ra, actor, 'import.events', request.params.id);
      const stream = importStream(ra, actor, id, reply);
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(stream);
    },
  );
}
