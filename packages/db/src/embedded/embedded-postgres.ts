import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { locateBinaries } from './binaries.ts';
import { CLUSTER, ensureCluster, SUPERUSER } from './create-cluster.ts';
import type { Account } from './durable-file.ts';
import { EmbeddedError } from './embedded-error.ts';
import type { FolderLock } from './folder-lock.ts';
import { launchPostgres } from './launch.ts';
import { newPassword, readLogin, socketUrl, writeLogin } from './login-file.ts';
import { readPostmasterFile, runningPostmaster } from './postmaster-file.ts';
import { isRunning, type ProcessIdentity, signalProcess, waitForEnd } from './process-identity.ts';
import { reachableBinaries } from './reachable-binaries.ts';
import { canReach } from './reachable-folder.ts';
import { ensureDatabase, OWNER, type ServiceName, serviceLogin, serviceNames } from './service-roles.ts';
import { prepareSocketFolder } from './socket-folder.ts';

/** Where an instance's PostgreSQL lives. Every folder is absolute; `stateDir` exists. */
export interface EmbeddedPlace {
  /** Holds `postgres/` (the cluster) and `login/` (the passwords). */
  readonly stateDir: string;
  /** The socket folder; made when it is not there. */
  readonly runDir: string;
  /** PostgreSQL's own log; appended to. */
  readonly logFile: string;
  /** As root: the unprivileged account that PostgreSQL runs as. Its group is the one that all our processes share. */
  readonly account?: Account;
}

/** Options of {@link startEmbedded}. */
export interface EmbeddedOptions extends EmbeddedPlace {
  /** Where unreachable binaries are copied to as root; default /var/lib/see. */
  readonly systemStateDir?: string;
  /** Told in plain words what takes long. */
  readonly progress?: (message: string) => void;
}

/** A running PostgreSQL on our own cluster. */
export interface EmbeddedPostgres {
  readonly identity: ProcessIdentity;
  /** It ran already and was taken over. */
  readonly adopted: boolean;
  readonly cluster: string;
  readonly runDir: string;
  /** URL of the login that owns the database. Contains a password. */
  readonly ownerUrl: string;
  /** URL of the bootstrap superuser in database `see`: for tests that attack the database. Contains a password. */
  readonly superuserUrl: string;
  /** URL of one service's login. Contains a password. */
  serviceUrl(service: ServiceName): string;
  /** Whether exactly this PostgreSQL still runs. */
  isRunning(): boolean;
  /** Fast stop: open transactions are rolled back, everything committed is flushed. Throws `stop-failed` after three minutes. */
  stop(): Promise<void>;
}

/**
 * Starts or adopts the PostgreSQL of a state folder, makes the cluster, the database and the logins where they are missing, and proves that it is
 * durable (fsync, full page writes, page checksums). Needs the held folder lock, which is what keeps two starters apart.
 *
 * Nothing is ever deleted but files of a PostgreSQL that is proved dead, and no process is signalled. Errors: {@link EmbeddedError}.
 */
export async function startEmbedded(lock: FolderLock, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  if (!lock.held) throw new Error('the folder lock was released');
  const { stateDir, runDir, logFile, account } = options;
  if (account && !canReach(stateDir, account)) {
    throw new EmbeddedError(
      'state-unreachable',
      `PostgreSQL's account cannot reach ${stateDir}; choose a folder that others may pass through`,
    );
  }
  const found = locateBinaries();
  const binaries = account ? reachableBinaries(found, account, options.systemStateDir) : found;
  const cluster = await ensureCluster(stateDir, binaries, account);
  prepareSocketFolder(runDir, account);
  const progress = options.progress ?? ((): void => undefined);
  const { identity, adopted } = await launchPostgres({
    cluster,
    runDir,
    logFile,
    binaries,
    progress,
    ...(account && { account }),
  });
  const running = describe(options, identity, adopted);
  await prepareDatabase(running, stateDir);
  return running;
}

/** The PostgreSQL that runs on a state folder now, or undefined. Starts and changes nothing; needs no lock. */
export function findEmbedded(place: EmbeddedPlace): EmbeddedPostgres | undefined {
  const cluster = join(place.stateDir, CLUSTER);
  if (!existsSync(cluster)) return undefined;
  const identity = runningPostmaster(cluster);
  return identity && describe(place, identity, true);
}

function describe(place: EmbeddedPlace, identity: ProcessIdentity, adopted: boolean): EmbeddedPostgres {
  const cluster = join(place.stateDir, CLUSTER);
  // An adopted one may have been started when the socket folder was another one.
  const runDir = readPostmasterFile(cluster)?.socketDir || place.runDir;
  const url = (login: string): string => {
    const password = readLogin(place.stateDir, login);
    if (password === undefined) {
      throw new EmbeddedError(
        'login-missing',
        `the password file ${join(place.stateDir, 'login', login)} is missing; restore the folder "login" from a backup`,
      );
    }
    return socketUrl(runDir, login, password);
  };
  return {
    identity,
    adopted,
    cluster,
    runDir,
    get ownerUrl() {
      return url(OWNER);
    },
    get superuserUrl() {
      return url(SUPERUSER);
    },
    serviceUrl: (service) => url(serviceLogin(service)),
    isRunning: () => isRunning(identity),
    stop: () => stopPostgres(identity),
  };
}

/** The order matters: a password is durable in its file before the database knows it, so a crash in between is repaired by the next start. */
async function prepareDatabase(running: EmbeddedPostgres, stateDir: string): Promise<void> {
  const passwords = new Map<string, string>();
  for (const login of [OWNER, ...serviceNames.map(serviceLogin)]) {
    let password = readLogin(stateDir, login);
    if (password === undefined) {
      password = newPassword();
      writeLogin(stateDir, login, password);
    }
    passwords.set(login, password);
  }
  const client = new pg.Client({
    connectionString: running.superuserUrl.replace('@localhost/see?', '@localhost/postgres?'),
    application_name: 'see launcher',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const answer = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'data_checksums', 'synchronous_commit')`,
    );
    const off = answer.rows.filter((row) => row.setting !== 'on').map((row) => row.name);
    if (answer.rows.length !== 4 || off.length > 0) {
      throw new EmbeddedError(
        'not-durable',
        `PostgreSQL runs with ${off.join(', ')} off and could lose what was acknowledged; stop it and start again`,
      );
    }
    await ensureDatabase(client, passwords);
  } finally {
    await client.end();
  }
}

const FAST_STOP_MS = 90_000;
const IMMEDIATE_STOP_MS = 90_000;

async function stopPostgres(identity: ProcessIdentity): Promise<void> {
  signalProcess(identity, 'SIGINT');
  if (await waitForEnd(identity, FAST_STOP_MS)) return;
  // As safe as a power cut on a durable cluster: the next start recovers everything that was acknowledged.
  signalProcess(identity, 'SIGQUIT');
  if (await waitForEnd(identity, IMMEDIATE_STOP_MS)) return;
  throw new EmbeddedError('stop-failed', `PostgreSQL (pid ${identity.pid}) does not end; its log says why`);
}
