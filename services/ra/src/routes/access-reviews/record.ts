import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { recordReview } from '../../operations/record-review.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { ReviewedRoleSchema } from '../../schemas/access-review.ts';
import { PersonId } from '../../schemas/fields.ts';

export function recordAccessReview(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/access-reviews',
    {
      config: access('access-review.record'),
      schema: {
        summary: 'Record that somebody’s role was reviewed and is still needed; never your own',
        tags: ['access reviews'],
        body: Type.Object(
          { personId: PersonId, role: ReviewedRoleSchema, note: Type.String({ minLength: 3, maxLength: 500 }) },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ personId: PersonId, role: ReviewedRoleSchema }) },
      },
    },
    async (request, reply) => {
      const { personId, role } = request.body;
      await recordReview(ra, actorOf(request), auditActor(request), request.body);
      return reply.code(201).send({ personId, role });
    },
  );
}
