import { readOrderToApprove } from '@see/db/desk';
import { type App, createLimit, Refusal, Type } from '@see/http';
import type { Desk } from '../desk.ts';
import { operatorPasskeys } from '../operator-passkeys.ts';

const Params = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' }),
});
/** Orders that one address reads in a minute. */
const READS = { max: 240, window: 60_000 };

/**
 * What the order page hashes and shows: the bytes of an order that waits for approval, and which passkeys may approve.
 * Whoever knows an order's id, which is random, reads it while it waits; nobody signs in at the desk.
 */
export function orderRoute(app: App, desk: Desk): void {
  const limit = createLimit(app, READS);
  app.get(
    '/api/orders/:id',
    {
      config: { operation: 'desk.order', public: true },
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
      const order = await readOrderToApprove(desk.db, request.params.id);
      if (!order) throw new Refusal('not-found', 'There is no order with this id.');
      if (order.state === 'preparing' || (order.state === 'pending' && !order.content)) {
        throw new Refusal('wrong-state', 'A code is being bound to it. Load this page again in a few seconds.');
      }
      if (order.state !== 'pending' || !order.content) {
        throw new Refusal('wrong-state', `The order is ${order.state}. Nothing is left to approve.`);
      }
      if (order.approveBefore <= desk.now()) {
        throw new Refusal('wrong-state', 'The time for approving it is over. Those who ordered make a new one.');
      }
      reply.header('cache-control', 'no-store');
      return {
        content: Buffer.from(order.content).toString('base64url'),
        passkeys: operatorPasskeys(desk.authority.current),
      };
    },
  );
}
