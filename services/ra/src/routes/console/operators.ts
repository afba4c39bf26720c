import { listProposals, readOpenSessions, type StaffAccess } from '@see/db/ra';
import type { App } from '@see/http';
import { operatorsPage, viewOf } from '@see/ui';
import { reviewStanding } from '../../access-review.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { sessionTimes } from '../../sign-in/session-times.ts';
import { readerOf } from './session.ts';

/** The page of who has which duty. */
export function operatorsRoute(scope: App, ra: Ra): void {
  scope.get('/console/operators', { config: access('operator.list') }, async (request) => {
    const [staff, sessions, proposals] = await Promise.all([
      ra.reviews.refresh(),
      readOpenSessions(ra.db, sessionTimes(ra)),
      listProposals(ra.db, ra.authority.current.headSeq, 100),
    ]);
    const keys = [...ra.authority.current.credentials.values()].filter(({ removed }) => !removed);
    const operators = [...Map.groupBy(staff, ({ personId }) => personId)].map(([personId, roles]) => ({
      personId,
      name: roles[0]?.displayName ?? personId,
      roles: roles.map((one) => roleOf(one, ra.now())),
      keys: keys
        .filter((key) => key.personId === personId)
        .map(({ credentialId, passkey }) => ({
          id: credentialId,
          kind: passkey === null ? ('file' as const) : ('passkey' as const),
        })),
      sessions: sessions.filter((session) => session.personId === personId).length,
    }));
    return operatorsPage(viewOf(ra.site, request), readerOf(ra, request), {
      operators: operators.toSorted((a, b) => a.name.localeCompare(b.name)),
      waiting: proposals.length,
    });
  });
}

function roleOf(one: StaffAccess, now: Date) {
  const { state, dueAt } = reviewStanding(one, now);
  return { role: one.role, since: one.grantedAt, reviewedAt: one.reviewedAt, dueAt, state };
}
