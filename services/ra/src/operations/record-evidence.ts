import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { type EvidenceRow, insertEvidence, type Person, withdrawEvidence } from '@see/db/ra';
import type { Refusal as Fault } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { type EvidenceMethod, evidenceKinds, KNOWN_TO_AGENCY } from '@see/policy';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';
import { evidencePolicy } from './personal-evidence.ts';

/** What somebody saw. There is no place for the number of a document. */
export interface EvidenceWish {
  readonly kind: string;
  readonly issuer?: string;
  readonly method?: EvidenceMethod;
  /** `YYYY-MM-DD`, as is `expiresOn`. */
  readonly sightedOn: string;
  readonly expiresOn?: string;
  readonly note?: string;
}

/** Records what the actor has seen themselves. Everything that is wrong is said at once. Returns its number. */
export async function recordEvidence(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  person: Person,
  wish: EvidenceWish,
): Promise<number> {
  const faults = faultsOf(ra, actor, person, wish);
  if (faults.length > 0) throw refusedFor('invalid-request', faults);
  const word = wish.kind === KNOWN_TO_AGENCY;
  return withTransaction(ra.db, async (tx) => {
    const [id = 0] = await insertEvidence(tx, [
      {
        personId: person.id,
        kind: wish.kind,
        issuer: wish.issuer ?? null,
        method: word ? 'known-to-agency' : (wish.method ?? 'in-person'),
        sightedOn: wish.sightedOn,
        sightedBy: actor.personId,
        expiresOn: wish.expiresOn ?? null,
        note: wish.note ?? null,
        orderId: null,
        recordedBy: actor.personId,
      },
    ]);
    await writeAudit(tx, [
      {
        kind: 'evidence.recorded',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: person.id,
        detail: { itemId: id, evidence: wish.kind, sightedBy: actor.personId, sightedOn: wish.sightedOn },
      },
    ]);
    return id;
  });
}

/** Withdraws an item that should not count. Throws Refusal `wrong-state`. */
export async function withdrawItem(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  item: EvidenceRow,
  reason: string,
): Promise<void> {
  if (item.withdrawnAt !== null) throw new Refusal('wrong-state', 'This item was withdrawn already.');
  await withTransaction(ra.db, async (tx) => {
    await withdrawEvidence(tx, { itemId: item.id, reason, withdrawnBy: actor.personId });
    await writeAudit(tx, [
      {
        kind: 'evidence.withdrawn',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: item.personId,
        detail: { itemId: item.id, evidence: item.kind, reason },
      },
    ]);
  });
}

function faultsOf(ra: Ra, actor: Actor, person: Person, wish: EvidenceWish): Fault[] {
  const { kind, issuer, method, sightedOn, expiresOn } = wish;
  const found: Fault[] = [];
  const add = (code: string, message: string, path: string, remedy?: string) =>
    found.push({ code, message, path: `body/${path}`, source: 'WF-E', ...(remedy ? { remedy } : {}) });
  const kinds = evidenceKinds(evidencePolicy(ra));
  if (!kinds.includes(kind))
    add('unknown-kind', `no evidence of kind ${kind} counts`, 'kind', `one of ${kinds.join(', ')}`);
  const word = kind === KNOWN_TO_AGENCY;
  if (word && actor.role !== 'sponsor') {
    const remedy = 'sight documents, or have the sponsor record it';
    add('sponsor-needed', 'that the agency knows somebody is the word of its sponsor', 'kind', remedy);
  }
  if (word ? method !== undefined && method !== 'known-to-agency' : method === 'known-to-agency')
    add('other-method', `${kind} is not sighted by way of ${method}`, 'method');
  if (!word && issuer === undefined) add('issuer-missing', 'say which body issued the document', 'issuer');
  if (actor.personId === person.id) add('own-evidence', 'nobody records evidence of themselves', 'kind');
  // A day is told by the calendar of those who write it, which is ahead of UTC by 14 hours at most.
  const latest = new Date(ra.now().getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
  const today = ra.now().toISOString().slice(0, 10);
  if (!isDay(sightedOn) || sightedOn > latest)
    add('bad-day', 'a day on which it was seen, like 2026-11-22', 'sightedOn');
  if (expiresOn !== undefined && (!isDay(expiresOn) || expiresOn <= sightedOn || expiresOn <= today))
    add('bad-day', 'a day still to come, like 2030-01-31: what has expired does not count', 'expiresOn');
  if (person.leftAt !== null) add('person-left', 'this person has left', 'kind');
  return found;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
