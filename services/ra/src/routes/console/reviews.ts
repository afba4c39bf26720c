import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { reviewsPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { reviewStanding } from '../../access-review.ts';
import { auditActor } from '../../audit-actor.ts';
import { recordReview } from '../../operations/record-review.ts';
import { access, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { ReviewedRoleSchema } from '../../schemas/access-review.ts';
import { PersonId } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    personId: PersonId,
    role: ReviewedRoleSchema,
    note: Type.String({ maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** The page of staff roles and their reviews, and the button that confirms one. */
export function reviewsRoute(scope: App, ra: Ra): void {
  scope.get(
    '/console/access-reviews',
    {
      config: access('access-review.list'),
      schema: { querystring: Type.Object({ done: Type.Optional(Type.Literal('confirmed')) }) },
    },
    (request) => draw(ra, request, { done: request.query.done && t`The review is recorded.` }),
  );
  scope.post(
    '/console/access-reviews',
    { config: access('access-review.record'), schema: { body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const { personId, role, note } = request.body;
      try {
        await recordReview(ra, actorOf(request), auditActor(request), { personId, role, note });
      } catch (error) {
        return refuseOnPage(request, error, (text) => draw(ra, request, { error: text }));
      }
      return reply.redirect('/console/access-reviews?done=confirmed', 303);
    },
  );
}

async function draw(ra: Ra, request: FastifyRequest, said: Parameters<typeof reviewsPage>[3]): Promise<string> {
  const actor = actorOf(request);
  const now = ra.now();
  const records = may(actor, 'access-review.record');
  const lines = (await ra.reviews.refresh()).map((one) => ({
    personId: one.personId,
    name: one.displayName ?? one.personId,
    role: one.role,
    since: one.reviewedAt ?? one.grantedAt,
    reviewed: one.reviewedAt !== null,
    ...reviewStanding(one, now),
    mayConfirm: records && one.personId !== actor.personId,
  }));
  const urgent = lines.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return reviewsPage(viewOf(ra.site, request), readerOf(ra, request), urgent, said);
}
