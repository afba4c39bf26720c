import type { AuditActor, AuditEvent } from '@see/db';
import { listEvidence, type NewEvidence, type Person, readMailbox } from '@see/db/ra';
import {
  assessEvidence,
  EVALUATION_EVIDENCE,
  type EvidenceAssessment,
  type EvidencePolicy,
  KNOWN_TO_AGENCY,
  STANDARD_EVIDENCE,
} from '@see/policy';
import type { Ra } from '../ra.ts';

/** The policy of this instance: the evaluation preset takes the naming of a sponsor for their word. */
export function evidencePolicy({ site }: Pick<Ra, 'site'>): EvidencePolicy {
  return site.preset === 'evaluation' ? EVALUATION_EVIDENCE : STANDARD_EVIDENCE;
}

/** What is on record of a person, held against the policy for each of some types. `wordOf`: who gives their word now. */
export async function assessPerson(
  ra: Ra,
  person: Person,
  typeIds: readonly string[],
  wordOf: string | null,
): Promise<ReadonlyMap<string, EvidenceAssessment>> {
  const [items, mailbox] = await Promise.all([listEvidence(ra.db, person.id), readMailbox(ra.db, person.id)]);
  const facts = {
    agencyId: person.agencyId,
    items: items.filter(({ withdrawnAt }) => withdrawnAt === null),
    mailboxProvedAt: mailbox.provedAt,
    wordOf,
  };
  return new Map(typeIds.map((typeId) => [typeId, assessEvidence(evidencePolicy(ra), typeId, facts, ra.now())]));
}

/** The word of a sponsor as it is recorded: an item with its event. */
export interface GivenWord {
  readonly item: NewEvidence;
  readonly event: AuditEvent;
}

/** What is worth the word of a sponsor alone, for somebody of whom nothing else is on record. */
export function assessWord(
  making: Pick<Ra, 'site' | 'now'>,
  agencyId: string,
  typeId: string,
  sponsorId: string,
  enteredBy: string,
): EvidenceAssessment {
  const policy = evidencePolicy(making);
  const given = policy.knownToAgency.byNamingInOrder || enteredBy === sponsorId;
  const facts = { agencyId, items: [], mailboxProvedAt: null, wordOf: given ? sponsorId : null };
  return assessEvidence(policy, typeId, facts, making.now());
}

/** The sponsor's word that an order gives: an item of its own, with its event. */
export function wordWithOrder(
  by: AuditActor,
  order: { readonly id: string; readonly applicantId: string; readonly sponsorId: string; readonly createdBy: string },
  today: string,
): GivenWord {
  const { id: orderId, applicantId: personId, sponsorId: sightedBy, createdBy: recordedBy } = order;
  const item = {
    personId,
    kind: KNOWN_TO_AGENCY,
    issuer: null,
    method: 'known-to-agency',
    sightedOn: today,
    sightedBy,
    expiresOn: null,
    note: null,
    orderId,
    recordedBy,
  } as const;
  return {
    item,
    event: {
      kind: 'evidence.recorded',
      outcome: 'success',
      actor: by,
      objectType: 'person',
      objectId: personId,
      detail: { evidence: KNOWN_TO_AGENCY, sightedBy, sightedOn: today, orderId },
    },
  };
}
