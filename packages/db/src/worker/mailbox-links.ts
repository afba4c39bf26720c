import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A mailbox check whose letter is to be sent. */
export interface OpenCheck {
  readonly id: string;
  readonly address: string;
  readonly personName: string;
  readonly purpose: 'mailbox' | 'reissue';
  readonly expiresAt: Date;
}

/** A check that somebody can still confirm; undefined when its time is over, it was confirmed, or the address is another now. */
export async function findOpenCheck(db: Database, id: string): Promise<OpenCheck | undefined> {
  const answer = await sql<OpenCheck>`
    select c.id, c.address, c.purpose, p.display_name as "personName", c.expires_at as "expiresAt"
    from mailbox_checks c join people p on p.id = c.person_id and p.email = c.address and p.left_at is null
    where c.id = ${id} and c.expires_at > clock_timestamp() and not exists (select from mailbox_proofs f where f.check_id = c.id)`.execute(
    db,
  );
  return answer.rows[0];
}

/** Keeps the hash of a link's value, so that who brings the value later is believed. The same one may come again. */
export async function insertMailboxLink(db: Database, checkId: string, tokenSha256: Uint8Array): Promise<void> {
  await db
    .insertInto('mailbox_links')
    .values({ check_id: checkId, token_sha256: tokenSha256 })
    .onConflict((conflict) => conflict.column('check_id').doNothing())
    .execute();
}

/** Whether mail to this address came back and nobody has shown since that it is theirs. */
export async function isFlagged(db: Database, address: string): Promise<boolean> {
  const found = db.selectFrom('flagged_addresses').select('address').where('address', '=', address.toLowerCase());
  return (await found.executeTakeFirst()) !== undefined;
}

/** Notes that a server refused an address for good. */
export async function insertRefusedAddress(tx: Tx, address: string, mailId: string): Promise<void> {
  await tx
    .insertInto('mail_bounces')
    .values({ address, kind: 'refused', mail_id: mailId, reported_by: 'worker' })
    .execute();
}
