import type { Database } from '@see/db/service';
import type { Metrics } from '@see/http/metrics';
import type { Instance, Log } from '@see/process';
import type { Page } from '../http/page.ts';
import type { DelegateKeyring } from '../ocsp/delegate-keyring.ts';
import type { VaIdentity } from '../ocsp/va-identity.ts';
import { readAgencyDates } from '../pages/agency-dates.ts';
import { caPage } from '../pages/ca-page.ts';
import { crlPage } from '../pages/crl-page.ts';
import { directoryPage } from '../pages/directory-page.ts';
import { healthPage } from '../pages/health-page.ts';
import { logPage } from '../pages/log-page.ts';
import type { LogTree } from '../pages/log-tree.ts';
import { memberFilesPage } from '../pages/member-files-page.ts';
import { memberList } from '../pages/member-list.ts';
import { membersPage, type SignedList } from '../pages/members-page.ts';
import { policyPage } from '../pages/policy-page.ts';
import { statusPage } from '../pages/status-page.ts';
import { trustedCa } from '../trust/trusted-ca.ts';
import type { DatabaseFollower } from './follow-database.ts';
import { readiness } from './readiness.ts';
import type { StatusSide } from './status-side.ts';

export interface VaPagesDeps {
  readonly db: Database;
  readonly instance: Instance;
  readonly identity: VaIdentity;
  readonly status: StatusSide;
  readonly keyring: DelegateKeyring;
  readonly logTree: LogTree;
  readonly follower: DatabaseFollower;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => Date;
}

/** Every page of va, in the order in which they are asked. */
export function vaPages(deps: VaPagesDeps): Page[] {
  const { status, now } = deps;
  return [
    crlPage({
      now,
      shelf: status.shelf,
      isCa: (id) => id === 'root' || (status.cas?.issuing.has(id) ?? true),
      isPlanned: (ca, scope) => status.planned(ca).includes(scope),
    }),
    statusPage({
      now,
      history: status.history,
      archive: status.archive,
      caOf: (id) => status.cas && trustedCa(status.cas, id),
      isLoaded: () => status.loaded,
      vaUrl: () => status.verified?.configuration.vaUrl,
      onError: (error) => deps.log('warn', 'what was in the past could not be read', { error }),
    }),
    caPage(() => status.cas),
    directoryPage({
      now,
      index: status.directory,
      shelf: status.shelf,
      trusted: () => status.cas,
      agencies: () => status.verified?.agencies.values() ?? [],
      isComplete: () => isComplete(status),
    }),
    membersPage(() => makeMemberList(deps), now),
    memberFilesPage({
      now,
      index: status.directory,
      agencies: () => (status.loaded ? status.verified?.agencies.values() : undefined),
    }),
    policyPage(
      () => status.verified,
      () => status.cas,
    ),
    logPage(deps.logTree),
    healthPage(() => readinessOf(deps), deps.metrics),
  ];
}

async function makeMemberList(deps: VaPagesDeps): Promise<SignedList | undefined> {
  const { db, instance, identity, status, now } = deps;
  const authority = status.verified;
  if (!authority || !status.loaded) return undefined;
  const dates = await readAgencyDates(db, authority);
  const { agencies } = authority;
  const json = await memberList(instance.instance, agencies.values(), (id) => dates?.get(id), status.directory, now());
  return { json, jws: identity.signDocument('see-members+jws', json) };
}

/** Whether the directory has every certificate. */
function isComplete({ loaded, table, examiner, listing }: StatusSide): boolean {
  return loaded && listing.backlog === 0 && (table.unverified === 0 || examiner.backlog === 0);
}

function readinessOf({ status, keyring, follower, now }: VaPagesDeps) {
  const facts = {
    loaded: status.loaded,
    listening: follower.listening,
    cas: [...(status.cas?.issuing.keys() ?? [])],
    hasDelegate: (ca: string) => keyring.active(ca) !== undefined,
    crlUntil: (ca: string) => status.shelf.get(ca)?.nextUpdate,
    lists: (ca: string) =>
      status
        .planned(ca)
        .filter((scope) => scope !== 'full')
        .map((scope) => ({ scope, until: status.shelf.get(ca, scope)?.nextUpdate })),
    unexamined: status.examiner.backlog,
    knownAt: status.feed.knownAt,
  };
  return readiness(facts, now());
}
