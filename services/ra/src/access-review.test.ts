import type { ReviewedRole } from '@see/db/ra';
import { describe, expect, it } from 'vitest';
import { reviewStanding } from './access-review.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const day = (count: number): Date => new Date(START + count * 86_400_000);

describe('reviewStanding', () => {
  it.each<[string, ReviewedRole, number | null, number, string]>([
    ['is current at first', 'operator', null, 0, 'current'],
    ['is current for 90 days', 'operator', null, 89.999, 'current'],
    ['is due after 90 days', 'operator', null, 90, 'due'],
    ['is due for 30 days more', 'operator', null, 119.999, 'due'],
    ['locks an operator after that', 'operator', null, 120, 'locked'],
    ['counts from the review', 'operator', 100, 189.999, 'current'],
    ['is due 90 days after the review', 'operator', 100, 190, 'due'],
    ['locks 120 days after the review', 'operator', 100, 220, 'locked'],
    ['never locks an administrator', 'administrator', null, 1_000, 'due'],
    ['never locks an auditor', 'auditor', null, 1_000, 'due'],
    ['never locks CA operations', 'ca-operations', null, 1_000, 'due'],
  ])('%s', (_name, role, reviewed, now, want) => {
    const access = {
      personId: 'P',
      displayName: null,
      role,
      grantedAt: day(0),
      reviewedAt: reviewed === null ? null : day(reviewed),
      reviewedBy: null,
    };
    expect(reviewStanding(access, day(now)).state).toBe(want);
  });
});
