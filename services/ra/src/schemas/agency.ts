import type { AgencyScope } from '@see/domain';
import { Type } from '@see/http';
import { recordStanding } from '@see/policy';
import { AgencyId, PersonId, Time } from './fields.ts';
import { StandingSchema } from './person.ts';

const DelegationSchema = Type.Object(
  {
    personId: PersonId,
    role: Type.Union([Type.Literal('sponsor'), Type.Literal('registration-agent')]),
    from: Time,
    until: Time,
    instrument: Type.String(),
  },
  { title: 'Delegation' },
);

export const AgencySchema = Type.Object(
  {
    id: AgencyId,
    name: Type.String(),
    status: Type.Enum(['scoped', 'active', 'suspended', 'removed'], {
      description: 'scoped: admitted, and not activated yet',
    }),
    membership: Type.Union([
      Type.Object({
        phase: Type.Integer({ description: '1: its mail gateways; 2: its people too' }),
        start: Time,
        certification: Type.Union([Type.String(), Type.Null()], {
          description: 'SHA-256 of the report on its site, hex; null without mail gateways',
        }),
      }),
      Type.Null(),
    ]),
    organizationNames: Type.Array(Type.String()),
    organizationIdentifier: Type.String(),
    locality: Type.String(),
    domains: Type.Array(Type.String()),
    profiles: Type.Array(Type.String()),
    delegations: Type.Array(DelegationSchema),
    lastVerifiedAt: Time,
    verifiedBy: Type.Array(PersonId, { description: 'Who signed the statement in force' }),
    nextReviewAt: Time,
    standing: StandingSchema,
    scopeDigest: Type.String({ description: 'Digest of the scope statement in force, hex' }),
  },
  { title: 'Agency' },
);

/** An agency as its scope statement in force has it. */
export function agencyView(scope: AgencyScope, verifiedBy: readonly string[], now: Date) {
  return {
    id: scope.agencyId,
    name: scope.name,
    status: scope.status,
    membership: scope.membership && { ...scope.membership, start: time(scope.membership.start) },
    organizationNames: [...scope.organizationNames],
    organizationIdentifier: scope.organizationIdentifier,
    locality: scope.locality,
    domains: [...scope.domains],
    profiles: [...scope.profiles],
    delegations: scope.delegations.map(({ personId, role, from, until, instrument }) => ({
      personId,
      role,
      from: time(from),
      until: time(until),
      instrument,
    })),
    lastVerifiedAt: time(scope.lastVerifiedAt),
    verifiedBy: [...verifiedBy],
    nextReviewAt: time(scope.nextReviewAt),
    standing: recordStanding(new Date(scope.nextReviewAt * 1000), now),
    scopeDigest: scope.digest,
  };
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
