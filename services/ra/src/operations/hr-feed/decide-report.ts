import { type AuditActor, type Tx, withTransaction, writeAudit } from '@see/db';
import { endHrReport, findHrReport, findPerson, type HrReport } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { declareWithin, type LifeEventWish } from '../life-event/declare.ts';

/** What whoever confirms adds or corrects; what a feed told is not taken for evidence. */
export type Correction = Pick<
  LifeEventWish,
  'effectiveAt' | 'givenName' | 'surname' | 'displayName' | 'toAgencyId' | 'email' | 'statements'
>;

/**
 * Confirms what waits: the life event is declared by this person, under the rules for them (only operators move people), and
 * carried out at once when it is due, in the same transaction. Throws Refusal `wrong-state` when nothing waits here.
 */
export async function confirmReport(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  report: HrReport,
  correction: Correction,
): Promise<number> {
  return withTransaction(ra.db, async (tx) => {
    await assertWaits(tx, report.id);
    const person = await findPerson(tx, report.personId);
    if (!person || person.agencyId !== report.agencyId)
      throw new Refusal('wrong-state', 'The person is no longer of this agency. Dismiss the report.');
    const { id } = await declareWithin(ra, tx, actor, by, person, wishOf(report, correction));
    await endHrReport(tx, report.id, { outcome: 'confirmed', lifeEventId: id, reason: null, endedBy: actor.personId });
    await writeAudit(tx, [ended('hr-feed.confirm', by, report, { lifeEventId: id })]);
    return id;
  });
}

/** Dismisses what waits, with the reason. */
export async function dismissReport(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  report: HrReport,
  reason: string,
): Promise<void> {
  await withTransaction(ra.db, async (tx) => {
    await assertWaits(tx, report.id);
    await endHrReport(tx, report.id, { outcome: 'dismissed', lifeEventId: null, reason, endedBy: actor.personId });
    await writeAudit(tx, [ended('hr-feed.dismiss', by, report, { reason })]);
  });
}

/** Two who decide at once: the schema takes one decision. */
async function assertWaits(tx: Tx, id: number): Promise<void> {
  const present = await findHrReport(tx, id);
  if (present?.waitsFor === null) throw new Refusal('wrong-state', 'This was declared at once; nothing waits here.');
  if (present?.end) throw new Refusal('wrong-state', `This was ${present.end.outcome} already. Load it again.`);
}

function wishOf({ kind, effectiveAt, detail }: HrReport, correction: Correction): LifeEventWish {
  return {
    kind,
    ...(effectiveAt === null ? {} : { effectiveAt }),
    ...(detail as Readonly<Record<string, string>>),
    ...correction,
    note: 'told by a feed, and confirmed',
  };
}

function ended(kind: string, by: AuditActor, report: HrReport, more: Readonly<Record<string, unknown>>) {
  const { id: reportId, feedId, agencyId, kind: told } = report;
  return {
    kind,
    outcome: 'success' as const,
    actor: by,
    objectType: 'person',
    objectId: report.personId,
    detail: { reportId, feedId, agencyId, told, ...more },
  };
}
