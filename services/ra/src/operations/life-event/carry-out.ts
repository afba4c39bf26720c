import { type AuditActor, notify, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  changePerson,
  endLifeEvent,
  findLifeEvent,
  type LifeEvent,
  lockPerson,
  readDueLifeEvents,
  readLateIssued,
  readOpenOrders,
  withdrawAccess,
} from '@see/db/ra';
import { LIFE_EVENTS, moveOf, ORDER_MACHINE, REVOCATION_REASONS } from '@see/domain';
import type { Ra } from '../../ra.ts';
import { recordStatusChange } from '../change-status.ts';
import { REVIEW_AFTER } from '../create-person.ts';
import { type LifeEventDetail, readDetail } from './life-event-detail.ts';
import { type CertificatePlan, planLifeEvent, planView } from './plan-life-event.ts';
import { coveringStatement, type RevokingStatements, readRevoking } from './revoking-statements.ts';
import { withdrawOrders } from './withdraw-orders.ts';

/** What an event that was carried out did. */
export interface CarriedOut {
  readonly actions: readonly ReturnType<typeof planView>[];
  readonly ordersWithdrawn: number;
  readonly tokensWithdrawn: number;
}

/**
 * Carries an event out in the caller's transaction: all certificates it is about, the person's record, orders and access
 * tokens, or nothing. The plan is made again on what is there now.
 */
export async function carryOut(ra: Ra, tx: Tx, by: AuditActor, event: LifeEvent): Promise<CarriedOut> {
  const now = ra.now();
  const rule = LIFE_EVENTS[event.kind];
  const detail = readDetail(event.detail);
  await lockPerson(tx, event.personId);
  const plans = await planLifeEvent(ra, tx, { personId: event.personId, kind: event.kind, ...detail }, now);
  const statements = await readRevoking(tx, detail.statements);
  for (const plan of plans) await act(ra, tx, by, event, plan, statements);
  const ended = rule.ends === 'nothing' ? { orders: 0, tokens: 0 } : await end(tx, by, event, now);
  await changeRecord(tx, event, detail, now);
  const result = {
    actions: plans.map(planView),
    ordersWithdrawn: ended.orders,
    tokensWithdrawn: ended.tokens,
  };
  await endLifeEvent(tx, {
    eventId: event.id,
    outcome: 'carried-out',
    actions: result.actions,
    reason: null,
    endedBy: by.personId ?? 'ra',
  });
  await writeAudit(tx, [
    {
      kind: 'person.event-carried-out',
      outcome: 'success',
      actor: by,
      objectType: 'person',
      objectId: event.personId,
      detail: { eventId: event.id, kind: event.kind, ...result },
    },
  ]);
  await notify(tx, 'see_revocations', 0);
  return result;
}

async function act(
  ra: Ra,
  tx: Tx,
  by: AuditActor,
  event: LifeEvent,
  { certificate, planned }: CertificatePlan,
  statements: RevokingStatements,
): Promise<void> {
  if (planned.action === 'none') return;
  const { invalidity } = LIFE_EVENTS[event.kind];
  const happened = invalidity && event.happenedAt;
  const reason = planned.action === 'hold' ? REVOCATION_REASONS.certificateHold : REVOCATION_REASONS[planned.reason];
  await recordStatusChange(tx, by, certificate, {
    kind: planned.action,
    reason,
    invalidityDate: happened && happened >= certificate.notBefore ? happened : null,
    statementDigest: planned.action === 'hold' ? null : coveringStatement(ra, statements, certificate, reason),
    requestedBy: event.declaredBy,
  });
}

/** Ends what a person who goes had begun: orders that are not issued yet, and every way to sign in, with the sessions made by it. */
async function end(tx: Tx, by: AuditActor, event: LifeEvent, now: Date): Promise<{ orders: number; tokens: number }> {
  const open = await readOpenOrders(tx, event.personId, moveOf(ORDER_MACHINE, 'withdraw').from);
  const orders = await withdrawOrders(tx, by, open, `the applicant ${LIFE_EVENTS[event.kind].title}`);
  return { orders: orders.length, tokens: await withdrawAccess(tx, event.personId, now) };
}

async function changeRecord(tx: Tx, event: LifeEvent, detail: LifeEventDetail, now: Date): Promise<void> {
  const { ends } = LIFE_EVENTS[event.kind];
  if (ends === 'membership') await changePerson(tx, event.personId, { leftAt: now });
  if (ends !== 'place' || detail.place === undefined) return;
  await changePerson(tx, event.personId, {
    agencyId: detail.place.agencyId,
    email: detail.place.email,
    // A number of the agency that they leave means nothing in another.
    externalId: null,
    lastVerifiedAt: now,
    nextReviewAt: new Date(now.getTime() + REVIEW_AFTER),
    leftAt: null,
  });
}

const OURSELVES: AuditActor = { process: 'ra' };

/**
 * Carries out what is due, each event in a transaction of its own; and revokes what was being issued to somebody while
 * they left. An event that can not be carried out stays due and is reported; it is tried again at the next call.
 */
export async function runDueLifeEvents(ra: Ra): Promise<void> {
  for (const event of await readDueLifeEvents(ra.db, ra.now(), 1_000)) {
    try {
      await withTransaction(ra.db, async (tx) => {
        await lockPerson(tx, event.personId);
        const present = await findLifeEvent(tx, event.id);
        if (present?.outcome === null) await carryOut(ra, tx, OURSELVES, present);
      });
    } catch (error) {
      ra.log('error', 'a life event could not be carried out', { eventId: event.id, error });
    }
  }
  for (const personId of await readLateIssued(ra.db, ra.now(), 1_000)) {
    try {
      await withTransaction(ra.db, (tx) => revokeLate(ra, tx, personId));
    } catch (error) {
      ra.log('error', 'a certificate of somebody who left could not be revoked', { personId, error });
    }
  }
}

async function revokeLate(ra: Ra, tx: Tx, personId: string): Promise<void> {
  await lockPerson(tx, personId);
  const plans = await planLifeEvent(ra, tx, { personId, kind: 'leaver' }, ra.now());
  for (const { certificate, planned } of plans) {
    if (planned.action !== 'revoke') continue;
    await recordStatusChange(tx, OURSELVES, certificate, {
      kind: 'revoke',
      reason: REVOCATION_REASONS[planned.reason],
      invalidityDate: null,
      statementDigest: null,
      requestedBy: 'ra',
    });
  }
  await notify(tx, 'see_revocations', 0);
}
