import { findHrFeed } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { createHrFeed as registerFeed } from '../../operations/hr-feed/create-feed.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId } from '../../schemas/fields.ts';
import { hrFeedView, NewHrFeedSchema } from '../../schemas/hr-feed.ts';

const Body = Type.Object(
  {
    agencyId: AgencyId,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    kind: Type.Enum(['webhook', 'scim']),
    publicKey: Type.Optional(
      Type.Object(
        {
          kty: Type.Literal('EC'),
          crv: Type.Literal('P-384'),
          x: Type.String({ maxLength: 64 }),
          y: Type.String({ maxLength: 64 }),
        },
        { additionalProperties: false, description: 'Of a webhook, as JWK' },
      ),
    ),
    dailyCap: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 200, description: 'Leavers that are declared in 24 hours; 20 when absent' }),
    ),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, description: 'Until it expires; 365 when absent' })),
  },
  { additionalProperties: false, title: 'HrFeedWish' },
);

export function createHrFeed(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/hr-feeds',
    {
      config: access('hr-feed.create'),
      schema: {
        summary: 'Register a feed of an agency’s HR system',
        description:
          'A webhook signs with a key of its own; SCIM bears a token, which is in this answer and nowhere else.',
        tags: ['hr-feeds'],
        body: Body,
        response: { 201: NewHrFeedSchema },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      authorise(actor, 'hr-feed.create', request.body.agencyId);
      const { id, token } = await registerFeed(ra, actor, auditActor(request), request.body);
      const feed = await findHrFeed(ra.db, id);
      if (!feed) throw new Refusal('not-found', 'The feed was registered and is gone.');
      return reply.code(201).send({ ...hrFeedView(feed, ra.now()), token });
    },
  );
}
