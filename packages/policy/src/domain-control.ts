import { type AgencyScope, isWithin, type Refusal } from '@see/domain';
import type { EvidencePolicy } from './evidence-policy.ts';

/** Evidence that was recorded of a domain beside the scope. */
export interface DomainEvidence {
  readonly domain: string;
  readonly method: 'dns-record' | 'officer-decision';
  readonly recordedAt: Date;
}

/** What an agency's right to a domain rests on, and until when. */
export interface DomainStanding {
  readonly domain: string;
  readonly by: 'scope-statement' | DomainEvidence['method'];
  readonly since: Date;
  readonly until: Date;
}

const DAY = 86_400_000;

/**
 * For each domain of a scope the newest evidence: when the two operators last verified the scope, a record found in the
 * DNS, or an operator's decision. It counts for as many days as the policy says (GOV-21).
 */
export function domainStandings(
  policy: EvidencePolicy,
  scope: Pick<AgencyScope, 'domains' | 'lastVerifiedAt'>,
  evidence: readonly DomainEvidence[],
): DomainStanding[] {
  return scope.domains.map((domain) => {
    const verified = { by: 'scope-statement', since: new Date(scope.lastVerifiedAt * 1000) } as const;
    const found = evidence
      .filter((one) => one.domain === domain)
      .map(({ method, recordedAt }) => ({ by: method, since: recordedAt }));
    const newest = [verified, ...found].reduce((one, other) => (other.since > one.since ? other : one));
    return { domain, ...newest, until: new Date(newest.since.getTime() + policy.domainDays * DAY) };
  });
}

/**
 * Refuses names and addresses in domains whose evidence is too old at a time. Names outside every domain of the scope are
 * refused elsewhere.
 */
export function staleDomains(
  standings: readonly DomainStanding[],
  names: readonly string[],
  policy: EvidencePolicy,
  now: Date,
): Refusal[] {
  const hosts = names.map((name) => name.slice(name.lastIndexOf('@') + 1).toLowerCase());
  return standings
    .filter(({ domain, until }) => until <= now && hosts.some((host) => isWithin(host, domain)))
    .map(({ domain, since }) => ({
      code: 'evidence-domain',
      message: `control of ${domain} was last shown on ${since.toISOString().slice(0, 10)}, more than ${policy.domainDays} days ago`,
      path: 'items',
      source: 'GOV-21',
      remedy: `have it shown again: see agency challenge AGENCY ${domain}`,
    }));
}
