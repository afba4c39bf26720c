import type { Refusal } from '@see/domain';
import { type EvidencePolicy, KNOWN_TO_AGENCY } from './evidence-policy.ts';

/** An item on record that was not withdrawn. Days are `YYYY-MM-DD`. */
export interface EvidenceItem {
  readonly id: number;
  readonly kind: string;
  readonly sightedOn: string;
  readonly sightedBy: string;
  readonly expiresOn: string | null;
  /** The person's agency when it was recorded. */
  readonly agencyId: string | null;
}

/** What is known of a person when certificates are ordered. */
export interface EvidenceFacts {
  readonly agencyId: string | null;
  readonly items: readonly EvidenceItem[];
  readonly mailboxProvedAt: Date | null;
  /** The sponsor who gives their word with this order; null when nobody does. */
  readonly wordOf: string | null;
}

/** What counts, by kind and in words that the order's digest will cover; or what is missing, a sentence each. */
export type EvidenceAssessment =
  | {
      readonly ok: true;
      readonly used: Readonly<Record<string, string>>;
      /** That the sponsor's word with this order is what counts, so that it is to be recorded. */
      readonly byWord: boolean;
    }
  | { readonly ok: false; readonly missing: readonly Refusal[] };

/** Names of members that `used` may have; whoever orders can not say them. */
export const ASSESSED = ['identity', 'mailbox'] as const;

const DAY = 86_400_000;

/**
 * Holds what is on record of a person against what the policy asks for a certificate type. An item counts until its clock
 * or its own end, whichever is first; a sponsor's word only in the agency where it was given. Whether the items are true
 * is not checked.
 */
export function assessEvidence(
  policy: EvidencePolicy,
  typeId: string,
  facts: EvidenceFacts,
  now: Date,
): EvidenceAssessment {
  const need = policy.types[typeId];
  if (!need) return { ok: false, missing: [fault('evidence-unknown-type', `no evidence will do for type ${typeId}`)] };
  const word = need.methods.includes('known-to-agency') ? agencysWord(policy, facts, now) : undefined;
  const sum = need.methods.includes('points') ? documents(policy, facts, now) : undefined;
  const identity = word?.used ?? sum?.used;
  const mailbox = need.mailbox ? mailboxProof(policy, facts, now) : undefined;
  const missing = [
    ...(identity === undefined ? [identityFault(typeId, word?.why, sum?.why)] : []),
    ...(mailbox && mailbox.used === undefined ? [mailboxFault(mailbox.why)] : []),
  ];
  if (missing.length > 0) return { ok: false, missing };
  const used = {
    ...(identity === undefined ? {} : { identity }),
    ...(mailbox?.used === undefined ? {} : { mailbox: mailbox.used }),
  };
  return { ok: true, used, byWord: word?.byWord ?? false };
}

interface Finding {
  readonly used?: string;
  readonly byWord?: boolean;
  /** Why it does not count. */
  readonly why: string;
}

function agencysWord(policy: EvidencePolicy, facts: EvidenceFacts, now: Date): Finding {
  const { days } = policy.knownToAgency;
  const all = newestFirst(facts.items.filter(({ kind }) => kind === KNOWN_TO_AGENCY));
  const fresh = all.find((item) => item.agencyId === facts.agencyId && isFresh(item, days, now));
  if (fresh)
    return { used: `known to the agency: word of ${fresh.sightedBy} on ${fresh.sightedOn}, item ${fresh.id}`, why: '' };
  if (facts.wordOf !== null)
    return { used: `known to the agency: word of ${facts.wordOf} with this order`, byWord: true, why: '' };
  const [last] = all;
  if (!last) return { why: 'no sponsor has given their word that the agency knows this person' };
  if (last.agencyId !== facts.agencyId) return { why: 'the word of a sponsor on record is of another agency' };
  return { why: `the word of a sponsor of ${last.sightedOn} is older than ${days} days, or has ended` };
}

function documents(policy: EvidencePolicy, facts: EvidenceFacts, now: Date): Finding {
  const { kinds, threshold, days } = policy.points;
  const all = newestFirst(facts.items.filter(({ kind }) => Object.hasOwn(kinds, kind)));
  const counted = new Map<string, EvidenceItem>();
  // One of a kind: two copies of the same document prove no more than one.
  for (const item of all) if (isFresh(item, days, now) && !counted.has(item.kind)) counted.set(item.kind, item);
  const points = [...counted.keys()].reduce((sum, kind) => sum + (kinds[kind]?.points ?? 0), 0);
  const list = [...counted.values()].map(({ kind, id }) => `${kind} ${kinds[kind]?.points ?? 0} (item ${id})`);
  if (points >= threshold) return { used: `${points} points: ${list.join(', ')}`, why: '' };
  const stale = all.filter((item) => !isFresh(item, days, now)).map(({ kind, sightedOn }) => `${kind} of ${sightedOn}`);
  const past = stale.length > 0 ? `; too old or expired: ${stale.join(', ')}` : '';
  return { why: `documents are worth ${points} of ${threshold} points${past}` };
}

function mailboxProof(policy: EvidencePolicy, { mailboxProvedAt }: EvidenceFacts, now: Date): Finding {
  if (mailboxProvedAt === null) return { why: 'nobody has shown that the mailbox is this person’s' };
  const on = mailboxProvedAt.toISOString().slice(0, 10);
  if (mailboxProvedAt.getTime() + policy.mailboxDays * DAY > now.getTime())
    return { used: `mailbox proved on ${on}`, why: '' };
  return { why: `the mailbox was proved on ${on}, more than ${policy.mailboxDays} days ago` };
}

/** Until when an item counts: its clock or its own end, whichever is first; null for a kind that the policy does not know. */
export function evidenceUntil(
  policy: EvidencePolicy,
  item: Pick<EvidenceItem, 'kind' | 'sightedOn' | 'expiresOn'>,
): Date | null {
  const known = Object.hasOwn(policy.points.kinds, item.kind);
  if (!known && item.kind !== KNOWN_TO_AGENCY) return null;
  const days = known ? policy.points.days : policy.knownToAgency.days;
  const clock = Date.parse(item.sightedOn) + days * DAY;
  return new Date(item.expiresOn === null ? clock : Math.min(clock, Date.parse(item.expiresOn)));
}

/** Whether an item counts at a time: `days` after it was sighted and its own end are both still to come. */
function isFresh({ sightedOn, expiresOn }: EvidenceItem, days: number, now: Date): boolean {
  const until = Date.parse(sightedOn) + days * DAY;
  return until > now.getTime() && (expiresOn === null || Date.parse(expiresOn) > now.getTime());
}

function newestFirst(items: readonly EvidenceItem[]): EvidenceItem[] {
  return items.toSorted((one, other) => other.sightedOn.localeCompare(one.sightedOn) || other.id - one.id);
}

function identityFault(typeId: string, word: string | undefined, sum: string | undefined): Refusal {
  const why = [word, sum].filter((one) => one !== undefined).join(', and ');
  const remedy =
    word === undefined
      ? 'sight more documents: see person evidence add PERSON --kind KIND'
      : 'have the sponsor order it themselves or record their word (see person evidence add PERSON --kind known-to-agency), or sight documents';
  return fault('evidence-identity', `type ${typeId}: ${why}`, remedy);
}

function mailboxFault(why: string): Refusal {
  return fault('evidence-mailbox', why, 'ask for a proof: see person check-mailbox PERSON');
}

function fault(code: string, message: string, remedy?: string): Refusal {
  return { code, message, path: 'applicantId', source: 'SEE-R21', ...(remedy === undefined ? {} : { remedy }) };
}
