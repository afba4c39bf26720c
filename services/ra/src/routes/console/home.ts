import { listProposals, readAttention } from '@see/db/ra';
import { type App, actorOf } from '@see/http';
import { homePage, viewOf } from '@see/ui';
import { reviewStanding } from '../../access-review.ts';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { readerOf } from './session.ts';

export function homeRoute(scope: App, ra: Ra): void {
  scope.get('/console', { config: access('console.home') }, async (request) => {
    const actor = actorOf(request);
    const now = ra.now();
    const signs = may(actor, 'statement.sign');
    const reviewers = may(actor, 'access-review.record');
    const [attention, proposals, staff] = await Promise.all([
      readAttention(ra.db, now, agencyOf(actor)),
      signs ? listProposals(ra.db, ra.authority.current.headSeq, 100) : [],
      reviewers ? ra.reviews.refresh() : [],
    ]);
    const reviews = staff.filter((one) => reviewStanding(one, now).state !== 'current').length;
    return homePage(viewOf(ra.site, request), readerOf(ra, request), {
      now,
      ...attention,
      proposals: proposals.length,
      reviews,
    });
  });
}
