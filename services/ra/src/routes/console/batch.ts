import { type Batch, type BatchOrder, readBatchOrders, readPersonNames } from '@see/db/ra';
import { batchQuorum, MOST_IN_BATCH, readBatchContent, readOrderContent } from '@see/domain';
import { type App, actorOf, Type } from '@see/http';
import { html, t } from '@see/language';
import { type BatchMember, batchMember, batchOutliers } from '@see/policy';
import { type BatchFacts, batchPage, english, type FieldError, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { approveBatch } from '../../operations/approve-batch.ts';
import { batchFor } from '../../operations/find-batch.ts';
import { readHandedApproval } from '../../operations/read-handed-approval.ts';
import { access, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Uuid });
/** Orders shown of those that do not stand out. */
const SAMPLE = 20;

export function batchRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/batches/:id',
    {
      config: access('batch.show'),
      schema: { params: Params, querystring: Type.Object({ done: Type.Optional(Type.Literal('approved')) }) },
    },
    async (request) => {
      const batch = await batchFor(ra, actorOf(request), 'batch.show', request.params.id);
      const left = batch.states.pending ?? 0;
      const rest = left > 0 && t` ${left} still wait: they need another person too, or you may not approve them.`;
      const done = request.query.done && html`${t`Your approval is recorded.`}${rest}`;
      return batchPage(viewOf(ra.site, request), readerOf(ra, request), await batchFacts(ra, request, batch, done, []));
    },
  );
  scope.post(
    '/console/batches/:id/approve',
    {
      config: access('batch.approve'),
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
      const batch = await batchFor(ra, actorOf(request), 'batch.approve', request.params.id);
      try {
        await approveBatch(ra, auditActor(request), batch, readHandedApproval(request.body.approval));
      } catch (error) {
        await refuseOnPage(request, error, async (text) => {
          const now = await batchFor(ra, actorOf(request), 'batch.approve', batch.id);
          return batchPage(
            viewOf(ra.site, request),
            readerOf(ra, request),
            await batchFacts(ra, request, now, undefined, [{ text: english(text) }]),
          );
        });
      }
      return reply.redirect(`/console/batches/${batch.id}?done=approved`, 303);
    },
  );
}

async function batchFacts(
  ra: Ra,
  request: FastifyRequest,
  batch: Batch,
  done: BatchFacts['done'],
  errors: readonly FieldError[],
): Promise<BatchFacts> {
  const orders = await readBatchOrders(ra.db, batch.id, 0, MOST_IN_BATCH);
  const members = orders.map(({ leaf, content }) => batchMember(leaf, readOrderContent(content)));
  const outliers = batchOutliers(members);
  const odd = new Set(outliers.map(({ member }) => member.leaf));
  const people = await readPersonNames(ra.db, [batch.createdBy]);
  return {
    id: batch.id,
    agency: ra.authority.current.agencies.get(batch.agencyId)?.name ?? batch.agencyId,
    count: batch.count,
    quorum: batchQuorum(readBatchContent(batch.content)),
    states: batch.states,
    digest: batch.digest.toHex(),
    importId: batch.importId,
    createdBy: people.get(batch.createdBy) ?? batch.createdBy,
    createdAt: batch.createdAt,
    outliers: outliers.map(({ member, reasons }) => ({ ...lineOf(member, orders), reasons })),
    sample: sampleOf(members.filter(({ leaf }) => !odd.has(leaf))).map((member) => lineOf(member, orders)),
    mayApprove: may(actorOf(request), 'batch.approve') && (batch.states.pending ?? 0) > 0,
    done,
    errors,
  };
}

function lineOf({ leaf, orderId, name, names }: BatchMember, orders: readonly BatchOrder[]) {
  return { orderId, name, names, state: orders[leaf]?.state ?? 'pending' };
}

/** Members from all over the batch, the same each time so that two operators can talk about them. */
function sampleOf(members: readonly BatchMember[]): readonly BatchMember[] {
  const step = Math.max(1, Math.floor(members.length / SAMPLE));
  return members.filter((_, index) => index % step === 0).slice(0, SAMPLE);
}
