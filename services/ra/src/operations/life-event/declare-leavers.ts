import { type AuditActor, withTransaction } from '@see/db';
import { findPeopleByMail, findPerson, type Person, readRevocationRoom } from '@see/db/ra';
import { type Refusal as Fault, isPersonId } from '@see/domain';
import type { Actor } from '@see/http';
import { agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { declareWithin, type LifeEventWish, previewLifeEvent } from './declare.ts';
import { planLifeEvent, planView } from './plan-life-event.ts';
import { assertStatements } from './revoking-statements.ts';

/** Those who leave at one time, each by person id or mail address. */
export interface LeaversWish {
  readonly people: readonly string[];
  readonly effectiveAt?: Date;
  readonly note?: string;
  /** Digests of `certificate-revoke` statements, hex. */
  readonly statements?: readonly string[];
}

/** Declares that people leave: all of them, in one transaction, or nobody and the reasons why. Returns the events' ids. */
export async function declareLeavers(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  wish: LeaversWish,
): Promise<readonly { readonly personId: string; readonly eventId: number }[]> {
  const people = await leaversOf(ra, actor, wish);
  await assertStatements(ra, wish.statements);
  return withTransaction(ra.db, async (tx) => {
    const declared = [];
    // By id, so that two lists at once wait for each other and not in a circle.
    for (const person of people.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      const { id } = await declareWithin(ra, tx, actor, by, person, eventOf(wish));
      declared.push({ personId: person.id, eventId: id });
    }
    return declared;
  });
}

/**
 * What that would do to each person's certificates; which certificates would be revoked, for a statement to name them;
 * and whether it needs one because of the hourly cap. Nothing is written.
 */
export async function previewLeavers(ra: Ra, actor: Actor, wish: LeaversWish) {
  const people = await leaversOf(ra, actor, wish);
  const shown = [];
  const revoked = [];
  for (const person of people) {
    const { effectiveAt } = await previewLifeEvent(ra, actor, person, eventOf(wish));
    const at = new Date(Math.max(effectiveAt.getTime(), ra.now().getTime()));
    const plans = await planLifeEvent(ra, ra.db, { personId: person.id, kind: 'leaver' }, at);
    shown.push({ personId: person.id, displayName: person.displayName, actions: plans.map(planView) });
    for (const { certificate, planned } of plans) {
      if (planned.action !== 'revoke') continue;
      revoked.push({ ca: certificate.ca, serial: certificate.serial.toHex(), reason: planned.reason });
    }
  }
  const { limit, left } = await readRevocationRoom(ra.db);
  const perCa = Map.groupBy(revoked, ({ ca }) => ca);
  const needsStatement = [...perCa].some(([ca, of]) => of.length > (left.get(ca) ?? limit));
  return { people: shown, revoked, needsStatement };
}

function eventOf({ effectiveAt, note, statements }: LeaversWish): LifeEventWish {
  return {
    kind: 'leaver',
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
    ...(note === undefined ? {} : { note }),
    ...(statements === undefined ? {} : { statements }),
  };
}

/** The people, whom the actor may declare for, none twice. Everything that is wrong is said at once. */
async function leaversOf(ra: Ra, actor: Actor, wish: LeaversWish): Promise<readonly Person[]> {
  const byMail = await findPeopleByMail(
    ra.db,
    wish.people.filter((text) => !isPersonId(text)),
  );
  const agencyId = agencyOf(actor);
  const found = new Map<string, Person>();
  const faults: Fault[] = [];
  const add = (index: number, code: string, message: string): void => {
    faults.push({ code, message, path: `body/people/${index}`, source: 'WF-C' });
  };
  for (const [index, text] of wish.people.entries()) {
    const person = byMail.get(text.toLowerCase()) ?? (await findPerson(ra.db, text));
    if (!person || (agencyId !== undefined && person.agencyId !== agencyId))
      add(index, 'person-unknown', `nobody is known as ${text}`);
    else if (found.has(person.id)) add(index, 'person-twice', `${person.displayName} is in the list twice`);
    else if (person.leftAt) add(index, 'person-left', `${person.displayName} has left already`);
    else found.set(person.id, person);
  }
  if (faults.length > 0) throw refusedFor('invalid-request', faults);
  return [...found.values()];
}
