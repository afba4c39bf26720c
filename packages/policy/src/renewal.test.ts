import { describe, expect, it } from 'vitest';
import {
  overlapEndsAt,
  overlapWarning,
  type RenewableCertificate,
  renewalOpensAt,
  renewalViolations,
  speaksFor,
} from './renewal.ts';
import { sampleProfile } from './sample-authority.ts';

const DAY = 86_400_000;
const END = new Date('2027-12-24T00:00:00Z');
const before = (days: number, milliseconds = 0): Date => new Date(END.getTime() - days * DAY + milliseconds);

const gateway: RenewableCertificate & { readonly id: number } = {
  id: 1,
  profileId: 'gateway-sign',
  agencyId: 'treasury',
  personId: null,
  names: ['domain-signing-authority@treasury.govt.nz', 'domain-signing-authority@debt.govt.nz'],
  notBefore: before(397),
  notAfter: END,
  status: 'good',
  signs: true,
};
const encrypting = {
  ...gateway,
  id: 2,
  profileId: 'gateway-encrypt',
  names: ['domain-confidentiality-authority@treasury.govt.nz'],
  signs: false,
};
const person = { ...gateway, id: 3, profileId: 'user-sign', personId: 'A', names: ['grace@treasury.govt.nz'] };
const hers = { ...person, id: 4, profileId: 'user-encrypt', signs: false };

describe('the window in which holders renew', () => {
  const rule = { windowDays: 30, overlapDays: 30 };

  it.each([
    ['of a year', before(397), before(30)],
    ['of 60 days', before(60), before(30)],
    ['of 59 days: its second half', before(59), before(29.5)],
    ['of 2 days', before(2), before(1)],
  ])('%s', (_name, notBefore, opensAt) => {
    expect(renewalOpensAt(rule, { notBefore, notAfter: END })).toEqual(opensAt);
  });

  it.each([
    ['a millisecond before it', before(30, -1), ['renewal-too-early']],
    ['when it opens', before(30), []],
    ['a second before the end', before(0, -1000), []],
  ])('%s', (_name, now, codes) => {
    const found = renewalViolations(sampleProfile('gateway-sign'), gateway, gateway, now);
    expect(found.map(({ code }) => code)).toEqual(codes);
    for (const { message } of found) expect(message).toContain('from 2027-11-24 on');
  });
});

describe('renewal is refused', () => {
  const profile = sampleProfile('gateway-encrypt');

  it.each(['held', 'revoked', 'expired'] as const)('for what is %s, and by it', (status) => {
    const now = before(10);
    for (const [signer, target] of [
      [{ ...gateway, status }, encrypting],
      [gateway, { ...encrypting, status }],
    ] as const) {
      expect(renewalViolations(profile, signer, target, now).map(({ code }) => code)).toEqual(['not-current']);
    }
    const both = renewalViolations(profile, { ...gateway, status }, { ...encrypting, status }, now);
    expect(both.map(({ code }) => code)).toEqual(['not-current', 'not-current']);
  });

  it('where the profile has no renewal, or there is none', () => {
    const responder = { ...gateway, profileId: 'ocsp-responder' };
    for (const one of [sampleProfile('ocsp-responder'), undefined])
      expect(renewalViolations(one, responder, responder, before(1)).map(({ code }) => code)).toEqual(['not-renewed']);
  });
});

describe('a certificate speaks', () => {
  it.each([
    ['for itself', gateway, gateway, true],
    ['not for itself when it does not sign', encrypting, encrypting, false],
    ['for the encryption of the same gateway', gateway, encrypting, true],
    [
      'not for other domains',
      gateway,
      { ...encrypting, names: ['domain-confidentiality-authority@dpmc.govt.nz'] },
      false,
    ],
    [
      'not for a domain more',
      gateway,
      { ...encrypting, names: [...encrypting.names, 'domain-confidentiality-authority@dpmc.govt.nz'] },
      false,
    ],
    [
      'not for a subdomain',
      gateway,
      { ...encrypting, names: ['domain-confidentiality-authority@a.treasury.govt.nz'] },
      false,
    ],
    ['not for no name at all', gateway, { ...encrypting, names: [] }, false],
    ['not for another agency', gateway, { ...encrypting, agencyId: 'dpmc' }, false],
    ['not for another signing certificate of the gateway', gateway, { ...gateway, id: 9 }, false],
    ['for the encryption of the same person', person, hers, true],
    ['as signing in does', { ...person, profileId: 'user-auth' }, hers, true],
    ['not as an operator', { ...person, profileId: 'operator' }, hers, false],
    ['not for another person', person, { ...hers, personId: 'B' }, false],
    ['not for the person of nobody', { ...person, personId: null }, { ...hers, personId: null }, false],
    ['not for a person as a gateway', gateway, { ...hers, personId: null }, false],
    ['not for a gateway as a person', person, encrypting, false],
  ] as const)('%s', (_name, signer, target, expected) => {
    expect(speaksFor(signer, target)).toBe(expected);
  });
});

describe('the overlap', () => {
  const rule = { windowDays: 30, overlapDays: 5 };

  it('ends so many days after the successor, or with the certificate', () => {
    expect(overlapEndsAt(rule, before(20), END)).toEqual(before(15));
    expect(overlapEndsAt(rule, before(3), END)).toEqual(END);
  });

  it.each([
    ['gateway-sign', before(5), false],
    ['gateway-sign', before(5, 1), true],
    ['gateway-encrypt', before(0, -1), true],
    ['user-sign', before(1), false],
  ])('of a %s at %s is told of when too short (SEE-7)', (profileId, now, told) => {
    expect(overlapWarning({ ...gateway, profileId }, now) !== undefined).toBe(told);
  });
});
