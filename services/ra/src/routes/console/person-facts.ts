import {
  listEvidence,
  listLifeEvents,
  listOrders,
  listSignInIdentities,
  type Person,
  readMailbox,
  readPersonNames,
} from '@see/db/ra';
import type { Actor } from '@see/http';
import { evidenceKinds, KNOWN_TO_AGENCY, recordStanding } from '@see/policy';
import type { AccountFacts, PersonFacts } from '@see/ui';
import { certificatePage } from '../../operations/certificate-view.ts';
import { assessPerson, evidencePolicy } from '../../operations/personal-evidence.ts';
import { profileTitle } from '../../operations/profile-title.ts';
import { may, seesAllSessions } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { evidenceView } from '../../schemas/evidence.ts';
import { lifeEventView } from '../../schemas/life-event.ts';
import { passkeyFault } from '../../sign-in/offered.ts';

/** Newest certificates, orders and events that the page shows. */
const SHOWN = 50;

/** All that the page of a person shows but what its forms said. */
export async function personFacts(
  ra: Ra,
  actor: Actor,
  person: Person,
): Promise<Omit<PersonFacts, 'typed' | 'done' | 'errors'>> {
  const policy = evidencePolicy(ra);
  const now = ra.now();
  const [mailbox, items, assessed, events, certificates, orders] = await Promise.all([
    readMailbox(ra.db, person.id),
    listEvidence(ra.db, person.id),
    assessPerson(ra, person, Object.keys(policy.types), null),
    listLifeEvents(ra.db, { personId: person.id }, SHOWN, undefined),
    certificatePage(ra, { personId: person.id }, SHOWN, undefined),
    listOrders(ra.db, { applicantId: person.id }, SHOWN, undefined),
  ]);
  const names = await readPersonNames(ra.db, [
    ...(person.verifiedBy === null ? [] : [person.verifiedBy]),
    ...items.map(({ sightedBy }) => sightedBy),
    ...events.rows.map(({ declaredBy }) => declaredBy),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  const agency = ra.authority.current.agencies.get(person.agencyId ?? '');
  return {
    now,
    id: person.id,
    name: person.displayName,
    givenName: person.givenName,
    surname: person.surname,
    email: person.email,
    externalId: person.externalId,
    agency: agency ? { id: agency.agencyId, name: agency.name } : null,
    standing: recordStanding(person.nextReviewAt, now),
    lastVerifiedAt: person.lastVerifiedAt,
    verifiedBy: person.verifiedBy === null ? null : nameOf(person.verifiedBy),
    nextReviewAt: person.nextReviewAt,
    leftAt: person.leftAt,
    mailbox,
    certificates: certificates.items.map(({ sha256, profile, status, notAfter }) => ({
      sha256,
      profile: profileTitle(ra, profile),
      status: status.kind,
      notAfter: new Date(notAfter),
    })),
    orders: orders.rows.map(({ id, profiles, state, createdAt }) => ({
      id,
      profiles: profiles.map((profile) => profileTitle(ra, profile)),
      state,
      createdAt,
    })),
    evidence: items.map((item) => {
      const view = evidenceView(item, policy, now);
      const { id, kind, issuer, method, standing, note, withdrawnBecause } = view;
      return {
        ...{ id, kind, issuer, method, standing, note, withdrawnBecause },
        sightedOn: new Date(view.sightedOn),
        sightedBy: nameOf(view.sightedBy),
        countsUntil: view.countsUntil === null ? null : new Date(view.countsUntil),
      };
    }),
    assessments: [...assessed].map(([type, found]) => ({
      type,
      enough: found.ok,
      missing: found.ok ? [] : found.missing.map(({ message }) => message),
    })),
    kinds: evidenceKinds(policy)
      .filter((kind) => kind !== KNOWN_TO_AGENCY || actor.role === 'sponsor')
      .map((kind) => ({ kind, points: policy.points.kinds[kind]?.points ?? null })),
    accounts: await accountFacts(ra, actor, person),
    events: events.rows.map((event) => ({
      id: event.id,
      kind: event.kind,
      effectiveAt: event.effectiveAt,
      declaredAt: event.declaredAt,
      declaredBy: nameOf(event.declaredBy),
      note: event.note,
      state: event.outcome ?? 'planned',
      reason: event.reason,
      actions: lifeEventView(event).actions,
    })),
    may: {
      review: may(actor, 'person.review') && actor.personId !== person.id,
      checkMailbox: may(actor, 'person.check-mailbox') && person.email !== null,
      addEvidence: may(actor, 'evidence.add') && actor.personId !== person.id,
      declare: may(actor, 'person.event'),
      callOff: may(actor, 'life-event.call-off'),
      export: may(actor, 'person-export.show'),
      number: may(actor, 'person.set-number') && person.agencyId !== null,
      order: may(actor, 'order.create') && actor.personId !== person.id && person.agencyId !== null,
    },
  };
}

/** What administrators and auditors see of them; undefined for everybody else. */
async function accountFacts(ra: Ra, actor: Actor, person: Person): Promise<AccountFacts | undefined> {
  if (!seesAllSessions(actor)) return undefined;
  const changes = may(actor, 'sign-in-account.create');
  return {
    id: person.id,
    accounts: await listSignInIdentities(ra.db, person.id),
    mayAdd: changes && ra.oidc !== undefined && person.leftAt === null,
    mayRemove: changes,
    mayLink: may(actor, 'sign-in-link.create') && passkeyFault(ra) === undefined && person.leftAt === null,
  };
}
