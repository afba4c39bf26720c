import type { AgencyScope } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { membershipViolation } from './membership.ts';
import { NOW, treasury } from './sample-authority.ts';

const phase = (number: 1 | 2, start: number): Partial<AgencyScope> => ({
  membership: { phase: number, start, certification: null },
});
const scoped: Partial<AgencyScope> = { status: 'scoped', membership: null };

describe('membership', () => {
  it.each<[string, Partial<AgencyScope>, string, string | undefined]>([
    ['a gateway of a scoped agency', scoped, 'gateway-sign', undefined],
    ['a person of a scoped agency', scoped, 'user-auth', 'agency-not-active'],
    ['an operator of a scoped agency', scoped, 'operator', undefined],
    ['a person in phase one', phase(1, NOW - 1), 'user-sign', 'phase-not-begun'],
    ['a gateway in phase one', phase(1, NOW - 1), 'gateway-encrypt', undefined],
    ['a person a second before phase two', phase(2, NOW + 1), 'user-auth', 'phase-not-begun'],
    ['a person from the second of phase two', phase(2, NOW), 'user-auth', undefined],
  ])('says for %s what it should', (_name, change, profile, code) => {
    expect(membershipViolation({ ...treasury, ...change }, profile, NOW)?.code).toBe(code);
  });
});
