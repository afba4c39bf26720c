import { sql } from 'kysely';
import type { Database } from './connect.ts';
import type { Tx } from './transaction.ts';

/** The channels on which processes hint at new rows. */
export const channels = [
  'see_chain',
  'see_orders',
  'see_redemptions',
  'see_issued',
  'see_revocations',
  'see_crls',
  'see_ocsp_keys',
  'see_audit',
  'see_imports',
  'see_mails',
  'see_confirmations',
] as const;

/** One of our channels. */
export type Channel = (typeof channels)[number];

/**
 * Hints at new rows once the transaction commits. The number helps to read less, it proves nothing and may get lost: readers sweep besides. One hint a batch,
 * since a commit with a notification takes a lock that all such commits share.
 */
export async function notify(db: Tx | Database, channel: Channel, number: number | bigint): Promise<void> {
  await sql`select pg_notify(${channel}, ${String(number)})`.execute(db);
}
