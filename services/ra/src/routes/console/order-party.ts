import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { english, type FieldError } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { endOrder } from '../../operations/end-order.ts';
import { orderFor } from '../../operations/find-order.ts';
import { agreeToRenewal } from '../../operations/renewal/agree.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { drawOrder } from './order.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm } from './session.ts';

const Params = Type.Object({ id: Uuid });
const formToken = Type.String({ maxLength: 100 });

/** What those do to an order who made it: withdraw it, or agree as the sponsor of a renewal. */
export function orderPartyRoutes(scope: App, ra: Ra): void {
  const refused = (request: FastifyRequest, id: string, errors: readonly FieldError[]) =>
    drawOrder(ra, request, id, { errors });
  scope.post(
    '/console/orders/:id/withdraw',
    {
      config: access('order.withdraw'),
      schema: {
        params: Params,
        body: Type.Object({ formToken, reason: Type.String({ maxLength: 2_000 }) }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const order = await orderFor(ra, actorOf(request), 'order.withdraw', request.params.id);
      const reason = request.body.reason.trim();
      if (reason.length < 3 || reason.length > 500) {
        const error = { field: 'withdraw-reason', text: t`Say why, in 3 to 500 characters.` };
        return reply.code(400).send(await refused(request, order.id, [error]));
      }
      try {
        await endOrder(ra, auditActor(request), order, 'withdraw', reason);
      } catch (error) {
        return refuseOnPage(request, error, (said) => refused(request, order.id, [{ text: english(said) }]));
      }
      return reply.redirect(`/console/orders/${order.id}?done=withdrawn`, 303);
    },
  );
  scope.post(
    '/console/orders/:id/agree',
    {
      config: access('order.agree'),
      schema: {
        params: Params,
        body: Type.Object(
          { formToken, note: Type.Optional(Type.String({ maxLength: 400 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const actor = actorOf(request);
      const order = await orderFor(ra, actor, 'order.agree', request.params.id);
      const note = request.body.note?.trim();
      if (actor.personId !== order.sponsorId && !note) {
        const error = { field: 'note', text: t`Say how you have the sponsor’s word.` };
        return reply.code(400).send(await refused(request, order.id, [error]));
      }
      try {
        await agreeToRenewal(ra, actor, auditActor(request), order, note === '' ? undefined : note);
      } catch (error) {
        return refuseOnPage(request, error, (said) => refused(request, order.id, [{ text: english(said) }]));
      }
      return reply.redirect(`/console/orders/${order.id}?done=agreed`, 303);
    },
  );
}
