import { type App, Type } from '@see/http';
import { approveBatchPage, approvePage, deskStartPage, registerPage, viewOf } from '@see/ui';
import type { Desk } from '../desk.ts';

const Params = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' }),
});

/** The pages of the desk, the same for everybody. What they show of an order, their scripts fetch. */
export async function pageRoutes(app: App, desk: Desk): Promise<void> {
  const rpId = (): string => desk.authority.current.configuration.rpId;
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
    });
    scope.get('/', { config: { operation: 'desk.start', public: true } }, async (request) =>
      deskStartPage(viewOf(desk.site, request)),
    );
    scope.get(
      '/orders/:id',
      { config: { operation: 'desk.approve', public: true }, schema: { params: Params } },
      async (request) => approvePage(viewOf(desk.site, request), request.params.id, rpId()),
    );
    scope.get(
      '/batches/:id',
      { config: { operation: 'desk.approve-batch', public: true }, schema: { params: Params } },
      async (request) => approveBatchPage(viewOf(desk.site, request), request.params.id, rpId()),
    );
    scope.get('/register', { config: { operation: 'desk.register', public: true } }, async (request) =>
      registerPage(viewOf(desk.site, request), rpId()),
    );
  });
}
