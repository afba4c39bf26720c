/** How a record stands by its review date: `due` for the last 30 days before it, `stale` from then on (GOV-20). */
export const RECORD_STANDINGS = ['current', 'due', 'stale'] as const;

export type RecordStanding = (typeof RECORD_STANDINGS)[number];

/** Days before its review date from which on a record is due. */
export const DUE_DAYS = 30;

const DAY = 86_400_000;

export function recordStanding(nextReviewAt: Date, now: Date): RecordStanding {
  const left = nextReviewAt.getTime() - now.getTime();
  if (left <= 0) return 'stale';
  return left <= DUE_DAYS * DAY ? 'due' : 'current';
}

/** The review dates between which records have a standing: after the one, and until the other. */
export function reviewedBetween(standing: RecordStanding, now: Date): { readonly after?: Date; readonly until?: Date } {
  const due = new Date(now.getTime() + DUE_DAYS * DAY);
  if (standing === 'stale') return { until: now };
  return standing === 'due' ? { after: now, until: due } : { after: due };
}
