import { type AuditActor, type AuditEvent, withTransaction, writeAudit } from '@see/db';
import {
  carryOutDisposal,
  type Disposal,
  liftHold as endHold,
  insertDisposal,
  insertDisposalApproval,
  insertHold,
  listDisposals,
  listHolds,
  lockDisposal,
} from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { type DisposableKind, latestCutOff } from '@see/policy';
import type { Ra } from '../../ra.ts';

/** Places a hold on records of a kind, or on all: nothing of it is disposed of until it is lifted. */
export async function placeHold(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  wish: { readonly kind?: DisposableKind; readonly reason: string },
): Promise<string> {
  const id = crypto.randomUUID();
  const kind = wish.kind ?? null;
  await withTransaction(ra.db, async (tx) => {
    await insertHold(tx, { id, kind, reason: wish.reason, placedBy: actor.personId });
    await writeAudit(tx, [event('record.held', 'legal-hold', id, by, { kind, reason: wish.reason })]);
  });
  return id;
}

export async function liftHold(ra: Ra, actor: Actor, by: AuditActor, id: string, reason: string): Promise<void> {
  const hold = (await listHolds(ra.db)).find((one) => one.id === id);
  if (!hold) throw new Refusal('not-found', 'There is no legal hold with this id.');
  await withTransaction(ra.db, async (tx) => {
    if (!(await endHold(tx, id, actor.personId, reason)))
      throw new Refusal('wrong-state', 'The hold was lifted before.');
    await writeAudit(tx, [event('record.hold-lifted', 'legal-hold', id, by, { kind: hold.kind, reason })]);
  });
}

/** Proposes to dispose of what ended before a time, under an authority. Nothing happens before two persons have approved it. */
export async function proposeDisposal(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  wish: { readonly kind: DisposableKind; readonly cutOff: Date; readonly authorityRef: string },
): Promise<Disposal> {
  const latest = latestCutOff(wish.kind, ra.now());
  if (wish.cutOff > latest)
    throw new Refusal(
      'invalid-request',
      `Records of kind ${wish.kind} are kept for two years: the cut-off lies before ${latest.toISOString().slice(0, 10)}.`,
    );
  const id = crypto.randomUUID();
  await withTransaction(ra.db, async (tx) => {
    await insertDisposal(tx, { id, ...wish, proposedBy: actor.personId });
    const detail = { kind: wish.kind, cutOff: wish.cutOff.toISOString(), authorityRef: wish.authorityRef };
    await writeAudit(tx, [event('record.disposal-proposed', 'disposal', id, by, detail)]);
  });
  return found(await listDisposals(ra.db, id));
}

/**
 * Takes an approval. With the second one, by somebody else, it is carried out in the same transaction, and the register and the log
 * have the number of records and a digest of them. Refused while a hold forbids it.
 */
export async function approveDisposal(ra: Ra, actor: Actor, by: AuditActor, id: string): Promise<Disposal> {
  found(await listDisposals(ra.db, id));
  await withTransaction(ra.db, async (tx) => {
    await lockDisposal(tx, id);
    const disposal = found(await listDisposals(tx, id));
    if (disposal.done) throw new Refusal('wrong-state', 'The disposal is carried out already.');
    const hold = (await listHolds(tx)).find(
      ({ kind, lifted }) => lifted === null && (kind ?? disposal.kind) === disposal.kind,
    );
    if (hold)
      throw new Refusal(
        'wrong-state',
        `A legal hold forbids it since ${hold.placedAt.toISOString().slice(0, 10)}: ${hold.reason}. It has to be lifted first.`,
      );
    if (!(await insertDisposalApproval(tx, id, actor.personId)))
      throw new Refusal('wrong-state', 'You have approved it already. Somebody else has to.');
    const events = [event('record.disposal-approved', 'disposal', id, by, { kind: disposal.kind })];
    if (disposal.approvedBy.length > 0) {
      const { records, sha256 } = await carryOutDisposal(tx, id);
      const detail = {
        ...{ kind: disposal.kind, cutOff: disposal.cutOff.toISOString(), authorityRef: disposal.authorityRef },
        ...{ records, sha256: sha256.toHex(), approvedBy: [...disposal.approvedBy, actor.personId] },
      };
      events.push(event('record.disposed', 'disposal', id, by, detail));
    }
    await writeAudit(tx, events);
  });
  return found(await listDisposals(ra.db, id));
}

function found([disposal]: readonly Disposal[]): Disposal {
  if (!disposal) throw new Refusal('not-found', 'There is no disposal with this id.');
  return disposal;
}

function event(
  kind: string,
  objectType: string,
  objectId: string,
  actor: AuditActor,
  detail: Record<string, unknown>,
): AuditEvent {
  return { kind, outcome: 'success', actor, objectType, objectId, detail };
}
