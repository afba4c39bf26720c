import { MAIL_MACHINE, type MailEvent, moveOf } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Mails } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

/** A mail in the outbox. `detail` says what it is about where that is no order. */
export interface AskedMail {
  readonly id: string;
  readonly template: Mails['template'];
  readonly recipient: string;
  readonly orderId: string | null;
  readonly detail: unknown;
  readonly state: string;
  readonly attempts: number;
}

/** Why a mail was not delivered, in words that hold nothing that a mail server said. */
export interface MailFault {
  readonly code: string;
  readonly reason: string;
}

/** Waiting mails that no job of pg-boss is about, oldest first; locked, and without those that another worker has in hand. */
export async function lockUnqueuedMails(tx: Tx, limit: number): Promise<string[]> {
  const answer = await sql<{ id: string }>`
    select m.id from mails m
    where m.state = 'waiting' and not exists (
      select from pgboss.job j
      where j.name = 'mail' and coalesce(j.singleton_key, '') = m.id::text and j.state <= 'active' and j.policy = 'exclusive')
    order by m.created_at, m.id limit ${limit} for update of m skip locked`.execute(tx);
  return answer.rows.map(({ id }) => id);
}

export async function findAskedMail(db: Database, id: string): Promise<AskedMail | undefined> {
  const row = await db
    .selectFrom('mails')
    .select(['id', 'template', 'recipient', 'order_id', 'detail', 'state', 'attempts'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { order_id: orderId, ...rest } = row;
  return { ...rest, orderId };
}

/** Moves a waiting mail on; false when it is not waiting any more. A fault is kept for those who look. */
export async function moveMail(
  tx: Tx,
  id: string,
  event: Extract<MailEvent, 'send' | 'give-up' | 'drop'>,
  fault: MailFault | null,
): Promise<boolean> {
  const { from, to } = moveOf(MAIL_MACHINE, event);
  const moved = await tx
    .updateTable('mails')
    .set({
      state: to,
      attempts: sql<number>`attempts + ${event === 'drop' ? 0 : 1}`,
      code: fault?.code ?? null,
      reason: fault?.reason ?? null,
    })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Notes that a try failed; the mail goes on waiting. */
export async function noteTry(tx: Tx, id: string, fault: MailFault): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ attempts: sql<number>`attempts + 1`, code: fault.code, reason: fault.reason })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

/** Gives up a mail that was tried for too long, with the fault of its last try; undefined when it is not waiting any more. */
export async function giveUpMail(tx: Tx, id: string): Promise<AskedMail | undefined> {
  const { from, to } = moveOf(MAIL_MACHINE, 'give-up');
  const answer = await sql<AskedMail>`
    update mails set state = ${to}, code = coalesce(code, 'no-answer'), reason = coalesce(reason, 'the process ended before it was handed over')
    where id = ${id} and state = any(${[...from]}::text[])
    returning id, template, recipient, order_id as "orderId", detail, state, attempts`.execute(tx);
  return answer.rows[0];
}

/** Asks for the letter of certificates that end. */
export async function askForNotice(
  tx: Tx,
  notice: { readonly recipient: string; readonly agencyId: string | null; readonly days: number },
  certificateIds: readonly number[],
): Promise<void> {
  const { recipient, agencyId, days } = notice;
  const detail = JSON.stringify({ days, certificateIds });
  await tx.insertInto('mails').values({ template: 'expiry', recipient, agency_id: agencyId, detail }).execute();
}

/** Asks for the letter that tells a holder of the opening of their key. */
export async function askForRecoveryLetter(
  tx: Tx,
  notice: { readonly recipient: string; readonly agencyId: string | null; readonly recoveryId: string },
): Promise<void> {
  const { recipient, agencyId, recoveryId } = notice;
  const detail = JSON.stringify({ recoveryId });
  await tx.insertInto('mails').values({ template: 'recovery', recipient, agency_id: agencyId, detail }).execute();
}
