import { type AuditActor, sqlState, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  changePerson,
  endLifeEvent,
  insertLifeEvent,
  type LifeEvent,
  listPersonCertificates,
  lockPerson,
  type Person,
  readOpenOrders,
} from '@see/db/ra';
import { type Refusal as Fault, LIFE_EVENTS, type LifeEventKind, moveOf, ORDER_MACHINE, type Role } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { agencyViolations, defaultDisplayName, personViolations, readMailAddress } from '@see/policy';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import type { LifeEventDetail } from './life-event-detail.ts';
import { planLifeEvent, planView } from './plan-life-event.ts';
import { assertStatements } from './revoking-statements.ts';
import { withdrawOrders } from './withdraw-orders.ts';

/** What is declared of a person. */
export interface LifeEventWish {
  readonly kind: LifeEventKind;
  /** When it takes effect; now when undefined. */
  readonly effectiveAt?: Date;
  /** When it happened, for a death or a lost key. */
  readonly happenedAt?: Date;
  readonly certificates?: readonly string[];
  readonly toAgencyId?: string;
  readonly email?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly displayName?: string;
  readonly note?: string;
  /** Digests of `certificate-revoke` statements of two operators, hex, for what is beyond the hourly cap. */
  readonly statements?: readonly string[];
}

/** Who declares: a person in a role, or a feed of an HR system, which moves nobody between agencies. */
export interface Declarer {
  readonly personId: string;
  readonly role: Role | 'hr-feed';
}

export interface Declared {
  readonly id: number;
  readonly effectiveAt: Date;
  readonly carriedOut: CarriedOut | undefined;
}

const DAY = 86_400_000;
const FARTHEST = 366 * DAY;

/** What a declaration would do to the person's certificates as they are now. Nothing is written. */
export async function previewLifeEvent(ra: Ra, actor: Declarer, person: Person, wish: LifeEventWish) {
  const { detail, effectiveAt } = read(ra, actor, person, wish);
  await assertTheirs(ra, person.id, wish);
  const at = new Date(Math.max(effectiveAt.getTime(), ra.now().getTime()));
  const plans = await planLifeEvent(ra, ra.db, { personId: person.id, kind: wish.kind, ...detail }, at);
  return { effectiveAt, actions: plans.map(planView) };
}

/**
 * Declares an event in a person's life. What is due now is carried out in the same transaction: all of the person's
 * certificates, or nothing and the reason why. Everything that is wrong is said at once.
 */
export async function declareLifeEvent(
  ra: Ra,
  actor: Declarer,
  by: AuditActor,
  person: Person,
  wish: LifeEventWish,
): Promise<Declared> {
  read(ra, actor, person, wish);
  await assertTheirs(ra, person.id, wish);
  await assertStatements(ra, wish.statements);
  return withTransaction(ra.db, (tx) => declareWithin(ra, tx, actor, by, person, wish));
}

/** The same in the caller's transaction, for a wish whose certificates and statements were looked at. */
export async function declareWithin(
  ra: Ra,
  tx: Tx,
  actor: Declarer,
  by: AuditActor,
  person: Person,
  wish: LifeEventWish,
): Promise<Declared> {
  const { detail: said, effectiveAt } = read(ra, actor, person, wish);
  await lockPerson(tx, person.id);
  const detail = { ...said, ...(said.name ? await endOldName(ra, tx, by, person.id) : {}) };
  const event = {
    personId: person.id,
    agencyId: person.agencyId,
    kind: wish.kind,
    effectiveAt,
    happenedAt: wish.happenedAt ?? null,
    detail,
    note: wish.note ?? null,
    declaredBy: actor.personId,
  };
  const { id, declaredAt } = await insertLifeEvent(tx, event);
  await writeAudit(tx, [
    {
      kind: 'person.event',
      outcome: 'success',
      actor: by,
      objectType: 'person',
      objectId: person.id,
      detail: {
        eventId: id,
        kind: wish.kind,
        effectiveAt: effectiveAt.toISOString(),
        before: { agencyId: person.agencyId, displayName: person.displayName, email: person.email },
        ...said,
      },
    },
  ]);
  // A new name stands in the record at once: the certificates with it are ordered while the old ones are still good.
  if (detail.name) await changePerson(tx, person.id, { ...detail.name, ...mailOf(wish), lastVerifiedAt: ra.now() });
  if (effectiveAt > ra.now()) return { id, effectiveAt, carriedOut: undefined };
  const open = { ...event, id, declaredAt, outcome: null, actions: null, reason: null, endedAt: null };
  return { id, effectiveAt, carriedOut: await carryOut(ra, tx, by, open) };
}

/**
 * Withdraws the orders that carry the old name, and says which certificates do: those of today, and those that come of an
 * order which is being issued.
 */
async function endOldName(ra: Ra, tx: Tx, by: AuditActor, personId: string): Promise<LifeEventDetail> {
  const certificates = await listPersonCertificates(tx, personId, ra.now());
  const orders = await readOpenOrders(tx, personId, [...moveOf(ORDER_MACHINE, 'withdraw').from, 'issuing']);
  await withdrawOrders(tx, by, orders, `the applicant ${LIFE_EVENTS['name-change'].title}`);
  return { certificates: certificates.map(({ sha256 }) => sha256.toHex()), orders };
}

/** Calls off an event that was not carried out yet. */
export async function callOff(ra: Ra, actor: Actor, by: AuditActor, event: LifeEvent, reason: string): Promise<void> {
  const tooLate = new Refusal('wrong-state', `This was ${event.outcome ?? 'carried-out'} already. Load it again.`);
  if (event.outcome !== null) throw tooLate;
  try {
    await withTransaction(ra.db, async (tx) => {
      await endLifeEvent(tx, {
        eventId: event.id,
        outcome: 'called-off',
        actions: [],
        reason,
        endedBy: actor.personId,
      });
      await writeAudit(tx, [
        {
          kind: 'person.event-called-off',
          outcome: 'success',
          actor: by,
          objectType: 'person',
          objectId: event.personId,
          detail: { eventId: event.id, kind: event.kind, reason },
        },
      ]);
    });
  } catch (error) {
    if (sqlState(error) === '23505') throw tooLate;
    throw error;
  }
}

/** A certificate that is named but not the person's would be left good while its loss counts as dealt with. */
async function assertTheirs(ra: Ra, personId: string, { certificates = [] }: LifeEventWish): Promise<void> {
  if (certificates.length === 0) return;
  const theirs = await listPersonCertificates(ra.db, personId, ra.now());
  const known = new Set(theirs.map(({ sha256 }) => sha256.toHex()));
  const faults = certificates.flatMap((sha256, index) =>
    known.has(sha256)
      ? []
      : [
          {
            code: 'not-their-certificate',
            message: `this person has no unexpired certificate ${sha256}`,
            path: `body/certificates/${index}`,
            source: 'WF-C',
          },
        ],
  );
  if (faults.length > 0) throw refusedFor('invalid-request', faults);
}

function mailOf({ email }: LifeEventWish): { email?: string } {
  const mail = email === undefined ? undefined : readMailAddress(email);
  return mail ? { email: `${mail.localPart}@${mail.domain}` } : {};
}

function read(ra: Ra, actor: Declarer, person: Person, wish: LifeEventWish) {
  const rule = LIFE_EVENTS[wish.kind];
  const now = ra.now();
  const effectiveAt = wish.effectiveAt ?? new Date(now.getTime() + rule.overlapDays * DAY);
  const faults: Fault[] = [];
  const add = (code: string, message: string, path: string, remedy?: string) =>
    faults.push({ code, message, path: `body/${path}`, source: 'WF-C', ...(remedy ? { remedy } : {}) });
  if (effectiveAt.getTime() > now.getTime() + FARTHEST) add('too-far', 'it takes effect within a year', 'effectiveAt');
  if (wish.happenedAt && wish.happenedAt > now) add('in-the-future', 'it has happened already', 'happenedAt');
  if (person.leftAt && rule.ends === 'membership') add('person-left', 'this person has left already', 'kind');
  faults.push(...misplaced(wish), ...moverFaults(ra, actor, person, wish), ...nameFaults(ra, person, wish));
  if (faults.length > 0) throw refusedFor('invalid-request', faults);
  return { detail: detailOf(wish), effectiveAt };
}

const BELONGS: Readonly<Record<string, readonly LifeEventKind[]>> = {
  happenedAt: ['death', 'lost-key'],
  certificates: ['lost-token', 'lost-key'],
  toAgencyId: ['mover'],
  email: ['mover', 'name-change'],
  givenName: ['name-change'],
  surname: ['name-change'],
  displayName: ['name-change'],
};

/** Members that say something about another kind of event. */
function misplaced(wish: LifeEventWish): Fault[] {
  return Object.entries(BELONGS).flatMap(([member, kinds]) =>
    wish[member as keyof LifeEventWish] === undefined || kinds.includes(wish.kind)
      ? []
      : [
          {
            code: 'not-of-this-event',
            message: `${member} belongs to ${kinds.join(' and ')}`,
            path: `body/${member}`,
            source: 'WF-C',
          },
        ],
  );
}

function moverFaults(ra: Ra, actor: Declarer, person: Person, wish: LifeEventWish): Fault[] {
  if (wish.kind !== 'mover') return [];
  if (actor.role !== 'operator') {
    const message = 'only operators move people between agencies; declare a leaver, or ask an operator';
    return [{ code: 'operator-needed', message, path: 'body/kind', source: 'SEE-26' }];
  }
  const { toAgencyId, email } = wish;
  if (toAgencyId === undefined || email === undefined) {
    const message = 'a mover has an agency to go to and a mail address there';
    return [{ code: 'place-missing', message, path: 'body/toAgencyId', source: 'WF-C' }];
  }
  const entry = { surname: person.surname, displayName: person.displayName, email };
  return [
    ...agencyViolations(ra.authority.current, toAgencyId),
    ...personViolations(ra.authority.current, toAgencyId, entry),
  ].map((fault) => ({ ...fault, path: fault.path === 'agencyId' ? 'body/toAgencyId' : `body/${fault.path ?? ''}` }));
}

function nameFaults(ra: Ra, person: Person, wish: LifeEventWish): Fault[] {
  if (wish.kind !== 'name-change') return [];
  const name = nameOf(wish);
  if (!name) {
    return [{ code: 'name-missing', message: 'say the new surname', path: 'body/surname', source: 'WF-C' }];
  }
  const entry = { ...name, givenName: name.givenName ?? undefined, email: wish.email ?? person.email ?? '' };
  const found = personViolations(ra.authority.current, person.agencyId ?? '', entry);
  return found.map((fault) => ({ ...fault, path: `body/${fault.path ?? ''}` }));
}

function nameOf(wish: LifeEventWish): LifeEventDetail['name'] {
  if (wish.kind !== 'name-change' || wish.surname === undefined) return undefined;
  const displayName = wish.displayName ?? defaultDisplayName(wish.givenName, wish.surname);
  return { givenName: wish.givenName ?? null, surname: wish.surname, displayName };
}

function detailOf(wish: LifeEventWish): LifeEventDetail {
  const name = nameOf(wish);
  const { toAgencyId: agencyId } = wish;
  const { email } = mailOf(wish);
  return {
    ...(wish.certificates === undefined ? {} : { certificates: wish.certificates }),
    ...(wish.statements === undefined ? {} : { statements: wish.statements }),
    ...(agencyId === undefined || email === undefined ? {} : { place: { agencyId, email } }),
    ...(name ? { name } : {}),
  };
}
