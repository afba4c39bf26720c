import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** How long a lease holds without being renewed. */
export const LEASE_SECONDS = 15;

/** The lease is someone else's now: stop at once, nothing was written. */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost';
  constructor(name: string) {
    super(`the lease ${name} is held by another process`);
    this.name = 'LeaseLostError';
  }
}

/** Takes a lease that is free, lapsed or already ours. Returns whether it is ours now. */
export async function takeLease(db: Database, name: string, holder: string): Promise<boolean> {
  const answer = await sql`
    insert into leases (name, holder, since, expires_at)
    values (${name}, ${holder}, clock_timestamp(), clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}))
    on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at,
      since = case when leases.holder = excluded.holder then leases.since else excluded.since end
    where leases.holder = excluded.holder or leases.expires_at < clock_timestamp()
    returning name`.execute(db);
  return answer.rows.length === 1;
}

/**
 * Renews a lease inside a transaction and keeps its row locked until the commit, so that what the transaction writes is
 * written by the holder or not at all. Throws LeaseLostError.
 */
export async function assertLease(tx: Tx, name: string, holder: string): Promise<void> {
  const answer = await sql`
    update leases set expires_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    where name = ${name} and holder = ${holder} and expires_at > clock_timestamp()
    returning name`.execute(tx);
  if (answer.rows.length !== 1) throw new LeaseLostError(name);
}

/** Gives a lease back, so that the next process need not wait. */
export async function releaseLease(db: Database, name: string, holder: string): Promise<void> {
  await sql`update leases set expires_at = clock_timestamp() where name = ${name} and holder = ${holder}`.execute(db);
}
