/** How somebody came to know who a person is. */
export const EVIDENCE_METHODS = ['in-person', 'remote', 'known-to-agency'] as const;

export type EvidenceMethod = (typeof EVIDENCE_METHODS)[number];

/** A sponsor's word that the agency knows the person (SEE-26). */
export const KNOWN_TO_AGENCY = 'known-to-agency';

/**
 * What counts as evidence of who a person is, as data: worth, clocks in days, what each certificate type asks for. The
 * numbers of documents are in no policy yet, so they are not kept anywhere (GOV-19).
 */
export interface EvidencePolicy {
  readonly id: string;
  /** How long a sponsor's word counts, and whether an order that names a sponsor is their word whoever enters it. */
  readonly knownToAgency: { readonly days: number; readonly byNamingInOrder: boolean };
  /** The points of each kind of document, the sum that is needed, and how long after sighting it counts. */
  readonly points: {
    readonly threshold: number;
    readonly days: number;
    readonly kinds: Readonly<Record<string, { readonly title: string; readonly points: number }>>;
  };
  /** How long a proof of mailbox control counts. */
  readonly mailboxDays: number;
  /** How long control of a domain counts. */
  readonly domainDays: number;
  /** By certificate type: which methods will do, and whether the mailbox must have been proved. */
  readonly types: Readonly<
    Record<string, { readonly methods: readonly ('known-to-agency' | 'points')[]; readonly mailbox: boolean }>
  >;
}

const EITHER = { methods: ['known-to-agency', 'points'], mailbox: false } as const;

/**
 * The scheme's policy: staff are known to their agency, who stands in for no employer shows documents worth 100 points and
 * answers from their mailbox (SEE-26, SEE-R21). Clocks: mailbox 30 d, domains 398 d (GOV-21), documents 825 d as for identities there, a
 * sponsor's word one year like the record of the person (GOV-20). Nobody orders on a sponsor's word but the sponsor.
 */
export const STANDARD_EVIDENCE: EvidencePolicy = {
  id: 'standard-1',
  knownToAgency: { days: 365, byNamingInOrder: false },
  points: {
    threshold: 100,
    days: 825,
    kinds: {
      passport: { title: 'passport', points: 70 },
      'birth-certificate': { title: 'birth certificate', points: 70 },
      'citizenship-certificate': { title: 'citizenship certificate', points: 70 },
      'driver-licence': { title: 'driver licence', points: 40 },
      'staff-card': { title: 'staff card with photo', points: 40 },
      'firearms-licence': { title: 'firearms licence', points: 40 },
      'address-record': { title: 'record of name and address', points: 25 },
      'bank-card': { title: 'bank card', points: 25 },
    },
  },
  mailboxDays: 30,
  domainDays: 398,
  types: {
    passport: { methods: ['points'], mailbox: true },
    'business-card': EITHER,
    'business-card-software': EITHER,
    associate: EITHER,
    'business-role': EITHER,
    'associate-role': EITHER,
  },
};

/** As the standard one, but an order that names a sponsor is that sponsor's word: one person can try everything out. */
export const EVALUATION_EVIDENCE: EvidencePolicy = {
  ...STANDARD_EVIDENCE,
  id: 'evaluation-1',
  knownToAgency: { ...STANDARD_EVIDENCE.knownToAgency, byNamingInOrder: true },
};

/** Every kind of item that can be recorded under a policy. */
export function evidenceKinds(policy: EvidencePolicy): readonly string[] {
  return [KNOWN_TO_AGENCY, ...Object.keys(policy.points.kinds)];
}
