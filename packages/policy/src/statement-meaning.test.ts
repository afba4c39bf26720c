import { generateKeyPairSync } from 'node:crypto';
import type { Authority } from '@see/domain';
import type { CanonicalValue, Statement } from '@see/statement';
import { describe, expect, it } from 'vitest';
import { sampleAuthority, treasury } from './sample-authority.ts';
import { STANDARD_PROFILES } from './standard-profiles.ts';
import { assertMeaning } from './statement-meaning.ts';

const statement = (kind: string, subject: Record<string, CanonicalValue>): Statement => ({
  v: 1,
  instance: sampleAuthority.instance,
  kind,
  subject,
  notBefore: 0,
  notAfter: 1,
  nonce: 'n',
});
const withDomains = (...domains: string[]): Authority => ({
  ...sampleAuthority,
  agencies: new Map(sampleAuthority.agencies).set(treasury.agencyId, { ...treasury, domains }),
});
const identified = (organizationIdentifier: string): Authority => ({
  ...sampleAuthority,
  agencies: new Map(sampleAuthority.agencies).set(treasury.agencyId, { ...treasury, organizationIdentifier }),
});
const scope = statement('agency-scope', { agencyId: treasury.agencyId });
const [profile = {}] = STANDARD_PROFILES;
const [delegation] = treasury.delegations;
const auditing: Authority = {
  ...withDomains('treasury.govt.nz'),
  roles: new Map([[delegation?.personId ?? '', new Set(['auditor'] as const)]]),
};

const keeping = {
  ...STANDARD_PROFILES.find(({ id }) => id === 'user-encrypt'),
  keySources: ['code'],
  escrow: 'recovery-agents',
} as CanonicalValue;
const agentsOf = (modulusLength: number): Authority => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const agents = [{ personId: 'P', label: 'one', agencyId: 'treasury', publicKey: key }];
  return { ...sampleAuthority, recoveryAgents: new Map([['d', { digest: 'd', agents, active: true }]]) };
};

describe('what a statement means', () => {
  it.each<[string, Statement, Authority]>([
    ['a scope with domains of its own', scope, withDomains('treasury.govt.nz', 'localhost')],
    ['a scope with an identifier from a register', scope, identified('NTRNZ-9429041900')],
    ['a standard profile', statement('profile-activate', { content: profile as CanonicalValue }), sampleAuthority],
    ['a role that goes with what is held', statement('role-grant', {}), sampleAuthority],
    ['a profile that keeps keys for agents', statement('profile-activate', { content: keeping }), agentsOf(3072)],
    ['agents with good keys', statement('recovery-agents-activate', {}), agentsOf(3072)],
    ['what has no meaning beyond its form', statement('credential-remove', {}), auditing],
  ])('may be %s', (_name, read, after) => {
    expect(() => assertMeaning(read, after)).not.toThrow();
  });

  it.each<[string, Statement, Authority, string]>([
    ['a public suffix', scope, withDomains('treasury.govt.nz', 'govt.nz'), 'public-suffix'],
    ['an identifier of no scheme', scope, identified('GOVNZ-TSY'), 'organization-identifier'],
    ['an identifier of another country', scope, identified('GOVAU'), 'organization-identifier'],
    ['a domain outside the constraints', scope, withDomains('treasury.example.com'), 'domain-outside-constraints'],
    [
      'a profile that breaks a rule',
      statement('profile-activate', { content: { ...profile, curves: ['P-256'] } as CanonicalValue }),
      sampleAuthority,
      'bad-profile',
    ],
    [
      'a profile that keeps keys for nobody',
      statement('profile-activate', { content: keeping }),
      sampleAuthority,
      'no-recovery-agents',
    ],
    ['agents with a weak key', statement('recovery-agents-activate', {}), agentsOf(2048), 'rsa-too-short'],
    ['the duty of an auditor for whom an agency sends', statement('role-grant', {}), auditing, 'roles-exclude'],
    ['a delegation of an auditor', scope, auditing, 'roles-exclude'],
    [
      'a profile with a type that nobody knows',
      statement('profile-activate', { content: { ...profile, types: ['wizard'] } as CanonicalValue }),
      sampleAuthority,
      'type-unknown',
    ],
  ])('is never %s', (_name, read, after, code) => {
    expect(() => assertMeaning(read, after)).toThrow(expect.objectContaining({ code }));
  });
});
