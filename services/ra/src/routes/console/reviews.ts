import { type App, actorOf, Type } from '@see/http';
import { reviewsPage } from '@see/ui';
import { reviewStanding } from '../../access-review.ts';
import { auditActor } from '../../audit-actor.ts';
import { recordReview } from '../../operations/record-review.ts';
import { access, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { ReviewedRoleSchema } from '../../schemas/access-review.ts';
import { PersonId } from '../../schemas/fields.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    personId: PersonId,
    role: ReviewedRoleSchema,
    note: Type.String({ minLength: 3, maxLength: 500 }),
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
    async (request) => {
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
      const done = request.query.done && 'The review is recorded.';
      return reviewsPage(
        ra.site,
        readerOf(ra, request),
        lines.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()),
        done,
      );
    },
  );
  scope.post(
    '/console/access-reviews',
    { config: access('access-review.record'), schema: { body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const { personId, role, note } = request.body;
      await recordReview(ra, actorOf(request), auditActor(request), { personId, role, note });
      return reply.redirect('/console/access-reviews?done=confirmed', 303);
    },
  );
}
