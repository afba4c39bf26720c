import { findHrFeed, type HrFeed, listHrReports, readPersonNames } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { t } from '@see/language';
import { apiText, type FieldError, type HrFeedFacts, hrFeedPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { endHrFeed } from '../../operations/hr-feed/revoke-feed.ts';
import { access, authorise, may, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { hrFeedView, hrReportView } from '../../schemas/hr-feed.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { listAddress } from './query.ts';
import { assertOwnForm, readerOf } from './session.ts';

const PAGE = 50;
const Params = Type.Object({ id: Uuid });
const Query = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 600 })),
    done: Type.Optional(Type.Enum(['registered', 'revoked'])),
  },
  { additionalProperties: false },
);
const Body = Type.Object(
  { formToken: Type.String({ maxLength: 100 }), reason: Type.String({ maxLength: 1_000 }) },
  { additionalProperties: false },
);

/** The page of a feed, and its end. */
export function hrFeedRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/hr-feeds/:id',
    { config: access('hr-feed.list'), schema: { params: Params, querystring: Query } },
    async (request) => {
      const feed = await feedFor(ra, request, 'hr-feed.list', request.params.id);
      const { cursor, done } = request.query;
      return draw(ra, request, feed, { cursor, done });
    },
  );
  scope.post(
    '/console/hr-feeds/:id/revoke',
    { config: access('hr-feed.revoke'), schema: { params: Params, body: Body } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const feed = await feedFor(ra, request, 'hr-feed.revoke', request.params.id);
      const reason = request.body.reason.trim();
      if (reason.length < 3 || reason.length > 500) {
        const errors = [{ field: 'reason', text: t`Say why, in 3 to 500 characters.` }];
        return reply.code(400).send(await draw(ra, request, feed, { errors }));
      }
      try {
        await endHrFeed(ra, actorOf(request), auditActor(request), feed, reason);
      } catch (error) {
        return refuseOnPage(request, error, async (said) =>
          draw(ra, request, (await findHrFeed(ra.db, feed.id)) ?? feed, { errors: [{ text: apiText(said) }] }),
        );
      }
      return reply.redirect(`/console/hr-feeds/${feed.id}?done=revoked`, 303);
    },
  );
}

async function feedFor(ra: Ra, request: FastifyRequest, operation: Operation, id: string): Promise<HrFeed> {
  const feed = await findHrFeed(ra.db, id);
  if (!feed) throw new Refusal('not-found', 'There is no feed with this id.');
  authorise(actorOf(request), operation, feed.agencyId);
  return feed;
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  feed: HrFeed,
  said: {
    readonly cursor?: string | undefined;
    readonly done?: HrFeedFacts['done'];
    readonly errors?: readonly FieldError[];
  },
): Promise<string> {
  const actor = actorOf(request);
  const { rows, next } = await listHrReports(ra.db, { feedId: feed.id }, PAGE, readNumberCursor(said.cursor));
  const names = await readPersonNames(ra.db, [
    feed.createdBy,
    ...(feed.revokedBy === null ? [] : [feed.revokedBy]),
    ...rows.map(({ personId }) => personId),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  const here = `/console/hr-feeds/${feed.id}`;
  const { revokedAt, revokedBy } = feed;
  return hrFeedPage(viewOf(ra.site, request), readerOf(ra, request), {
    ...hrFeedView(feed, ra.now()),
    agency: ra.authority.current.agencies.get(feed.agencyId)?.name ?? feed.agencyId,
    createdBy: nameOf(feed.createdBy),
    createdAt: feed.createdAt,
    expiresAt: feed.expiresAt,
    lastAt: rows[0]?.receivedAt,
    revoked: revokedAt && revokedBy !== null ? { at: revokedAt, by: nameOf(revokedBy) } : undefined,
    reports: rows.map((report) => {
      const { personId, kind, state, waitsFor, reason } = hrReportView(report);
      const { receivedAt, effectiveAt } = report;
      return { personId, person: nameOf(personId), kind, state, waitsFor, reason, receivedAt, effectiveAt };
    }),
    first: said.cursor === undefined ? undefined : here,
    next: next === undefined ? undefined : listAddress(here, { cursor: writeCursor([next]) }),
    mayRevoke: may(actor, 'hr-feed.revoke'),
    mayCreate: may(actor, 'hr-feed.create'),
    done: said.done,
    errors: said.errors ?? [],
  });
}
