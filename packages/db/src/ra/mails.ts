import { MAIL_MACHINE, type MailState, moveOf } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Mails } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';

/** A mail of the outbox. What it says is kept nowhere. */
export interface MailRow {
  readonly id: string;
  readonly template: Mails['template'];
  readonly recipient: string;
  readonly agencyId: string | null;
  readonly orderId: string | null;
  readonly state: MailState;
  readonly attempts: number;
  readonly code: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The place after which a page of mails starts. */
export interface MailKey {
  readonly createdAt: Date;
  readonly id: string;
}

/** Mails, the newest first. */
export async function listMails(
  db: Database,
  filter: { readonly agencyId?: string; readonly state?: MailState; readonly recipient?: string },
  size: number,
  after: MailKey | undefined,
): Promise<Page<MailRow, MailKey>> {
  let query = mails(db)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('agency_id', '=', filter.agencyId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.recipient !== undefined) query = query.where(sql`lower(recipient)`, '=', filter.recipient.toLowerCase());
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}, ${after.id})`);
  return cutPage((await query.execute()).map(mailOf), size, ({ createdAt, id }) => ({ createdAt, id }));
}

export async function findMail(db: Database, id: string): Promise<MailRow | undefined> {
  const row = await mails(db).where('id', '=', id).executeTakeFirst();
  return row && mailOf(row);
}

/** Has a failed mail tried again; false when it is not failed. */
export async function retryMail(tx: Tx, id: string): Promise<boolean> {
  const { from, to } = moveOf(MAIL_MACHINE, 'retry');
  const moved = await tx
    .updateTable('mails')
    .set({ state: to })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

function mails(db: Database | Tx) {
  return db
    .selectFrom('mails')
    .select([
      'id',
      'template',
      'recipient',
      'agency_id',
      'order_id',
      'state',
      'attempts',
      'code',
      'reason',
      'created_at',
      'updated_at',
    ]);
}

function mailOf(row: Awaited<ReturnType<ReturnType<typeof mails>['executeTakeFirstOrThrow']>>): MailRow {
  const { agency_id: agencyId, order_id: orderId, created_at: createdAt, updated_at: updatedAt, ...rest } = row;
  return { ...rest, agencyId, orderId, createdAt, updatedAt };
}
