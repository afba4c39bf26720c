import { listOrders, type Person, readPersonNames } from '@see/db/ra';
import { type AgencyScope, activeProfile, isDelegated } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { membershipViolation, type Profile, profileOf } from '@see/policy';
import type { PersonOrderFacts } from '@see/ui';
import { certificatePage } from '../../operations/certificate-view.ts';
import { findSubject } from '../../operations/find-subject.ts';
import { assessPerson, evidencePolicy } from '../../operations/personal-evidence.ts';
import { profileTitle } from '../../operations/profile-title.ts';
import type { Ra } from '../../ra.ts';
import { seconds } from '../../ra.ts';

/** Newest orders and certificates that are looked through. */
const SHOWN = 50;
const OPEN = ['preparing', 'pending', 'approved', 'issuing'];
/** The type that staff have: their agency answers for them, and the key is in a file. */
const USUAL_TYPE = 'business-card-software';

/** What the form of an order for one person shows, apart from what was chosen. */
export async function personOrderFacts(
  ra: Ra,
  actor: Actor,
  person: Person,
): Promise<Omit<PersonOrderFacts, 'chosen' | 'key' | 'errors'>> {
  const scope = ra.authority.current.agencies.get(person.agencyId ?? '');
  const profiles = scope ? orderable(ra, scope) : [];
  const [sponsors, orders, certificates, types, obstacle] = await Promise.all([
    scope ? sponsorsOf(ra, actor, scope, person) : [],
    listOrders(ra.db, { applicantId: person.id }, SHOWN, undefined),
    certificatePage(ra, { personId: person.id }, SHOWN, undefined),
    typesFor(ra, actor, person, profiles),
    obstacleOf(ra, person),
  ]);
  const ids: readonly string[] = profiles.map(({ id }) => id);
  return {
    person: { id: person.id, name: person.displayName, email: person.email, agency: scope?.name ?? '–' },
    obstacles: [
      ...obstacle,
      ...(scope ? [] : [{ code: 'no-agency', message: '' }]),
      ...(scope ? inScope(ra, scope) : []),
      ...(scope && profiles.length === 0 ? [{ code: 'no-profile', message: '' }] : []),
      ...(scope && sponsors.length === 0 ? [{ code: 'no-sponsor', message: '' }] : []),
    ],
    profiles: profiles.map(({ id, title, description, validityDays: days, escrow }) => ({
      ...{ id, title, description, days },
      copyKept: escrow !== null,
    })),
    types,
    sponsors,
    bySponsor: actor.role === 'sponsor',
    organizationNames: scope?.organizationNames ?? [],
    replaceable: certificates.items
      .filter(({ profile, status }) => ids.includes(profile) && status.kind === 'good')
      .map(({ sha256, profile, notAfter }) => ({
        sha256,
        profile: profileTitle(ra, profile),
        notAfter: new Date(notAfter),
      })),
    open: orders.rows
      .filter(({ state }) => OPEN.includes(state))
      .map(({ id, profiles: ordered, createdAt }) => ({
        id,
        profiles: ordered.map((profile) => profileTitle(ra, profile)).join(', '),
        createdAt,
      })),
  };
}

/** Profiles of people that the agency may have and that are made with a code. */
function orderable(ra: Ra, scope: AgencyScope): readonly Profile[] {
  return scope.profiles.flatMap((id) => {
    const active = activeProfile(ra.authority.current, id);
    const profile = active && profileOf(active.content);
    return id.startsWith('user-') && profile?.keySources.includes('code') ? [profile] : [];
  });
}

/** What stands against the agency: its state, its review, its phase. */
function inScope(ra: Ra, scope: AgencyScope): PersonOrderFacts['obstacles'] {
  const now = seconds(ra.now());
  const fault = membershipViolation(scope, 'user-auth', now);
  return [
    ...(fault ? [fault] : []),
    ...(['active', 'scoped'].includes(scope.status) ? [] : [{ code: 'agency-not-active', message: '' }]),
    ...(now >= scope.nextReviewAt ? [{ code: 'agency-stale', message: '' }] : []),
  ];
}

/** What the order would be refused for on account of the person's record. */
async function obstacleOf(ra: Ra, person: Person): Promise<PersonOrderFacts['obstacles']> {
  try {
    await findSubject(ra, { applicantId: person.id, agencyId: person.agencyId ?? '' }, true);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.violations;
  }
}

/** Sponsors of today but the person; the reader alone when they are one. */
async function sponsorsOf(
  ra: Ra,
  actor: Actor,
  scope: AgencyScope,
  person: Person,
): Promise<PersonOrderFacts['sponsors']> {
  const now = seconds(ra.now());
  const all = scope.delegations
    .map(({ personId }) => personId)
    .filter((id) => id !== person.id && id !== agentOf(actor) && isDelegated(scope, id, 'sponsor', now));
  const ids = [...new Set(all)].filter((id) => actor.role !== 'sponsor' || id === actor.personId);
  const names = await readPersonNames(ra.db, ids);
  return ids.map((id) => ({ id, name: names.get(id) ?? id }));
}

/** A registration agent is a party of their own, so no sponsor of the same order. */
function agentOf({ role, personId }: Actor): string | undefined {
  return role === 'registration-agent' ? personId : undefined;
}

/**
 * What the person can be certified as with a key in a file, the usual first, each with what is missing. Types whose key is in a
 * token are not among them: they come with a request from the token.
 */
async function typesFor(
  ra: Ra,
  actor: Actor,
  person: Person,
  profiles: readonly Profile[],
): Promise<PersonOrderFacts['types']> {
  const allowed = new Set(profiles.flatMap(({ types }) => types));
  const found = [...ra.authority.current.types.values()].filter(
    ({ id, hardwareToken }) => allowed.has(id) && !hardwareToken,
  );
  const byWord = evidencePolicy(ra).knownToAgency.byNamingInOrder || actor.role === 'sponsor';
  const ids = found.map(({ id }) => id);
  const assessed = await assessPerson(ra, person, ids, byWord ? actor.personId : null);
  return found
    .map(({ id, title, text }) => {
      const evidence = assessed.get(id);
      const missing = evidence && !evidence.ok ? evidence.missing.map(({ message }) => message) : [];
      return { id, title, text, missing };
    })
    .toSorted((one, other) => Number(other.id === USUAL_TYPE) - Number(one.id === USUAL_TYPE));
}
