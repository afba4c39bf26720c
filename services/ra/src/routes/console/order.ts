import {
  findOrderContent,
  findOrderDraft,
  findOrderRefusal,
  listApprovals,
  listDeliveries,
  listOrderCertificates,
  type OrderRow,
  readPersonNames,
} from '@see/db/ra';
import { activeProfile, isDual, type OrderContent, type OrderDraft, readOrderContent } from '@see/domain';
import { type App, actorOf, Type, type Violation } from '@see/http';
import { profileOf } from '@see/policy';
import { type FieldError, type OrderFacts, orderInWords, orderPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { approveOrder } from '../../operations/approve-order.ts';
import { endOrder } from '../../operations/end-order.ts';
import { orderFor } from '../../operations/find-order.ts';
import { readEvidence } from '../../operations/order-evidence.ts';
import { enrolmentUrl } from '../../operations/order-view.ts';
import { readHandedApproval } from '../../operations/read-handed-approval.ts';
import { missingAgreement } from '../../operations/renewal/agree.ts';
import { access, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Uuid });
const DONE = {
  approved: 'Your approval is recorded.',
  rejected: 'The order is rejected. Those who ordered see why.',
} as const;
const ENDED = ['issued', 'rejected', 'refused', 'withdrawn', 'lapsed', 'issuing'];

export function orderRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/orders/:id',
    {
      config: access('order.show'),
      schema: {
        params: Params,
        querystring: Type.Object({
          done: Type.Optional(Type.Union([Type.Literal('approved'), Type.Literal('rejected')])),
        }),
      },
    },
    async (request) => {
      const order = await orderFor(ra, actorOf(request), 'order.show', request.params.id);
      const said = request.query.done;
      const done = said && (order.state === 'rejected') === (said === 'rejected') ? DONE[said] : undefined;
      return orderPage(viewOf(ra.site, request), readerOf(ra, request), await orderFacts(ra, request, order, done, []));
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
        await refuseOnPage(request, error, async (text) => {
          const now = await orderFor(ra, actorOf(request), 'order.approve', order.id);
          return orderPage(
            viewOf(ra.site, request),
            readerOf(ra, request),
            await orderFacts(ra, request, now, undefined, [{ text }]),
          );
        });
      }
      return reply.redirect(`/console/orders/${order.id}?done=approved`, 303);
    },
  );
  scope.post(
    '/console/orders/:id/reject',
    {
      config: access('order.reject'),
      schema: {
        params: Params,
        body: Type.Object(
          { formToken: Type.String({ maxLength: 100 }), reason: Type.String({ maxLength: 2000 }) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const order = await orderFor(ra, actorOf(request), 'order.reject', request.params.id);
      const reason = request.body.reason.trim();
      if (reason.length < 3 || reason.length > 500) {
        const errors = [{ field: 'reason', text: 'Say in 3 to 500 characters why the order is rejected.' }];
        const facts = await orderFacts(ra, request, order, undefined, errors);
        return reply.code(400).send(orderPage(viewOf(ra.site, request), readerOf(ra, request), facts));
      }
      await endOrder(ra, auditActor(request), order, 'reject', reason);
      return reply.redirect(`/console/orders/${order.id}?done=rejected`, 303);
    },
  );
}

async function orderFacts(
  ra: Ra,
  request: FastifyRequest,
  order: OrderRow,
  done: string | undefined,
  errors: readonly FieldError[],
): Promise<OrderFacts> {
  const [stored, approvals, refusal, deliveries, certificates, missing] = await Promise.all([
    findOrderContent(ra.db, order.id),
    listApprovals(ra.db, order.id),
    findOrderRefusal(ra.db, order.id),
    listDeliveries(ra.db, order.id),
    listOrderCertificates(ra.db, order.id),
    missingAgreement(ra, order),
  ]);
  const content = stored ? readOrderContent(stored.bytes) : await draftContent(ra, order.id);
  const people = await readPersonNames(ra.db, [
    content.applicant,
    content.sponsor,
    ...(content.agent === null ? [] : [content.agent]),
    order.createdBy,
    ...approvals.map((approval) => approval.personId),
  ]);
  const { current } = ra.authority;
  return {
    id: order.id,
    subject: order.subject,
    state: order.state,
    stateReason: order.stateReason,
    quorum: content.quorum,
    dual: isDual(content),
    risks: content.risk?.reasons.map(({ reason }) => reason) ?? [],
    approvals: approvals.map(({ personId, credentialId, createdAt }) => ({
      name: people.get(personId) ?? personId,
      personId,
      credentialId,
      at: createdAt,
    })),
    digest: stored?.digest.toHex(),
    evidence: await readEvidence(ra, order.id, content.evidence),
    sections: orderInWords(content, {
      person: (id) => people.get(id),
      agency: (id) => current.agencies.get(id)?.name,
      profile: (id) => {
        const active = activeProfile(current, id);
        return active && profileOf(active.content).title;
      },
      type: (id) => current.types.get(id)?.title,
    }),
    warnings: [...(missing ? [missing] : []), ...((order.warnings ?? []) as Violation[])],
    createdBy: people.get(order.createdBy) ?? order.createdBy,
    refusal,
    deliveries,
    certificates: certificates.map(({ certificate }) => ({
      sha256: certificate.sha256.toHex(),
      serial: certificate.serial.toHex(),
      profile: certificate.profileId,
    })),
    enrolmentUrl: enrolmentUrl(ra, order),
    mayApprove: may(actorOf(request), 'order.approve') && order.state === 'pending' && stored !== undefined && !missing,
    mayReject: may(actorOf(request), 'order.reject') && !ENDED.includes(order.state),
    done,
    errors,
  };
}

/** A person's order before its code is bound: shown with the same words, without a digest to approve. */
async function draftContent(ra: Ra, id: string): Promise<OrderContent> {
  return { ...((await findOrderDraft(ra.db, id)) as OrderDraft), commitment: null };
}
