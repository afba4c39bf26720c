import type { LifeEventKind } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';

/** What was declared of a person. `detail` holds what the kind needs besides. */
export interface NewLifeEvent {
  readonly personId: string;
  readonly agencyId: string | null;
  readonly kind: LifeEventKind;
  readonly effectiveAt: Date;
  readonly happenedAt: Date | null;
  readonly detail: unknown;
  readonly note: string | null;
  readonly declaredBy: string;
}

export interface LifeEvent extends NewLifeEvent {
  readonly id: number;
  readonly declaredAt: Date;
  readonly outcome: 'carried-out' | 'called-off' | null;
  readonly actions: unknown;
  readonly reason: string | null;
  readonly endedAt: Date | null;
}

export interface LifeEventEnd {
  readonly eventId: number;
  readonly outcome: 'carried-out' | 'called-off';
  readonly actions: unknown;
  readonly reason: string | null;
  readonly endedBy: string;
}

/** Declares an event; returns its number and time. */
export async function insertLifeEvent(tx: Tx, event: NewLifeEvent): Promise<{ id: number; declaredAt: Date }> {
  const row = await tx
    .insertInto('life_events')
    .values({
      person_id: event.personId,
      agency_id: event.agencyId,
      kind: event.kind,
      effective_at: event.effectiveAt,
      happened_at: event.happenedAt,
      detail: JSON.stringify(event.detail),
      note: event.note,
      declared_by: event.declaredBy,
    })
    .returning(['id', 'declared_at'])
    .executeTakeFirstOrThrow();
  return { id: row.id, declaredAt: row.declared_at };
}

/** Ends an event, once: a second end is refused by the schema (23505). */
export async function endLifeEvent(tx: Tx, end: LifeEventEnd): Promise<void> {
  await tx
    .insertInto('life_event_ends')
    .values({
      event_id: end.eventId,
      outcome: end.outcome,
      actions: JSON.stringify(end.actions),
      reason: end.reason,
      ended_by: end.endedBy,
    })
    .execute();
}

/** Makes everything that changes one person's certificates and record wait its turn. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await sql`select id from people where id = ${personId} for no key update`.execute(tx);
}

/** Events that are due and not ended, oldest first. */
export async function readDueLifeEvents(db: Database, now: Date, limit: number): Promise<LifeEvent[]> {
  const rows = await events(db)
    .where('n.event_id', 'is', null)
    .where('e.effective_at', '<=', now)
    .orderBy('e.effective_at')
    .orderBy('e.id')
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}

export async function findLifeEvent(db: Database | Tx, id: number): Promise<LifeEvent | undefined> {
  const row = await events(db).where('e.id', '=', id).executeTakeFirst();
  return row && eventOf(row);
}

/** Events, the newest first. `after` is the number of the last one seen. */
export async function listLifeEvents(
  db: Database,
  filter: { readonly agencyId?: string; readonly personId?: string; readonly planned?: boolean },
  size: number,
  after: number | undefined,
): Promise<Page<LifeEvent, number>> {
  let query = events(db)
    .orderBy('e.id', 'desc')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('e.agency_id', '=', filter.agencyId);
  if (filter.personId !== undefined) query = query.where('e.person_id', '=', filter.personId);
  if (filter.planned !== undefined) query = query.where('n.event_id', filter.planned ? 'is' : 'is not', null);
  if (after !== undefined) query = query.where('e.id', '<', after);
  return cutPage((await query.execute()).map(eventOf), size, ({ id }) => id);
}

/** Orders of a person that can still be ended. */
export async function readOpenOrders(tx: Tx, personId: string, states: readonly string[]): Promise<string[]> {
  const answer = await sql<{ id: string }>`
    select id from orders where applicant_id = ${personId} and state = any(${states}::text[]) order by id`.execute(tx);
  return answer.rows.map(({ id }) => id);
}

/** Withdraws a person's access tokens, passkeys and accounts for signing in, and ends their sessions. Returns how many tokens. */
export async function withdrawAccess(tx: Tx, personId: string, at: Date): Promise<number> {
  const tokens = await sql<{ id: string }>`
    update tokens set revoked_at = ${at} where person_id = ${personId} and revoked_at is null returning id`.execute(tx);
  await sql`
    update sign_in_passkeys set removed_at = ${at} where person_id = ${personId} and removed_at is null`.execute(tx);
  await sql`
    update sign_in_identities set removed_at = ${at} where person_id = ${personId} and removed_at is null`.execute(tx);
  await sql`
    update sessions set ended_at = ${at}, end_reason = 'withdrawn'
    where person_id = ${personId} and ended_at is null`.execute(tx);
  return tokens.rows.length;
}

/** Changes a person's record; what is undefined stays. */
export async function changePerson(
  tx: Tx,
  id: string,
  change: {
    readonly agencyId?: string;
    readonly givenName?: string | null;
    readonly surname?: string;
    readonly displayName?: string;
    readonly email?: string;
    readonly externalId?: string | null;
    readonly lastVerifiedAt?: Date;
    readonly nextReviewAt?: Date;
    readonly verifiedBy?: string;
    readonly leftAt?: Date | null;
  },
): Promise<void> {
  await tx
    .updateTable('people')
    .set({
      ...(change.agencyId === undefined ? {} : { agency_id: change.agencyId }),
      ...(change.givenName === undefined ? {} : { given_name: change.givenName }),
      ...(change.surname === undefined ? {} : { surname: change.surname }),
      ...(change.displayName === undefined ? {} : { display_name: change.displayName }),
      ...(change.email === undefined ? {} : { email: change.email }),
      ...(change.externalId === undefined ? {} : { external_id: change.externalId }),
      ...(change.lastVerifiedAt === undefined ? {} : { last_verified_at: change.lastVerifiedAt }),
      ...(change.nextReviewAt === undefined ? {} : { next_review_at: change.nextReviewAt }),
      ...(change.verifiedBy === undefined ? {} : { verified_by: change.verifiedBy }),
      ...(change.leftAt === undefined ? {} : { left_at: change.leftAt }),
    })
    .where('id', '=', id)
    .execute();
}

/** People who left and still have a certificate that nobody revoked: it was being issued when they left. */
export async function readLateIssued(db: Database, now: Date, limit: number): Promise<string[]> {
  const answer = await sql<{ id: string }>`
    select distinct p.id from people p join certificates c on c.person_id = p.id
    where p.left_at is not null and c.not_after > ${now}
      and not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')
    order by p.id limit ${limit}`.execute(db);
  return answer.rows.map(({ id }) => id);
}

function events(db: Database | Tx) {
  return db
    .selectFrom('life_events as e')
    .leftJoin('life_event_ends as n', 'n.event_id', 'e.id')
    .select([
      'e.id',
      'e.person_id',
      'e.agency_id',
      'e.kind',
      'e.effective_at',
      'e.happened_at',
      'e.detail',
      'e.note',
      'e.declared_by',
      'e.declared_at',
      'n.outcome',
      'n.actions',
      'n.reason',
      'n.ended_at',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof events>['executeTakeFirstOrThrow']>>;

function eventOf(row: Row): LifeEvent {
  return {
    id: row.id,
    personId: row.person_id,
    agencyId: row.agency_id,
    kind: row.kind,
    effectiveAt: row.effective_at,
    happenedAt: row.happened_at,
    detail: row.detail,
    note: row.note,
    declaredBy: row.declared_by,
    declaredAt: row.declared_at,
    outcome: row.outcome,
    actions: row.actions,
    reason: row.reason,
    endedAt: row.ended_at,
  };
}
