import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** Writes that a process lives, with what an operator may want to know of it. `detail` holds no secret. */
export async function beat(
  db: Database,
  process: string,
  pid: number,
  since: Date,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`
    insert into heartbeats (process, pid, since, seen_at, detail)
    values (${process}, ${pid}, ${since}, clock_timestamp(), ${JSON.stringify(detail)}::jsonb)
    on conflict (process) do update set pid = excluded.pid, since = excluded.since, seen_at = excluded.seen_at, detail = excluded.detail`.execute(
    db,
  );
}

/** The database's clock. */
export async function databaseTime(db: Database): Promise<Date> {
  const answer = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const row = answer.rows[0];
  if (!row) throw new Error('the database gave no time');
  return row.now;
}
