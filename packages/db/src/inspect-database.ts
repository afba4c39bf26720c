import { sql } from 'kysely';
import { type Database, openDatabase } from './connect.ts';
import { inspectCopies, type KeptCopies } from './inspect-copies.ts';
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
  /** Serial numbers of intents that are older than a minute and have no certificate. Empty before the schema is there. */
  readonly openIntents: readonly string[];
  /** CAs whose newest CRL has run out. */
  readonly staleCrls: readonly string[];
  /** Copies of encryption keys, with how many agents there are to open them. Empty before the schema is there. */
  readonly copies: readonly KeptCopies[];
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
    const pending = await pendingIn(db);
    const issuing = pending.length === 0 ? await inspectIssuing(db) : { openIntents: [], staleCrls: [] };
    const copies = pending.length === 0 ? await inspectCopies(db) : [];
    return {
      version: row.version.split(' ')[0] ?? row.version,
      notDurable: row.off,
      clockAheadMs: Math.round(row.now.getTime() - middle),
      pending,
      ...issuing,
      copies,
    };
  } finally {
    await db.destroy();
  }
}

async function inspectIssuing(db: Database): Promise<Pick<DatabaseFacts, 'openIntents' | 'staleCrls'>> {
  const answer = await sql<{ open: string[]; stale: string[] }>`
    select coalesce((select array_agg(i.ca || '/' || encode(i.serial, 'hex') order by i.id) from intents i left join certificates c on c.id = i.id
        where c.id is null and i.created_at < clock_timestamp() - interval '1 minute'), '{}') as open,
      coalesce((select array_agg(ca order by ca) from (select ca, max(next_update) as until from crls where scope = 'full' group by ca) l
        where until < clock_timestamp()), '{}') as stale`.execute(db);
  const row = answer.rows[0];
  return { openIntents: row?.open ?? [], staleCrls: row?.stale ?? [] };
}
