import { findBatch, readBatchOrders } from '@see/db/desk';
import { type App, createLimit, Refusal, Type } from '@see/http';
import type { Desk } from '../desk.ts';
import { operatorPasskeys } from '../operator-passkeys.ts';

const Params = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' }),
});
/** Answers that one address gets in a minute: a batch takes at most eleven. */
const READS = { max: 240, window: 60_000 };
/** Orders in one answer. */
const PAGE = 500;

/**
 * What the batch page hashes and shows: the bytes of a batch of which something waits, which passkeys may approve, and
 * the bytes of every order. Whoever knows a batch's id, which is random, reads it while it waits.
 */
export function batchRoutes(app: App, desk: Desk): void {
  const limit = createLimit(app, READS);
  const waiting = async (id: string) => {
    const batch = await findBatch(desk.db, id);
    if (!batch) throw new Refusal('not-found', 'There is no batch with this id.');
    if (!batch.states.pending) throw new Refusal('wrong-state', 'Nothing of this batch is left to approve.');
    return batch;
  };
  app.get(
    '/api/batches/:id',
    {
      config: { operation: 'desk.batch', public: true },
      onRequest: limit,
      schema: {
        params: Params,
        response: {
          200: Type.Object({
            content: Type.String({ description: 'Canonical bytes, base64url' }),
            passkeys: Type.Array(Type.Object({ credentialId: Type.String(), passkey: Type.String() })),
          }),
        },
      },
    },
    async (request, reply) => {
      const { content } = await waiting(request.params.id);
      reply.header('cache-control', 'no-store');
      return {
        content: Buffer.from(content).toString('base64url'),
        passkeys: operatorPasskeys(desk.authority.current),
      };
    },
  );
  app.get(
    '/api/batches/:id/orders',
    {
      config: { operation: 'desk.batch-orders', public: true },
      onRequest: limit,
      schema: {
        params: Params,
        querystring: Type.Object({ from: Type.String({ pattern: '^[0-9]{1,4}$' }) }, { additionalProperties: false }),
        response: {
          200: Type.Object({
            orders: Type.Array(Type.String(), { description: 'Canonical bytes by leaf, base64url' }),
          }),
        },
      },
    },
    async (request, reply) => {
      const { id } = await waiting(request.params.id);
      const orders = await readBatchOrders(desk.db, id, Number(request.query.from), PAGE);
      reply.header('cache-control', 'no-store');
      return { orders: orders.map(({ content }) => Buffer.from(content).toString('base64url')) };
    },
  );
}
