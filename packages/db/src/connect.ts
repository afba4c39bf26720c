import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { PreparingClient } from './preparing-client.ts';
import type { DB } from './schema.gen.ts';
import { valueParsers } from './value-parsers.ts';

/** Typed access to the database, as one login. Column and property names are the same snake_case. */
export type Database = Kysely<DB>;

/** Options of {@link openDatabase}. */
export interface DatabaseOptions {
  /** Shown in pg_stat_activity; at most 63 characters. */
  readonly applicationName: string;
  /** Most connections at once; default 10. */
  readonly max?: number;
  /** Longest time one statement may take, in milliseconds; default 30,000. 0 is no limit. */
  readonly statementTimeoutMs?: number;
  /** Told of a connection that was lost while idle. The pool makes a new one at the next query. */
  readonly onLost?: (error: Error) => void;
}

/**
 * Opens a pool of connections; nothing is connected before the first query. A statement that runs when the server dies fails with the driver's error and
 * is not repeated: whether it took effect is known only by reading. Values are read as {@link valueParsers} says. End it with `destroy()`.
 */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...clientConfig(url, options.applicationName),
    Client: PreparingClient,
    max: options.max ?? 10,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', (error) => options.onLost?.(error));
  // A connection that dies while it is checked out speaks here; its query fails by itself.
  pool.on('connect', (client) => client.on('error', (error) => options.onLost?.(error)));
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/** What every connection of ours is made with. */
export function clientConfig(url: string, applicationName: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName.slice(0, 63),
    types: valueParsers,
    keepAlive: true,
    client_encoding: 'UTF8',
  };
}

/** The SQLSTATE of a database error, or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** The name of the constraint that a database error broke, or undefined. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined;
}
