import {
  countExpiring,
  countStalePeople,
  listProposals,
  readAttention,
  readQueueAges,
  readSigningHealth,
} from '@see/db/ra';
import { type App, actorOf } from '@see/http';
import { homePage, viewOf } from '@see/ui';
import { reviewStanding } from '../../access-review.ts';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { readerOf } from './session.ts';

const MORE = [
  ['profiles', 'profile.list'],
  ['statements', 'statement.list'],
  ['operators', 'operator.list'],
  ['sessions', 'session.list'],
] as const;

export function homeRoute(scope: App, ra: Ra): void {
  scope.get('/console', { config: access('console.home') }, async (request) => {
    const actor = actorOf(request);
    const now = ra.now();
    const agencyId = agencyOf(actor);
    const signs = may(actor, 'statement.sign');
    const reviewers = may(actor, 'access-review.record');
    const [attention, queue, expiring, stalePeople, signing, proposals, staff] = await Promise.all([
      readAttention(ra.db, now, agencyId),
      readQueueAges(ra.db, now, agencyId),
      countExpiring(ra.db, now, agencyId),
      countStalePeople(ra.db, now, agencyId),
      readSigningHealth(ra.db),
      signs ? listProposals(ra.db, ra.authority.current.headSeq, 100) : [],
      reviewers ? ra.reviews.refresh() : [],
    ]);
    const newest = new Map(attention.crls.map(({ ca, number }) => [ca, number]));
    return homePage(viewOf(ra.site, request), readerOf(ra, request), {
      now,
      ...attention,
      queue,
      expiring,
      stalePeople,
      proposals: proposals.length,
      may: { records: may(actor, 'record.list'), mails: may(actor, 'mail.list') },
      more: MORE.filter(([, operation]) => may(actor, operation)).map(([place]) => place),
      reviews: staff.filter((one) => reviewStanding(one, now).state !== 'current').length,
      published: ra.published.found.map((one) => ({
        ...one,
        newest: one.kind === 'crl' ? newest.get(one.ca) : undefined,
      })),
      signing: {
        ...signing,
        keys: [
          ...ra.cas.all().map(({ id, notAfter }) => ({ ca: id, kind: 'ca' as const, notAfter })),
          ...signing.ocspKeys.map(({ ca, notAfter }) => ({ ca, kind: 'ocsp' as const, notAfter })),
        ],
      },
    });
  });
}
