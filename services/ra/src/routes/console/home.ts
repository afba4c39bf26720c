import { listProposals, readAttention } from '@see/db/ra';
import { type App, actorOf } from '@see/http';
import { homePage } from '@see/ui';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { readerOf } from './session.ts';

export function homeRoute(scope: App, ra: Ra): void {
  scope.get('/console', { config: access('console.home') }, async (request) => {
    const actor = actorOf(request);
    const now = ra.now();
    const signs = may(actor, 'statement.sign');
    const [attention, proposals] = await Promise.all([
      readAttention(ra.db, now, agencyOf(actor)),
      signs ? listProposals(ra.db, ra.authority.current.headSeq, 100) : [],
    ]);
    return homePage(ra.site, readerOf(ra, request), { now, ...attention, proposals: proposals.length });
  });
}
