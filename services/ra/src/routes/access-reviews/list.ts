import { type App, Type } from '@see/http';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AccessReviewSchema, accessReviewView } from '../../schemas/access-review.ts';

const State = Type.Union([Type.Literal('current'), Type.Literal('due'), Type.Literal('locked')]);

export function listAccessReviews(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/access-reviews',
    {
      config: access('access-review.list'),
      schema: {
        summary: 'Staff roles and when each has to be reviewed, the most urgent first',
        tags: ['access reviews'],
        querystring: Type.Object({ state: Type.Optional(State) }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(AccessReviewSchema) }) },
      },
    },
    async (request) => {
      const { state } = request.query;
      const now = ra.now();
      const items = (await ra.reviews.refresh())
        .map((one) => accessReviewView(one, now))
        .filter((one) => state === undefined || one.state === state)
        .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
      return { items };
    },
  );
}
