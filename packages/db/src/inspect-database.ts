import { sql } from 'kysely';
import { openDatabase } from './connect.ts';
import { pendingIn } from './migrate.ts';

/** What the owner sees of a database. */
export interface DatabaseFacts {
  /** As the server prints it: `18.4`. */
  readonly version: string;
  /** Settings without which acknowledged data can be lost, that are off. */
  readonly notDurable: readonly string[];
  /** Difference of the database's clock to ours in milliseconds, halfway through the question. */
  readonly clockAheadMs: number;
  /** Migrations that this program has and the database has not. */
  readonly pending: readonly string[];
}

/** Looks at a database as its owner. Throws MigrationError when its migrations and ours do not fit, and the driver's error when it does not answer. */
export async function inspectDatabase(ownerUrl: string): Promise<DatabaseFacts> {
  const db = openDatabase(ownerUrl, { applicationName: 'see doctor', max: 1 });
  try {
    const asked = Date.now();
    const answer = await sql<{ version: string; off: string[]; now: Date }>`
      select current_setting('server_version') as version, clock_timestamp() as now,
        coalesce((select array_agg(name::text order by name) from pg_settings
          where name in ('fsync', 'full_page_writes', 'data_checksums', 'synchronous_commit') and setting = 'off'), '{}') as off`.execute(
      db,
    );
    const row = answer.rows[0];
    if (!row) throw new Error('the database gave no answer');
    const middle = (asked + Date.now()) / 2;
    return {
      version: row.version.split(' ')[0] ?? row.version,
      notDurable: row.off,
      clockAheadMs: Math.round(row.now.getTime() - middle),
      pending: await pendingIn(db),
    };
  } finally {
    await db.destroy();
  }
}
