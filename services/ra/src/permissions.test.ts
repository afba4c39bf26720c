import type { Role } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { describe, expect, it } from 'vitest';
import { agencyOf, authorise, may } from './permissions.ts';

const actor = (role: Role, agencyId?: string): Actor => ({
  tokenId: 't',
  name: 'n',
  role,
  personId: 'P',
  method: 'token',
  ...(agencyId === undefined ? {} : { agencyId }),
});

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'permitted';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe('authorise', () => {
  it.each([
    ['an operator approves', actor('operator'), 'order.approve', 'treasury', 'permitted'],
    ['an administrator does not approve', actor('administrator'), 'order.approve', 'treasury', 'forbidden'],
    ['an auditor orders nothing', actor('auditor'), 'order.create', 'treasury', 'forbidden'],
    [
      'an agent orders for the own agency',
      actor('registration-agent', 'treasury'),
      'order.create',
      'treasury',
      'permitted',
    ],
    ['an agent sees nothing of another', actor('registration-agent', 'treasury'), 'order.show', 'dpmc', 'not-found'],
    [
      'an agent sees nothing without an agency',
      actor('registration-agent', 'treasury'),
      'certificate.show',
      null,
      'not-found',
    ],
    ['an agent whose token names no agency', actor('registration-agent'), 'order.create', 'treasury', 'other-agency'],
    ['a sponsor whose token names no agency', actor('sponsor'), 'order.list', 'treasury', 'other-agency'],
    ['an operator narrowed to an agency', actor('operator', 'ssc'), 'order.show', 'treasury', 'not-found'],
    ['an agent reads no audit trail', actor('registration-agent', 'treasury'), 'audit.list', 'treasury', 'forbidden'],
  ] as const)('%s', (_name, who, operation, agencyId, want) => {
    expect(codeOf(() => authorise(who, operation, agencyId))).toBe(want);
  });

  it('narrows lists to the agency of the token', () => {
    expect(agencyOf(actor('sponsor', 'treasury'))).toBe('treasury');
    expect(agencyOf(actor('auditor'))).toBeUndefined();
    expect(codeOf(() => agencyOf(actor('sponsor')))).toBe('other-agency');
    expect(may(actor('sponsor', 'treasury'), 'order.reject')).toBe(false);
  });
});
