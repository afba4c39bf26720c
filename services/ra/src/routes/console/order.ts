import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { english, type OrderFacts, orderPage, REJECTION_REASONS, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { approveOrder } from '../../operations/approve-order.ts';
import { endOrder } from '../../operations/end-order.ts';
import { orderFor } from '../../operations/find-order.ts';
import { readHandedApproval } from '../../operations/read-handed-approval.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { orderFacts } from './order-facts.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Uuid });
const DONE = {
  approved: t`Your approval is recorded.`,
  rejected: t`The order is rejected. Those who ordered see why.`,
  ordered: t`The order is made. Operators approve it; then the code goes to the person by mail.`,
  withdrawn: t`The order is withdrawn.`,
  agreed: t`It is recorded that the sponsor agrees. Operators can approve the renewal now.`,
} as const;

const RejectForm = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    cause: Type.Optional(Type.Enum(Object.keys(REJECTION_REASONS))),
    reason: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
);

export function orderRoutes(scope: App, ra: Ra): void {
  const draw = (request: FastifyRequest, id: string, said: Partial<OrderFacts>): Promise<string> =>
    drawOrder(ra, request, id, said);
  scope.get(
    '/console/orders/:id',
    {
      config: access('order.show'),
      schema: {
        params: Params,
        querystring: Type.Object({
          done: Type.Optional(Type.Enum(['approved', 'rejected', 'ordered', 'withdrawn', 'agreed'])),
        }),
      },
    },
    async (request) => {
      const order = await orderFor(ra, actorOf(request), 'order.show', request.params.id);
      const said = request.query.done;
      const done = said && (order.state === 'rejected') === (said === 'rejected') ? DONE[said] : undefined;
      return draw(request, order.id, { done, decided: said === 'approved' || said === 'rejected' });
    },
  );
  scope.post(
    '/console/orders/:id/approve',
    {
      config: access('order.approve'),
      schema: {
        params: Params,
        body: Type.Object(
          { formToken: Type.String({ maxLength: 100 }), approval: Type.String({ maxLength: 12_000 }) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const order = await orderFor(ra, actorOf(request), 'order.approve', request.params.id);
      try {
        await approveOrder(ra, auditActor(request), order, readHandedApproval(request.body.approval));
      } catch (error) {
        await refuseOnPage(request, error, (text) => draw(request, order.id, { errors: [{ text: english(text) }] }));
      }
      return reply.redirect(`/console/orders/${order.id}?done=approved`, 303);
    },
  );
  scope.post(
    '/console/orders/:id/reject',
    { config: access('order.reject'), schema: { params: Params, body: RejectForm } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const order = await orderFor(ra, actorOf(request), 'order.reject', request.params.id);
      const { cause = '', reason = '' } = request.body;
      const words = reason.trim();
      const errors = rejectionErrors(cause, words);
      if (errors.length > 0)
        return reply.code(400).send(await draw(request, order.id, { errors, rejected: { cause, words } }));
      try {
        await endOrder(ra, auditActor(request), order, 'reject', recordedReason(cause, words));
      } catch (error) {
        await refuseOnPage(request, error, (text) => draw(request, order.id, { errors: [{ text: english(text) }] }));
      }
      return reply.redirect(`/console/orders/${order.id}?done=rejected`, 303);
    },
  );
}

/** The page of an order, with what was done or is wrong. */
export async function drawOrder(
  ra: Ra,
  request: FastifyRequest,
  id: string,
  said: Partial<OrderFacts>,
): Promise<string> {
  const order = await orderFor(ra, actorOf(request), 'order.show', id);
  const facts = await orderFacts(ra, request, order, { done: undefined, decided: false, errors: [], ...said });
  return orderPage(viewOf(ra.site, request), readerOf(ra, request), facts);
}

function rejectionErrors(cause: string, words: string): OrderFacts['errors'] {
  if (words.length > 400) return [{ field: 'reason', text: t`Say it in 400 characters at most.` }];
  if (words.length >= 3 || (cause !== '' && cause !== 'other')) return [];
  if (cause === '')
    return [{ field: 'cause', text: t`Choose why the order is rejected, or say it in your own words.` }];
  return [{ field: 'reason', text: t`Say in your own words, in 3 characters at least, why the order is rejected.` }];
}

/** What stays on record: the reason of the list in English, own words as they were typed. */
function recordedReason(cause: string, words: string): string {
  const listed = cause === '' || cause === 'other' ? '' : String(REJECTION_REASONS[cause]);
  return [listed, words].filter((part) => part !== '').join(': ');
}
