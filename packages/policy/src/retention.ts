/** What can be disposed of, by the name that proposals use. */
export const DISPOSABLE_KINDS = ['import-rows', 'mails'] as const;

export type DisposableKind = (typeof DISPOSABLE_KINDS)[number];

/** How long records of a kind are kept, and whether they can be disposed of at all. */
export interface RetentionRule {
  readonly kind: string;
  /** As the protection profile for CAs has it: `extended` outlasts every certificate that it is about. */
  readonly retention: 'normal' | 'extended';
  readonly covers: string;
  /** Years after its end, at least; null where nothing is ever disposed of. */
  readonly keepYears: number | null;
  /** Why it is kept for good; null where it is not. */
  readonly why: string | null;
}

const PROOF = 'it proves a certificate, and what proves is checked again at any time';

/** The scheme's retention classes (GOV-18, GOV-22, section 7.5). */
export const RETENTION: readonly RetentionRule[] = [
  {
    kind: 'mails',
    retention: 'normal',
    covers: 'mails that were handed over, given up or dropped: address, kind, fault',
    keepYears: 2,
    why: null,
  },
  {
    kind: 'import-rows',
    retention: 'normal',
    covers: 'rows of finished imports: names and addresses as the agency sent them',
    keepYears: 2,
    why: null,
  },
  {
    kind: 'people',
    retention: 'extended',
    covers: 'people, evidence, mailbox proofs, life events',
    keepYears: null,
    why: 'person ids are never used again, and certificates outlast memberships',
  },
  {
    kind: 'orders',
    retention: 'extended',
    covers: 'orders, approvals, keys, renewals, redemptions',
    keepYears: null,
    why: PROOF,
  },
  {
    kind: 'certificates',
    retention: 'extended',
    covers: 'certificates, intents, changes of status, CRLs, kept keys and their recoveries',
    keepYears: null,
    why: PROOF,
  },
  {
    kind: 'statements',
    retention: 'extended',
    covers: 'the authority chain and every signed statement',
    keepYears: null,
    why: 'a chain without one of its links is no chain',
  },
  {
    kind: 'audit',
    retention: 'extended',
    covers: 'audit events, the log, its checkpoints, the register of disposals',
    keepYears: null,
    why: 'one entry that is gone breaks every proof after it',
  },
];

/** The latest time before which records of a kind can be disposed of. */
export function latestCutOff(kind: DisposableKind, now: Date): Date {
  const years = RETENTION.find((rule) => rule.kind === kind)?.keepYears ?? 0;
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() - years);
  return latest;
}
