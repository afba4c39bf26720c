import pg from 'pg';
import { matchesVerifier, scramVerifier } from './scram-verifier.ts';

/** The processes that have a login of their own. */
export const serviceNames = ['ra', 'signer', 'va', 'worker', 'desk'] as const;

/** One of our services. */
export type ServiceName = (typeof serviceNames)[number];

/** The login of a service: `see_ra` … The grants of the migrations name these. */
export function serviceLogin(service: ServiceName): string {
  return `see_${service}`;
}

/** The login that owns the database and its tables and runs the migrations. It is no superuser. */
export const OWNER = 'see_owner';

/** The name of the database. */
export const DATABASE = 'see';

const LEAST = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS';

/**
 * Makes sure that a login exists with exactly this password and no attribute beyond LOGIN. The password reaches the server as a SCRAM verifier only.
 * `superuser` also compares the stored verifier (then an unchanged password costs no write); otherwise it is set each time.
 */
export async function ensureLogin(
  client: pg.Client,
  login: string,
  password: string,
  superuser: boolean,
): Promise<void> {
  const quoted = pg.escapeIdentifier(login);
  const found = await client.query<{ verifier: string | null }>(
    superuser
      ? 'select rolpassword as verifier from pg_authid where rolname = $1'
      : 'select null::text as verifier from pg_roles where rolname = $1',
    [login],
  );
  const row = found.rows[0];
  if (!row) {
    await client.query(`create role ${quoted} ${LEAST} password ${pg.escapeLiteral(scramVerifier(password))}`);
  } else if (!matchesVerifier(password, row.verifier)) {
    await client.query(`alter role ${quoted} password ${pg.escapeLiteral(scramVerifier(password))}`);
  }
}

/** Makes the owner, the services' logins and the database, as far as they are not there. Run as superuser on a cluster of our own. */
export async function ensureDatabase(client: pg.Client, passwords: ReadonlyMap<string, string>): Promise<void> {
  for (const [login, password] of passwords) await ensureLogin(client, login, password, true);
  const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (found.rowCount === 0) {
    await client.query(`create database ${DATABASE} owner ${OWNER} encoding 'UTF8' locale 'C' template template0`);
  }
  await client.query(`revoke all on database ${DATABASE}, postgres, template1 from public`);
  const logins = serviceNames.map(serviceLogin).join(', ');
  await client.query(`grant connect on database ${DATABASE} to ${logins}`);
}
