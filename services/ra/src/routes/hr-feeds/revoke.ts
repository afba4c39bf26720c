import { findHrFeed } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { endHrFeed } from '../../operations/hr-feed/revoke-feed.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { HrFeedSchema, hrFeedView } from '../../schemas/hr-feed.ts';

export function revokeHrFeed(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/hr-feeds/:id/revoke',
    {
      config: access('hr-feed.revoke'),
      schema: {
        summary: 'Revoke a feed, at once',
        tags: ['hr-feeds'],
        params: Type.Object({ id: Uuid }),
        body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) }, { additionalProperties: false }),
        response: { 200: HrFeedSchema },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const find = async () => {
        const feed = await findHrFeed(ra.db, request.params.id);
        if (!feed) throw new Refusal('not-found', 'There is no feed with this id.');
        authorise(actor, 'hr-feed.revoke', feed.agencyId);
        return feed;
      };
      await endHrFeed(ra, actor, auditActor(request), await find(), request.body.reason);
      return hrFeedView(await find(), ra.now());
    },
  );
}
