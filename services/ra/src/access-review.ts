import type { StaffAccess } from '@see/db/ra';

const DAY = 86_400_000;
/** How long after its grant or its last review a role is due for the next one. */
const REVIEW_AFTER = 90 * DAY;
/** How long after that an operator who was not reviewed is locked. */
const LOCK_AFTER = 30 * DAY;

/** `due`: somebody has to look at it. `locked`: nobody did for too long. */
export type ReviewState = 'current' | 'due' | 'locked';

/** When a role has to be reviewed, and since when its holder is locked if nobody does. */
export interface ReviewStanding {
  readonly state: ReviewState;
  readonly dueAt: Date;
  /** Null for roles that are flagged only. */
  readonly locksAt: Date | null;
}

/**
 * The one place where it is decided what a missing review means. Every staff role is flagged 90 days after it was
 * granted or reviewed; an operator is locked 30 days after that, until somebody else records a review. Administrators
 * are never locked, because then nobody would be left who could review; auditors and CA operations can not decide
 * anything. Sponsors and registration agents are not reviewed: their delegations end by themselves.
 */
export function reviewStanding(access: StaffAccess, now: Date): ReviewStanding {
  const since = access.reviewedAt ?? access.grantedAt;
  const dueAt = new Date(since.getTime() + REVIEW_AFTER);
  const locksAt = access.role === 'operator' ? new Date(dueAt.getTime() + LOCK_AFTER) : null;
  const state = locksAt && locksAt <= now ? 'locked' : dueAt <= now ? 'due' : 'current';
  return { state, dueAt, locksAt };
}
