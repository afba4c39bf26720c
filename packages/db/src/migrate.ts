import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Migration, migrations as ours } from '@see/migrations';
import { type Kysely, sql } from 'kysely';
import { type Database, openDatabase } from './connect.ts';

export type { Migration };

/** Every way in which a migration can be refused. */
export type MigrationErrorCode =
  /** A migration that was applied has other content now. */
  | 'migration-changed'
  /** The database has a migration that this program does not know: the program is older than the database. */
  | 'database-newer'
  /** Names are not in rising order, or one was put before an applied one. */
  | 'migration-order'
  /** The migration failed and was rolled back; the cause says why. */
  | 'migration-failed'
  /** PostgreSQL is older than 15 or the database is not UTF-8. */
  | 'database-unsuitable';

/** A refusal of the migration runner. Nothing of the refused migration has stayed. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What {@link migrate} may be told. The defaults are this project's own migrations. */
export interface MigrateOptions {
  readonly migrations?: readonly Migration[];
  readonly progress?: (message: string) => void;
}

const LOCK = 0x5ee_db;

/**
 * Brings the schema forward, as the owner. One transaction a migration, recorded with the hash of its source in the same transaction; under an advisory lock, so
 * two starters do not meet. Returns the names applied now. There is no way back: restore a backup instead.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const list = options.migrations ?? ours;
  const db = openDatabase(ownerUrl, { applicationName: 'see migrate', max: 1, statementTimeoutMs: 0 });
  try {
    return await db.connection().execute(async (connection) => {
      const untyped = connection as unknown as Kysely<unknown>;
      await assertSuitable(untyped);
      await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
      try {
        return await applyAll(untyped, list, options.progress);
      } finally {
        await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
      }
    });
  } finally {
    await db.destroy();
  }
}

async function applyAll(
  db: Kysely<unknown>,
  list: readonly Migration[],
  progress?: (message: string) => void,
): Promise<string[]> {
  await sql`create table if not exists schema_migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default clock_timestamp(),
    applied_by text not null default session_user
  )`.execute(db);
  const pending = await findPending(db, list);
  for (const migration of pending) {
    progress?.(`Applying ${migration.name}`);
    try {
      await db.transaction().execute(async (tx) => {
        await migration.up(tx);
        const record = sql`insert into schema_migrations (name, sha256) values (${migration.name}, ${sourceHash(migration)})`;
        await record.execute(tx);
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new MigrationError('migration-failed', `${migration.name} was rolled back: ${reason}`, { cause });
    }
  }
  return pending.map(({ name }) => name);
}

/** Names of our migrations that a database has not; all of them where none was ever applied. Throws {@link MigrationError} when they do not fit. */
export async function pendingIn(db: Database): Promise<string[]> {
  const untyped = db as unknown as Kysely<unknown>;
  const table = await sql<{
    found: boolean;
  }>`select to_regclass('public.schema_migrations') is not null as found`.execute(untyped);
  const pending = table.rows[0]?.found ? await findPending(untyped, ours) : ours;
  return pending.map(({ name }) => name);
}

async function findPending(db: Kysely<unknown>, list: readonly Migration[]): Promise<readonly Migration[]> {
  const applied = sql<{ name: string; sha256: string }>`select name, sha256 from schema_migrations order by name`;
  const found = await applied.execute(db);
  const hashes = new Map(list.map((migration) => [migration.name, sourceHash(migration)]));
  checkAgainst(list, found.rows, hashes);
  return list.slice(found.rows.length);
}

function checkAgainst(
  list: readonly Migration[],
  applied: readonly { name: string; sha256: string }[],
  hashes: ReadonlyMap<string, string>,
): void {
  list.forEach(({ name }, index) => {
    const before = list[index - 1]?.name;
    if (before !== undefined && before >= name)
      throw new MigrationError('migration-order', `${name} must come before ${before}`);
  });
  applied.forEach((row, index) => {
    const expected = hashes.get(row.name);
    if (expected === undefined) {
      throw new MigrationError(
        'database-newer',
        `the database has ${row.name}, which this version does not know; use the newer version`,
      );
    }
    if (list[index]?.name !== row.name) {
      throw new MigrationError(
        'migration-order',
        `${list[index]?.name} was added before ${row.name}, which is applied already`,
      );
    }
    if (expected !== row.sha256) {
      throw new MigrationError(
        'migration-changed',
        `${row.name} was changed after it had been applied; write a new migration instead`,
      );
    }
  });
}

async function assertSuitable(db: Kysely<unknown>): Promise<void> {
  const answer = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`.execute(
    db,
  );
  const { version, encoding } = answer.rows[0] ?? { version: 0, encoding: '' };
  if (version < 150_000)
    throw new MigrationError(
      'database-unsuitable',
      `PostgreSQL 15 or newer is needed, this is ${Math.floor(version / 10_000)}`,
    );
  if (encoding !== 'UTF8')
    throw new MigrationError('database-unsuitable', `the database must be UTF8, it is ${encoding}`);
}

function sourceHash(migration: Migration): string {
  const source = readFileSync(migration.file, 'utf8').replaceAll('\r\n', '\n');
  return createHash('sha256').update(source).digest('hex');
}
