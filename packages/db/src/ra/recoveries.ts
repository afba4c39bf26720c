import { moveInto, RECOVERY_MACHINE, type RecoveryState } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';

/** A request to open a kept key, with the bytes that agents sign. */
export interface NewRecovery {
  readonly id: string;
  readonly content: { readonly bytes: Uint8Array; readonly digest: Uint8Array };
  readonly certificateId: number;
  readonly attemptId: number;
  readonly item: number;
  readonly subjectId: string;
  readonly requesterId: string;
  readonly recipientId: string | null;
  readonly agencyId: string;
  readonly noticeSuppressed: boolean;
  readonly expiresAt: Date;
}

export interface RecoveryRow {
  readonly id: string;
  readonly state: RecoveryState;
  readonly stateReason: string | null;
  readonly content: Uint8Array;
  readonly digest: Uint8Array;
  readonly certificateId: number;
  readonly attemptId: number;
  readonly item: number;
  readonly requesterId: string;
  readonly agencyId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly releasedAt: Date | null;
}

/** The place after which a page of recoveries starts. */
export interface RecoveryKey {
  readonly createdAt: Date;
  readonly id: string;
}

/** Stores a request: it waits for its agents. */
export async function insertRecovery(tx: Tx, recovery: NewRecovery): Promise<void> {
  await tx
    .insertInto('recoveries')
    .values({
      id: recovery.id,
      state: moveInto(RECOVERY_MACHINE, 'request'),
      state_reason: null,
      content: recovery.content.bytes,
      digest: recovery.content.digest,
      certificate_id: recovery.certificateId,
      attempt_id: recovery.attemptId,
      item: recovery.item,
      subject_id: recovery.subjectId,
      requester_id: recovery.requesterId,
      recipient_id: recovery.recipientId,
      agency_id: recovery.agencyId,
      notice_suppressed: recovery.noticeSuppressed,
      expires_at: recovery.expiresAt,
      released_at: null,
    })
    .execute();
}

export async function findRecovery(db: Database | Tx, id: string): Promise<RecoveryRow | undefined> {
  const row = await recoveries(db).where('id', '=', id).executeTakeFirst();
  return row && recoveryOf(row);
}

/** Makes everything that moves one recovery wait its turn, and reads it as it is then. */
export async function lockRecovery(tx: Tx, id: string): Promise<RecoveryRow | undefined> {
  await sql`select id from recoveries where id = ${id} for no key update`.execute(tx);
  return findRecovery(tx, id);
}

/** Recoveries, the newest first. */
export async function listRecoveries(
  db: Database,
  filter: { readonly requesterId?: string; readonly agencyId?: string; readonly state?: RecoveryState },
  size: number,
  after: RecoveryKey | undefined,
): Promise<Page<RecoveryRow, RecoveryKey>> {
  let query = recoveries(db)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (filter.requesterId !== undefined) query = query.where('requester_id', '=', filter.requesterId);
  if (filter.agencyId !== undefined) query = query.where('agency_id', '=', filter.agencyId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`);
  const rows = (await query.execute()).map(recoveryOf);
  return cutPage(rows, size, ({ createdAt, id }) => ({ createdAt, id }));
}

/** Recoveries of a certificate's key of which its holder may know, the newest first: those without a suppressed notice. */
export async function listNoticedRecoveries(db: Database, certificateId: number): Promise<readonly RecoveryRow[]> {
  const rows = await recoveries(db)
    .where('certificate_id', '=', certificateId)
    .where('notice_suppressed', '=', false)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(recoveryOf);
}

function recoveries(db: Database | Tx) {
  return db
    .selectFrom('recoveries')
    .select([
      'id',
      'state',
      'state_reason',
      'content',
      'digest',
      'certificate_id',
      'attempt_id',
      'item',
      'requester_id',
      'agency_id',
      'created_at',
      'expires_at',
      'released_at',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof recoveries>['executeTakeFirstOrThrow']>>;

function recoveryOf(row: Row): RecoveryRow {
  return {
    id: row.id,
    state: row.state,
    stateReason: row.state_reason,
    content: row.content,
    digest: row.digest,
    certificateId: row.certificate_id,
    attemptId: row.attempt_id,
    item: row.item,
    requesterId: row.requester_id,
    agencyId: row.agency_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    releasedAt: row.released_at,
  };
}
