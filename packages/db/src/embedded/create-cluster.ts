import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { type Account, fsyncFolder, handOverTree, writeFileDurable } from './durable-file.ts';
import { EmbeddedError } from './embedded-error.ts';
import { borrowAccount } from './initdb-account.ts';
import { newPassword, writeLogin } from './login-file.ts';

/** The bootstrap superuser. Only the launcher uses it; it owns nothing of ours. */
export const SUPERUSER = 'postgres';

/** Name of the cluster's folder inside the state folder. */
export const CLUSTER = 'postgres';

const STAGING = 'postgres.new-';

/**
 * Makes sure that a cluster stands in `stateDir`/postgres: UTF-8, C locale, page checksums, scram passwords only. It is built aside, flushed and
 * renamed, so a killed initdb leaves nothing that is ever used. The superuser's password is durable before the cluster appears.
 *
 * The caller holds the folder lock. An existing folder is only looked at: throws `cluster-foreign` or `cluster-version` and deletes nothing.
 */
export async function ensureCluster(stateDir: string, binaries: Binaries, account?: Account): Promise<string> {
  const cluster = join(stateDir, CLUSTER);
  for (const name of readdirSync(stateDir)) {
    if (name.startsWith(STAGING)) rmSync(join(stateDir, name), { recursive: true, force: true, maxRetries: 3 });
  }
  if (existsSync(cluster)) checkCluster(cluster, binaries, account);
  else await createCluster(stateDir, cluster, binaries, account);
  return cluster;
}

function checkCluster(cluster: string, binaries: Binaries, account?: Account): void {
  const found = statSync(cluster);
  const owner = account?.uid ?? process.getuid?.();
  if (
    !found.isDirectory() ||
    !existsSync(join(cluster, 'PG_VERSION')) ||
    !existsSync(join(cluster, 'global', 'pg_control'))
  ) {
    throw new EmbeddedError(
      'cluster-foreign',
      `${cluster} stands where the database belongs and is no PostgreSQL cluster; look at it and move it away, or restore a backup`,
    );
  }
  if (owner !== undefined && found.uid !== owner) {
    throw new EmbeddedError(
      'cluster-foreign',
      `${cluster} belongs to user id ${found.uid}, but PostgreSQL would run as ${owner}; start the instance as the user who made it`,
    );
  }
  const major = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (major !== binaries.major) {
    throw new EmbeddedError(
      'cluster-version',
      `${cluster} was made by PostgreSQL ${major}, this is ${binaries.major}; restore a backup into a new data folder`,
    );
  }
}

async function createCluster(stateDir: string, cluster: string, binaries: Binaries, account?: Account): Promise<void> {
  const staging = join(stateDir, `${STAGING}${randomBytes(6).toString('hex')}`);
  const builder = account ? borrowAccount(account.gid) : undefined;
  if (account && !builder) throw new EmbeddedError('cluster-failed', 'no unprivileged account found in /etc/passwd');
  const password = newPassword();
  mkdirSync(staging, { mode: 0o700 });
  try {
    if (builder) chownSync(staging, builder.uid, builder.gid);
    const passwordFile = join(staging, 'password');
    writeFileDurable(passwordFile, `${password}\n`, { mode: 0o600, ...(builder && { owner: builder }) });
    const data = join(staging, 'data');
    await runInitdb(binaries, data, passwordFile, builder);
    // The hand-over below flushes every file itself, with its final owner.
    if (account) handOverTree(data, account);
    writeLogin(stateDir, SUPERUSER, password);
    renameSync(data, cluster);
    fsyncFolder(stateDir);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function runInitdb(binaries: Binaries, data: string, passwordFile: string, builder?: Account): Promise<void> {
  const options = [
    `--pgdata=${data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
    ...(builder ? ['--no-sync'] : []),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.initdb, options, {
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(builder && { uid: builder.uid, gid: builder.gid }),
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (cause) => reject(new EmbeddedError('cluster-failed', 'initdb could not be run', { cause })));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new EmbeddedError('cluster-failed', `initdb failed (${signal ?? code}): ${output.trim()}`));
    });
  });
}
