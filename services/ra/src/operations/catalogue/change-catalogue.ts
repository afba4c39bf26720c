import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import {
  endServiceFinding,
  insertService,
  insertServiceFinding,
  insertServiceReview,
  removeService as markRemoved,
} from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import type { CanonicalValue } from '@see/statement';
import type { Ra } from '../../ra.ts';
import type { CatalogueEntry } from './read-catalogue.ts';
import { readServiceWish, type ServiceWish } from './service-wish.ts';

/** Who changes the catalogue, for the rows and for the audit trail. */
export interface By {
  readonly actor: Actor;
  readonly audit: AuditActor;
}

type Detail = Readonly<Record<string, CanonicalValue>>;

function event(kind: string, { audit }: By, objectId: string, detail: Detail) {
  return { kind, outcome: 'success', actor: audit, objectType: 'service', objectId, detail } as const;
}

/** Adds a service or site. Returns its id. Throws Refusal `invalid-request`, `wrong-state`, `already-exists`. */
export async function addService(ra: Ra, by: By, wish: ServiceWish): Promise<string> {
  const entry = { id: crypto.randomUUID(), ...readServiceWish(ra, wish) };
  await withTransaction(ra.db, async (tx) => {
    if (!(await insertService(tx, entry, by.actor.personId)))
      throw new Refusal('already-exists', 'The catalogue has an entry with this address already.');
    const { id, agencyId, kind, name, url, highRisk } = entry;
    await writeAudit(tx, [event('service.add', by, id, { agencyId, kind, name, url, highRisk })]);
  });
  return entry.id;
}

/** Takes an entry out. Its reviews and findings stay on record. */
export async function removeService(ra: Ra, by: By, entry: CatalogueEntry): Promise<void> {
  await withTransaction(ra.db, async (tx) => {
    if (!(await markRemoved(tx, entry.id, by.actor.personId, ra.now())))
      throw new Refusal('wrong-state', 'The entry was removed already.');
    await writeAudit(tx, [event('service.remove', by, entry.id, { name: entry.name, url: entry.url })]);
  });
}

/** Records that somebody has looked at the content of a service on a day, which is not one to come. */
export async function reviewService(
  ra: Ra,
  by: By,
  entry: CatalogueEntry,
  { reviewedOn, note }: { readonly reviewedOn: string; readonly note: string },
): Promise<void> {
  // A day of New Zealand may be a day ahead of UTC's.
  if (reviewedOn > new Date(ra.now().getTime() + 46_800_000).toISOString().slice(0, 10))
    throw new Refusal('invalid-request', 'The day of the review is not over yet.');
  await withTransaction(ra.db, async (tx) => {
    await insertServiceReview(tx, entry.id, { reviewedOn, note, reviewedBy: by.actor.personId });
    await writeAudit(tx, [event('service.review', by, entry.id, { reviewedOn, note })]);
  });
}

/** Records a finding of an audit, with who sees to it and until when. Returns its number. */
export async function addFinding(
  ra: Ra,
  by: By,
  entry: CatalogueEntry,
  finding: { readonly text: string; readonly owner: string; readonly dueOn: string },
): Promise<number> {
  return withTransaction(ra.db, async (tx) => {
    const id = await insertServiceFinding(tx, entry.id, { ...finding, recordedBy: by.actor.personId });
    await writeAudit(tx, [event('service.finding', by, entry.id, { finding: id, ...finding })]);
    return id;
  });
}

/** Closes a finding, with what was done. Throws Refusal `wrong-state`. */
export async function closeFinding(ra: Ra, by: By, entry: CatalogueEntry, id: number, note: string): Promise<void> {
  await withTransaction(ra.db, async (tx) => {
    if (!(await endServiceFinding(tx, entry.id, id, { note, by: by.actor.personId })))
      throw new Refusal('wrong-state', 'There is no open finding under this number.');
    await writeAudit(tx, [event('service.close-finding', by, entry.id, { finding: id, note })]);
  });
}
