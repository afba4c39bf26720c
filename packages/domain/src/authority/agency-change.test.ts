import type { CanonicalValue } from '@see/statement';
import { describe, expect, it } from 'vitest';
import { AGENCY_MACHINE, type AgencyEvent, type MemberState } from '../machine/agency-machine.ts';
import { acceptStatement } from './accept-statement.ts';
import { type AgencyScope, type Authority, isDelegated } from './authority.ts';
import {
  accept,
  administrators,
  codeOf,
  INSTANCE,
  NOW,
  next,
  operators,
  SCOPE,
  sampleAuthority,
  samplePerson,
  signedBy,
} from './sample-chain.ts';

type Subject = { readonly [key: string]: CanonicalValue };

const [a1, a2] = administrators;
const [o1, o2] = operators;
const byOperators = (authority: Authority, kind: string, subject: Subject) => accept(authority, kind, subject, o1, o2);

const suspendedOf = (authority: Authority) =>
  byOperators(authority, 'agency-suspend', { agencyId: 'treasury', reason: 'because' });
const REPORT = 'cd'.repeat(32);
const ACTIVATION = { agencyId: 'treasury', phase: 1, start: NOW, certification: REPORT };

describe('an agency', () => {
  const scoped = byOperators(sampleAuthority, 'agency-scope', SCOPE);
  const admitted = byOperators(scoped, 'agency-activate', ACTIVATION);
  const reason = { agencyId: 'treasury', reason: 'because' };
  const suspended = byOperators(admitted, 'agency-suspend', reason);
  const removed = byOperators(suspended, 'agency-remove', reason);

  it('is admitted with its scope and its delegations', () => {
    expect(scoped.agencies.get('treasury')).toEqual({
      ...SCOPE,
      status: 'scoped',
      membership: null,
      digest: scoped.headDigest,
      domainsSince: new Map([['treasury.govt.nz', NOW - 60]]),
      sponsorsSince: new Map([[samplePerson(31), NOW - 60]]),
    });
    const scope = admitted.agencies.get('treasury');
    if (!scope) throw new Error('not admitted');
    const sponsor = samplePerson(31);
    const held = (at: number) => isDelegated(scope, sponsor, 'sponsor', at);
    expect([NOW - 1001, NOW - 1000, NOW + 999, NOW + 1000].map(held)).toEqual([false, true, true, false]);
    expect(isDelegated(scope, sponsor, 'registration-agent', NOW)).toBe(false);
    expect(isDelegated(scope, samplePerson(32), 'sponsor', NOW)).toBe(false);
  });

  it('is activated with the report on its site, and in phases', () => {
    const membership = { phase: 1, start: NOW, certification: REPORT };
    expect(admitted.agencies.get('treasury')).toMatchObject({ status: 'active', membership });
    const phase = { agencyId: 'treasury', phase: 2, start: NOW + 1000 };
    const second = byOperators(admitted, 'agency-phase', phase).agencies.get('treasury');
    expect(second).toMatchObject({
      status: 'active',
      membership: { phase: 2, start: NOW + 1000, certification: REPORT },
    });
    const rescoped = byOperators(admitted, 'agency-scope', SCOPE).agencies.get('treasury');
    expect(rescoped).toMatchObject({ status: 'active', membership });
  });

  it('needs no report when it has no mail gateways', () => {
    const people = byOperators(sampleAuthority, 'agency-scope', { ...SCOPE, profiles: ['user-auth'] });
    const active = byOperators(people, 'agency-activate', { ...ACTIVATION, certification: null });
    expect(active.agencies.get('treasury')).toMatchObject({ status: 'active', membership: { certification: null } });
    const extended = () => byOperators(active, 'agency-phase', { agencyId: 'treasury', phase: 2, start: NOW });
    expect(extended().agencies.get('treasury')).toMatchObject({ membership: { phase: 2, certification: null } });
  });

  it.each<[string, Authority, string, Subject, string]>([
    ['without a report', scoped, 'agency-activate', { ...ACTIVATION, certification: null }, 'site-not-certified'],
    ['with half a report', scoped, 'agency-activate', { ...ACTIVATION, certification: 'cd' }, 'bad-subject'],
    ['in phase three', scoped, 'agency-activate', { ...ACTIVATION, phase: 3 }, 'bad-subject'],
    ['twice', admitted, 'agency-activate', ACTIVATION, 'agency-status'],
    ['while suspended', suspendedOf(admitted), 'agency-activate', ACTIVATION, 'agency-status'],
    ['that is unknown', sampleAuthority, 'agency-activate', ACTIVATION, 'agency-unknown'],
    ['before it is active', scoped, 'agency-phase', { agencyId: 'treasury', phase: 2, start: NOW }, 'agency-status'],
  ])('is not brought further %s', (_name, authority, kind, members, code) => {
    expect(codeOf(() => byOperators(authority, kind, members))).toBe(code);
  });

  it('goes from state to state as the machine says, by each kind of statement, and not otherwise', () => {
    const states = { scoped, active: admitted, suspended, removed };
    const kinds: Readonly<Record<string, readonly [AgencyEvent, Subject]>> = {
      'agency-scope': ['set-scope', SCOPE],
      'agency-activate': ['activate', ACTIVATION],
      'agency-phase': ['set-phase', { agencyId: 'treasury', phase: 2, start: NOW }],
      'agency-suspend': ['suspend', reason],
      'agency-resume': ['resume', reason],
      'agency-remove': ['remove', reason],
    };
    const seen: string[] = [];
    for (const [state, authority] of Object.entries(states)) {
      for (const [kind, [event, subject]] of Object.entries(kinds)) {
        const row = AGENCY_MACHINE.transitions.find(
          (one) => one.event === event && one.from?.includes(state as MemberState),
        );
        if (row) {
          const after = byOperators(authority, kind, subject).agencies.get('treasury')?.status;
          expect([state, event, after]).toEqual([state, event, row.to ?? state]);
          seen.push(`${state} ${event}`);
        } else {
          const before = authority.agencies.get('treasury');
          expect(
            codeOf(() => byOperators(authority, kind, subject)),
            `${state} ${event}`,
          ).toMatch(/^agency-/);
          expect(authority.agencies.get('treasury')).toBe(before);
        }
      }
    }
    expect(seen).toHaveLength(3 + 4 + 3);
  });

  it('is not suspended before it is active', () => {
    expect(codeOf(() => byOperators(scoped, 'agency-suspend', reason))).toBe('agency-status');
  });

  describe('remembers since when', () => {
    const LATER = NOW - 50;
    const later = (from: Authority, change: Subject): AgencyScope | undefined => {
      const read = next(from, 'agency-scope', { ...SCOPE, ...change }, { notBefore: LATER });
      return acceptStatement(from, read, signedBy(read, o1, o2), NOW).agencies.get('treasury');
    };
    const [first] = SCOPE.delegations;
    const sponsor = (change: object): Subject => ({ delegations: [{ ...first, ...change }] });

    it('its domains are: one that goes and comes back is new', () => {
      const domains = ['treasury.govt.nz', 'budget.govt.nz'];
      const widened = later(admitted, { domains })?.domainsSince;
      expect(widened).toEqual(
        new Map([
          [domains[0], NOW - 60],
          [domains[1], LATER],
        ]),
      );
      const without = byOperators(admitted, 'agency-scope', { ...SCOPE, domains: ['budget.govt.nz'] });
      expect(later(without, { domains })?.domainsSince).toEqual(
        new Map([
          [domains[0], LATER],
          [domains[1], NOW - 60],
        ]),
      );
    });

    const lapsed = byOperators(sampleAuthority, 'agency-scope', { ...SCOPE, ...sponsor({ until: LATER - 1 }) });
    const future = byOperators(sampleAuthority, 'agency-scope', { ...SCOPE, ...sponsor({ from: NOW + 500 }) });
    it.each<[string, Authority, object, number]>([
      ['goes on by another instrument', admitted, { from: NOW - 10, instrument: 'letter of 2 June' }, NOW - 60],
      ['goes on with a longer term', admitted, { until: NOW + 9999 }, NOW - 60],
      ['starts later than the statement', sampleAuthority, { from: NOW + 500 }, NOW + 500],
      ['is somebody else', admitted, { personId: samplePerson(32) }, LATER],
      ['comes back after a gap', lapsed, {}, LATER],
      ['starts earlier than was said before', future, { from: NOW - 10 }, NOW - 10],
      [
        'was an agent before',
        byOperators(sampleAuthority, 'agency-scope', { ...SCOPE, ...sponsor({ role: 'registration-agent' }) }),
        {},
        LATER,
      ],
    ])('a sponsor is one who %s', (_name, before, change, want) => {
      expect([...(later(before, sponsor(change))?.sponsorsSince.values() ?? [])]).toEqual([want]);
    });

    it('an agent is nothing', () => {
      expect(later(admitted, sponsor({ role: 'registration-agent' }))?.sponsorsSince.size).toBe(0);
    });
  });

  it('is suspended, resumed and removed, each with a new digest of its scope', () => {
    const statusOf = (authority: Authority) => authority.agencies.get('treasury');
    expect(statusOf(suspended)).toMatchObject({ status: 'suspended', digest: suspended.headDigest });
    expect(statusOf(byOperators(suspended, 'agency-resume', reason))).toMatchObject({ status: 'active' });
    expect(statusOf(removed)).toMatchObject({ status: 'removed' });
  });

  it('stays suspended when its scope is replaced', () => {
    const reviewed = byOperators(suspended, 'agency-scope', { ...SCOPE, nextReviewAt: NOW + 5000 });
    expect(reviewed.agencies.get('treasury')).toMatchObject({ status: 'suspended', nextReviewAt: NOW + 5000 });
  });

  it('that was removed gives its domains free', () => {
    const heir = { ...SCOPE, agencyId: 'heir' };
    expect(codeOf(() => byOperators(removed, 'agency-scope', heir))).toBe('accepted');
    expect(codeOf(() => byOperators(suspended, 'agency-scope', heir))).toBe('domain-taken');
  });

  const other = { ...SCOPE, agencyId: 'ssc', domains: ['ssc.govt.nz'] };
  const delegation = SCOPE.delegations[0] as Subject;
  it.each<[string, Authority, string, Subject, string]>([
    ['a domain of another', admitted, 'agency-scope', { ...other, domains: ['treasury.govt.nz'] }, 'domain-taken'],
    [
      'a domain below one of another',
      admitted,
      'agency-scope',
      { ...other, domains: ['www.treasury.govt.nz'] },
      'domain-taken',
    ],
    [
      'a domain above one of another',
      byOperators(sampleAuthority, 'agency-scope', { ...SCOPE, domains: ['a.ssc.govt.nz'] }),
      'agency-scope',
      other,
      'domain-taken',
    ],
    [
      'a domain that only ends like one of another',
      admitted,
      'agency-scope',
      { ...other, domains: ['nottreasury.govt.nz'] },
      'accepted',
    ],
    [
      'a domain outside the constraints',
      admitted,
      'agency-scope',
      { ...other, domains: ['ssc.example.com'] },
      'domain-outside-constraints',
    ],
    [
      'a domain that only ends like a suffix',
      admitted,
      'agency-scope',
      { ...other, domains: ['evilgovt.nz'] },
      'domain-outside-constraints',
    ],
    ['a top-level domain', admitted, 'agency-scope', { ...other, domains: ['nz'] }, 'bad-subject'],
    ['a domain in capitals', admitted, 'agency-scope', { ...other, domains: ['SSC.govt.nz'] }, 'bad-subject'],
    ['a wildcard', admitted, 'agency-scope', { ...other, domains: ['*.govt.nz'] }, 'bad-subject'],
    ['a trailing dot', admitted, 'agency-scope', { ...other, domains: ['ssc.govt.nz.'] }, 'bad-subject'],
    ['no domain', admitted, 'agency-scope', { ...other, domains: [] }, 'bad-subject'],
    ['localhost', admitted, 'agency-scope', { ...other, domains: ['ssc.govt.nz', 'localhost'] }, 'accepted'],
    [
      'a long name of an organization',
      admitted,
      'agency-scope',
      { ...other, organizationNames: ['x'.repeat(65)] },
      'bad-subject',
    ],
    [
      'a delegation that ends first',
      admitted,
      'agency-scope',
      { ...other, delegations: [{ ...delegation, until: NOW - 1000 }] },
      'bad-subject',
    ],
    [
      'a delegation of nobody',
      admitted,
      'agency-scope',
      { ...other, delegations: [{ ...delegation, personId: 'x' }] },
      'bad-subject',
    ],
    [
      'a delegation as operator',
      admitted,
      'agency-scope',
      { ...other, delegations: [{ ...delegation, role: 'operator' }] },
      'bad-subject',
    ],
    ['a status of its own', admitted, 'agency-scope', { ...other, status: 'active' }, 'bad-subject'],
    [
      'an identifier in small letters',
      admitted,
      'agency-scope',
      { ...other, organizationIdentifier: 'govnz' },
      'bad-subject',
    ],
    ['a new scope after removal', removed, 'agency-scope', SCOPE, 'agency-removed'],
    ['a second suspension', suspended, 'agency-suspend', reason, 'agency-status'],
    ['a resumption of what is active', admitted, 'agency-resume', reason, 'agency-status'],
    ['a resumption of what was removed', removed, 'agency-resume', reason, 'agency-unknown'],
    ['a suspension of what nobody knows', admitted, 'agency-suspend', { ...reason, agencyId: 'x' }, 'agency-unknown'],
    ['a suspension without a reason', admitted, 'agency-suspend', { agencyId: 'treasury' }, 'bad-subject'],
  ])('and %s', (_name, authority, kind, subject, code) => {
    expect(codeOf(() => byOperators(authority, kind, subject))).toBe(code);
  });

  it('is no matter of administrators', () => {
    expect(codeOf(() => accept(sampleAuthority, 'agency-scope', SCOPE, a1, a2))).toBe('not-enough-signatures');
    expect(sampleAuthority.instance).toBe(INSTANCE);
  });
});
