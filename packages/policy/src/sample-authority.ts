import {
  type ActiveProfile,
  type AgencyScope,
  type Authority,
  DEFAULT_STATUS_PLAN,
  type Delegation,
  EVALUATION_RISK_POLICY,
  profileDigest,
} from '@see/domain';
import type { CaFacts } from './check-order.ts';
import { type Profile, type ProfileId, readProfile } from './profile.ts';
import { STANDARD_PROFILES } from './standard-profiles.ts';
import { STANDARD_TYPES } from './standard-types.ts';
import type { SubjectPerson } from './subject.ts';

export const NOW = 1_790_000_000;

export const grace: SubjectPerson = {
  id: '0GRACE0000000001',
  givenName: 'Grace',
  surname: 'Liu',
  displayName: 'Grace Liu',
  email: 'grace.liu@treasury.govt.nz',
};
export const SPONSOR = '0SPNS0R000000002';
export const AGENT = '0AGENT0000000003';

const delegation = (personId: string, role: Delegation['role']): Delegation => ({
  personId,
  role,
  from: NOW - 1000,
  until: NOW + 1000,
  instrument: 'letter',
});

export const treasury: AgencyScope = {
  agencyId: 'treasury',
  name: 'The Treasury',
  status: 'active',
  membership: { phase: 2, start: NOW - 1000, certification: 'cd'.repeat(32) },
  organizationNames: ['The Treasury', 'Te Tai Ōhanga'],
  organizationIdentifier: 'GOVNZ',
  locality: 'Wellington',
  domains: ['treasury.govt.nz', 'budget.govt.nz', 'localhost'],
  profiles: ['gateway-sign', 'gateway-encrypt', 'user-auth', 'user-sign', 'user-encrypt', 'tls-server'],
  delegations: [delegation(SPONSOR, 'sponsor'), delegation(AGENT, 'registration-agent')],
  lastVerifiedAt: NOW - 1000,
  nextReviewAt: NOW + 1000,
  domainsSince: new Map(),
  sponsorsSince: new Map([[SPONSOR, NOW - 1000]]),
  digest: 'ab'.repeat(48),
};

const profiles = STANDARD_PROFILES.map(
  (content): ActiveProfile => ({
    id: typeof content['id'] === 'string' ? content['id'] : '',
    version: 1,
    digest: profileDigest(content),
    content,
    active: true,
  }),
);

/** An authority with the standard profiles and types, and one agency. */
export const sampleAuthority: Authority = {
  instance: '3f0c9a52-7f53-4c9b-9a43-000000000001',
  headSeq: 40,
  headDigest: 'ab'.repeat(48),
  configuration: {
    preset: 'evaluation',
    vaUrl: 'http://localhost:8080',
    portalUrl: 'http://localhost:8081',
    deskUrl: 'http://localhost:8082',
    rpId: 'localhost',
    policyArc: '2.25.1',
    country: 'NZ',
    permittedDomains: ['govt.nz', 'localhost'],
    risk: EVALUATION_RISK_POLICY,
    status: DEFAULT_STATUS_PLAN,
  },
  recoveryKeys: [],
  credentials: new Map(),
  roles: new Map(),
  agencies: new Map([['treasury', treasury]]),
  profiles: new Map(profiles.map((profile) => [profile.digest, profile])),
  types: new Map(STANDARD_TYPES.map((type) => [type.id, type])),
  serviceKeys: new Map(),
  recoveryAgents: new Map(),
};

export const sampleCas: ReadonlyMap<string, CaFacts> = new Map(
  (['gateway', 'individual', 'tls', 'operations'] as const).map((id, index) => [
    id,
    { id, ski: String(index + 1).repeat(40) },
  ]),
);

/** A standard profile, with members of its content replaced. */
export function sampleProfile(id: ProfileId, change: object = {}): Profile {
  const content = STANDARD_PROFILES.find((each) => each['id'] === id);
  return readProfile({ ...content, ...change });
}

export function sampleType(id: string) {
  const type = sampleAuthority.types.get(id);
  if (!type) throw new Error(`no type ${id}`);
  return type;
}
