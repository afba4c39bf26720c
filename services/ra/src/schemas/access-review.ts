import type { StaffAccess } from '@see/db/ra';
import { Type } from '@see/http';
import { reviewStanding } from '../access-review.ts';
import { PersonId, Time } from './fields.ts';

/** Staff roles; those of agencies end by themselves. */
export const ReviewedRoleSchema = Type.Union([
  Type.Literal('administrator'),
  Type.Literal('operator'),
  Type.Literal('ca-operations'),
  Type.Literal('auditor'),
]);

const TimeOrNull = Type.Union([Time, Type.Null()]);

export const AccessReviewSchema = Type.Object(
  {
    personId: PersonId,
    displayName: Type.Union([Type.String(), Type.Null()]),
    role: ReviewedRoleSchema,
    state: Type.Union([Type.Literal('current'), Type.Literal('due'), Type.Literal('locked')]),
    grantedAt: Time,
    reviewedAt: TimeOrNull,
    reviewedBy: Type.Union([PersonId, Type.Null()]),
    dueAt: Time,
    locksAt: Type.Union([Time, Type.Null()], { description: 'When the role is locked if nobody reviews it' }),
  },
  { title: 'AccessReview' },
);

/** A role and its review as the API shows it. */
export function accessReviewView(access: StaffAccess, now: Date) {
  const { state, dueAt, locksAt } = reviewStanding(access, now);
  return {
    personId: access.personId,
    displayName: access.displayName,
    role: access.role,
    state,
    grantedAt: access.grantedAt.toISOString(),
    reviewedAt: access.reviewedAt?.toISOString() ?? null,
    reviewedBy: access.reviewedBy,
    dueAt: dueAt.toISOString(),
    locksAt: locksAt?.toISOString() ?? null,
  };
}
