import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** Of what, and how many failures it may have within the window. */
export interface AttemptLimit {
  /** `address …`, `token …` or `passkey …`: never a secret, only its hash. */
  readonly subject: string;
  readonly most: number;
}

/** An attempt that was let in and counts as failed until it is cleared. */
export interface Attempt {
  readonly id: number;
  /** How many failures its subject has within the window, this one included. */
  readonly failures: number;
}

export interface Lock {
  readonly subject: string;
  readonly failures: number;
  readonly until: Date;
}

/**
 * Counts an attempt before it is looked at, so that many at once are no way around the limit: they wait for each other.
 * Returns when the subject is free again if it has had enough.
 */
export async function beginAttempt(
  tx: Tx,
  { subject, most }: AttemptLimit,
  window: number,
  now: Date,
): Promise<Attempt | { readonly lockedUntil: Date }> {
  await lockSubject(tx, subject);
  const rows = await tx
    .selectFrom('sign_in_attempts')
    .select('at')
    .where('subject', '=', subject)
    .where('at', '>', new Date(now.getTime() - window))
    .orderBy('at', 'desc')
    .limit(most)
    .execute();
  const oldest = rows[most - 1];
  if (oldest) return { lockedUntil: new Date(oldest.at.getTime() + window) };
  const { id } = await tx
    .insertInto('sign_in_attempts')
    .values({ subject, at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, failures: rows.length + 1 };
}

/** Lets those who count or clear failures of one subject wait for each other until the transaction ends. */
async function lockSubject(tx: Tx, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`see sign-in ${subject}`}, 0))`.execute(tx);
}

/** Takes attempts back that did not fail. */
export async function clearAttempts(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`delete from sign_in_attempts where id = any(${[...ids]}::bigint[])`.execute(tx);
}

/** Takes all failures of a subject back, after it succeeded. Comes before `clearAttempts`, or two at once would block each other. */
export async function clearSubject(tx: Tx, subject: string): Promise<void> {
  await lockSubject(tx, subject);
  await tx.deleteFrom('sign_in_attempts').where('subject', '=', subject).execute();
}

/** Forgets attempts before a time. */
export async function forgetAttempts(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('at', '<', before).execute();
}

/** What is locked now. `most` says how many failures lock a subject, by the first word of its name. */
export async function readLocks(
  db: Database,
  most: Readonly<Record<string, number>>,
  window: number,
  now: Date,
): Promise<readonly Lock[]> {
  const answer = await sql<{ subject: string; failures: number; until: Date }>`
    with counted as (
      select subject, at, ${sql.lit(JSON.stringify(most))}::jsonb -> split_part(subject, ' ', 1) as most,
        row_number() over (partition by subject order by at desc) as place,
        count(*) over (partition by subject) as failures
      from sign_in_attempts where at > ${new Date(now.getTime() - window)})
    select subject, failures::integer as failures, at + make_interval(secs => ${window / 1000}) as until
    from counted where place = most::integer order by until desc, subject limit 1000`.execute(db);
  return answer.rows;
}
