import type { Statement } from '@see/statement';
import { Fields } from '../fields.ts';
import { nextMemberState } from '../machine/agency-machine.ts';
import { isPersonId, type PersonId } from '../person-id.ts';
import { refused } from '../refusal.ts';
import type { AgencyScope, Authority, Delegation, Membership } from './authority.ts';

const AGENCY = /^[a-z0-9][a-z0-9-]{0,62}$/;
const DOMAIN = /^(localhost|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+)$/;
const SHA256 = /^[0-9a-f]{64}$/;
const MAX_TIME = 253_402_300_799;

/**
 * `agency-scope`: admits an agency or replaces its scope as a whole; a suspended one stays suspended. Domains are
 * A-labels, lower case, each inside the permitted suffixes and belonging to no other agency. That none is a public
 * suffix is policy's to check, when it is proposed and when it is accepted.
 */
export function changeAgency(
  authority: Authority,
  fields: Fields,
  { notBefore }: Statement,
  digest: string,
): Partial<Authority> {
  const agencyId = fields.text('agencyId', AGENCY);
  const known = authority.agencies.get(agencyId);
  const status = known ? nextMemberState(known.status, 'set-scope') : 'scoped';
  if (!status) throw refused('agency-removed', `agency ${agencyId} was removed; admit it under a new id`);
  const scope = {
    agencyId,
    name: fields.text('name', undefined, 64),
    status,
    membership: known?.membership ?? null,
    organizationNames: fields.texts('organizationNames', 1, 20),
    organizationIdentifier: fields.text('organizationIdentifier', /^[A-Z]{5}[A-Z0-9+-]{0,40}$/),
    locality: fields.text('locality', undefined, 64),
    domains: fields.texts('domains', 1, 100, DOMAIN),
    profiles: fields.texts('profiles', 0, 20),
    delegations: fields.list('delegations', 0, 200, (item, path) => readDelegation(new Fields(item, path))),
    lastVerifiedAt: fields.integer('lastVerifiedAt', 0, MAX_TIME),
    nextReviewAt: fields.integer('nextReviewAt', 0, MAX_TIME),
    digest,
  };
  fields.end();
  const domainsSince = new Map(scope.domains.map((one) => [one, known?.domainsSince.get(one) ?? notBefore]));
  const sponsorsSince = sponsorsOf(scope.delegations, known, notBefore);
  if (scope.organizationNames.some((name) => name.length > 64)) {
    throw refused('bad-subject', 'an organization name has at most 64 characters', { source: 'RFC 5280 A.1' });
  }
  for (const domain of scope.domains) checkDomain(authority, agencyId, domain);
  return { agencies: new Map(authority.agencies).set(agencyId, { ...scope, domainsSince, sponsorsSince }) };
}

/**
 * Since when each sponsor is one: since the statement that appointed them, or the day it names when that is later. Who goes
 * on without a gap, by a new instrument or the old one, is not new.
 */
function sponsorsOf(
  delegations: readonly Delegation[],
  known: AgencyScope | undefined,
  notBefore: number,
): ReadonlyMap<PersonId, number> {
  const since = new Map<PersonId, number>();
  for (const { personId, role, from } of delegations) {
    if (role !== 'sponsor') continue;
    const before = known?.delegations.some(
      (one) => one.personId === personId && one.role === 'sponsor' && one.until >= notBefore,
    );
    const kept = (before && known?.sponsorsSince.get(personId)) || Number.POSITIVE_INFINITY;
    const appointed = Math.max(notBefore, from);
    since.set(personId, Math.min(kept, appointed, since.get(personId) ?? Number.POSITIVE_INFINITY));
  }
  return since;
}

function readDelegation(fields: Fields): Delegation {
  const delegation: Delegation = {
    personId: fields.text('personId'),
    role: fields.oneOf('role', ['sponsor', 'registration-agent']),
    from: fields.integer('from', 0, MAX_TIME),
    until: fields.integer('until', 0, MAX_TIME),
    instrument: fields.text('instrument', undefined, 200),
  };
  fields.end();
  if (!isPersonId(delegation.personId)) throw refused('bad-subject', 'a delegation names a person id');
  if (delegation.until <= delegation.from) throw refused('bad-subject', 'a delegation ends after it starts');
  return delegation;
}

function checkDomain(authority: Authority, agencyId: string, domain: string): void {
  const suffixes = authority.configuration.permittedDomains;
  if (!suffixes.some((suffix) => isWithin(domain, suffix))) {
    throw refused(
      'domain-outside-constraints',
      `${domain} is outside the issuing CAs' name constraints (${suffixes.join(', ')})`,
      {
        remedy: `re-issue the CAs with the suffix added: see ca reissue --permit ${domain}`,
        source: 'PRF-I3',
      },
    );
  }
  for (const other of authority.agencies.values()) {
    if (other.agencyId === agencyId || other.status === 'removed') continue;
    const taken = other.domains.find((theirs) => isWithin(domain, theirs) || isWithin(theirs, domain));
    if (taken !== undefined) throw refused('domain-taken', `${domain} overlaps ${taken} of agency ${other.agencyId}`);
  }
}

/** Label-wise: `a.b` is within `b`, `ab` is not. Both lower-case A-labels. */
export function isWithin(domain: string, ancestor: string): boolean {
  return domain === ancestor || domain.endsWith(`.${ancestor}`);
}

/** `agency-suspend`, `agency-resume`, `agency-remove`. Removed is final. */
export function changeAgencyStatus(event: 'suspend' | 'resume' | 'remove') {
  return (authority: Authority, fields: Fields, _statement: Statement, digest: string): Partial<Authority> => {
    const agencyId = fields.text('agencyId', AGENCY);
    fields.text('reason', undefined, 400);
    fields.end();
    const scope = authority.agencies.get(agencyId);
    if (!scope || scope.status === 'removed') throw refused('agency-unknown', `no agency ${agencyId} is a member`);
    const status = nextMemberState(scope.status, event);
    if (!status) throw refused('agency-status', `agency ${agencyId} is ${scope.status}`);
    return { agencies: new Map(authority.agencies).set(agencyId, { ...scope, status, digest }) };
  };
}

/**
 * `agency-activate` makes a scoped agency a member, `agency-phase` changes the phase of one. The report on its site is named
 * by its digest; whether there is such a report, and both gateway certificates, is asked when the statement is proposed.
 */
export function changeMembership(event: 'activate' | 'set-phase') {
  return (authority: Authority, fields: Fields, _statement: Statement, digest: string): Partial<Authority> => {
    const agencyId = fields.text('agencyId', AGENCY);
    const scope = authority.agencies.get(agencyId);
    if (!scope || scope.status === 'removed') throw refused('agency-unknown', `no agency ${agencyId} is a member`);
    const phase = fields.integer('phase', 1, 2) === 1 ? 1 : 2;
    const start = fields.integer('start', 0, MAX_TIME);
    const certification =
      event === 'activate' ? fields.optionalText('certification', SHA256) : (scope.membership?.certification ?? null);
    fields.end();
    const status = nextMemberState(scope.status, event);
    if (!status) throw refused('agency-status', `agency ${agencyId} is ${scope.status}`);
    const membership: Membership = { phase, start, certification };
    if (certification === null && scope.profiles.some((profile) => profile.startsWith('gateway-')))
      throw refused('site-not-certified', `agency ${agencyId} has mail gateways, and no report on its site is named`, {
        source: 'SEE-10',
      });
    return { agencies: new Map(authority.agencies).set(agencyId, { ...scope, status, membership, digest }) };
  };
}
