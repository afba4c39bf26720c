import pg from 'pg';
import { clientConfig } from './connect.ts';
import {
  ensureLogin,
  newPassword,
  readLogin,
  type ServiceName,
  serviceLogin,
  serviceNames,
  writeLogin,
} from './embedded/index.ts';

/** The owner of an external database may not make logins and some were not given. */
export class ExternalLoginError extends Error {
  override readonly name = 'ExternalLoginError';
  readonly code = 'logins-missing';
}

/**
 * The URL of each service's login on a PostgreSQL that is not ours. Given ones are taken as they are. The others are made (or, when we made them before, checked) with a
 * random password that is kept in the state folder's `login`; that needs an owner with CREATEROLE. Throws {@link ExternalLoginError} otherwise.
 */
export async function ensureLoginsOn(
  ownerUrl: string,
  stateDir: string,
  given: Partial<Readonly<Record<ServiceName, string>>>,
): Promise<Record<ServiceName, string>> {
  const urls: Partial<Record<ServiceName, string>> = { ...given };
  const missing = serviceNames.filter((service) => given[service] === undefined);
  if (missing.length > 0) {
    const client = new pg.Client({ ...clientConfig(ownerUrl, 'see logins'), connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await assertMayMakeLogins(client, missing);
      for (const service of missing) urls[service] = await makeLogin(client, ownerUrl, stateDir, service);
    } finally {
      await client.end();
    }
  }
  return urls as Record<ServiceName, string>;
}

/** The URL of a service's login on an external database, given or made before; undefined when there is none yet. Connects to nothing. */
export function findLoginUrl(
  stateDir: string,
  database: { readonly ownerUrl: string; readonly serviceUrls: Partial<Readonly<Record<ServiceName, string>>> },
  service: ServiceName,
): string | undefined {
  const given = database.serviceUrls[service];
  if (given !== undefined) return given;
  const password = readLogin(stateDir, serviceLogin(service));
  return password === undefined ? undefined : loginUrl(database.ownerUrl, serviceLogin(service), password);
}

function loginUrl(ownerUrl: string, login: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = login;
  url.password = password;
  return url.href;
}

async function assertMayMakeLogins(client: pg.Client, missing: readonly ServiceName[]): Promise<void> {
  const answer = await client.query<{ may: boolean }>(
    'select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user',
  );
  if (answer.rows[0]?.may) return;
  const variables = missing.map((service) => `SEE_DATABASE_URL_${service.toUpperCase()}`).join(', ');
  throw new ExternalLoginError(
    `the owner in SEE_DATABASE_URL may not make logins; let the database's administrator make ${missing.map(serviceLogin).join(', ')} and set ${variables}`,
  );
}

async function makeLogin(client: pg.Client, ownerUrl: string, stateDir: string, service: ServiceName): Promise<string> {
  const login = serviceLogin(service);
  let password = readLogin(stateDir, login);
  if (password === undefined) {
    password = newPassword();
    writeLogin(stateDir, login, password);
  }
  const url = loginUrl(ownerUrl, login, password);
  if (!(await works(url))) await ensureLogin(client, login, password, false);
  return url;
}

async function works(url: string): Promise<boolean> {
  const client = new pg.Client({ ...clientConfig(url, 'see logins'), connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
