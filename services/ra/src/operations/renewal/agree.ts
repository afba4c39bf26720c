import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { findRenewal, insertRenewalAgreement, type OrderRow } from '@see/db/ra';
import { type Actor, Refusal, type Violation } from '@see/http';
import type { Ra } from '../../ra.ts';

/**
 * Records that the sponsor of a renewal agrees to it: the sponsor themselves, or an operator who has their word and says in
 * which form. That operator approves it no more (schema). Recording it again changes nothing.
 */
export async function agreeToRenewal(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  order: OrderRow,
  note: string | undefined,
): Promise<void> {
  if (!(await findRenewal(ra.db, order.id)))
    throw new Refusal(
      'wrong-state',
      'The order is no renewal that its holder asked for: its sponsor spoke when it was made.',
    );
  if (order.state !== 'pending')
    throw new Refusal('wrong-state', `The order is ${order.state}; it takes no agreement.`);
  if (actor.role === 'sponsor' && actor.personId !== order.sponsorId)
    throw new Refusal(
      'forbidden',
      'The order names another sponsor. Have that person agree, or an operator record their word.',
    );
  if (actor.personId !== order.sponsorId && note === undefined)
    throw new Refusal(
      'invalid-request',
      'Say in note in which form you have the sponsor’s word, like the reference of a letter.',
    );
  await withTransaction(ra.db, async (tx) => {
    const agreement = { orderId: order.id, sponsorId: order.sponsorId, recordedBy: actor.personId, note: note ?? null };
    if (!(await insertRenewalAgreement(tx, agreement))) return;
    await writeAudit(tx, [
      {
        kind: 'order.agreed',
        outcome: 'success',
        actor: by,
        objectType: 'order',
        objectId: order.id,
        detail: { sponsorId: order.sponsorId, note: note ?? null },
      },
    ]);
  });
}

/** What approvers of a gateway's renewal are told while its sponsor has not agreed; the database refuses their approvals. */
export async function missingAgreement(ra: Ra, order: OrderRow): Promise<Violation | undefined> {
  if (order.state !== 'pending' || !order.profiles.some((profile) => profile.startsWith('gateway-'))) return undefined;
  const renewal = await findRenewal(ra.db, order.id);
  if (!renewal || renewal.agreement) return undefined;
  return {
    code: 'sponsor-not-agreed',
    message: `The holder asked for this renewal and its sponsor has not agreed yet. They do so by: see order agree ${order.id}`,
    source: 'section 8.4',
  };
}
