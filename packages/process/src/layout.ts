import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  type Account,
  canReach,
  type EmbeddedPlace,
  ensurePassable,
  FolderLock,
  findEmbedded,
  fsyncFolder,
  isShortEnough,
  type ServiceName,
  SYSTEM_STATE_DIR,
  serviceNames,
  writeFileDurable,
} from '@see/db/embedded';
import { accountOf, allAccounts, hasSeparateAccounts } from './accounts.ts';
import { readInstance, restoreInstance } from './instance.ts';

/** Where everything of one instance lies. Every path is absolute. */
export interface Layout {
  /** What the operator named; public facts, evaluation keys, logs. */
  readonly dataDir: string;
  /** The database, the logins and each process's own folder: the data folder, or one under /var/lib/see when the processes cannot reach that. */
  readonly stateDir: string;
  readonly logsDir: string;
  /** Passphrases and keys of the evaluation preset, 0700. */
  readonly evaluationDir: string;
  /** Mail that the evaluation preset writes instead of sending. */
  readonly outboxDir: string;
  /** Held by the process that supervises or prepares this instance. */
  readonly lockFile: string;
  /** What runs, for `see status` and `see stop`; a hint, every pid in it is verified. */
  readonly processesFile: string;
  /** Where PostgreSQL lives. */
  readonly database: EmbeddedPlace;
}

/** The layout is damaged or another user's. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
  readonly code: 'data-folder-missing' | 'state-folder-missing' | 'state-folder-foreign' | 'state-folder-busy';

  constructor(code: LayoutError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Where a service keeps what only it may read. */
export function serviceStateDir(layout: Layout, service: ServiceName): string {
  return join(layout.stateDir, service);
}

/** Where the evaluation preset keeps a service's passphrase; `see up` passes it on unless SEE_<SERVICE>_PASSPHRASE_FILE names another. */
export function evaluationPassphraseFile(layout: Layout, service: ServiceName): string {
  return join(layout.evaluationDir, `${service}.passphrase`);
}

/** The layout of an existing data folder. Changes nothing. Throws {@link LayoutError} `data-folder-missing`. */
export function findLayout(dataDir: string): Layout {
  if (!existsSync(dataDir)) throw new LayoutError('data-folder-missing', `there is no folder ${dataDir}`);
  const real = realpathSync(dataDir);
  return describe(real, chooseStateDir(real));
}

/**
 * Makes the folders of an instance where they are missing, each for its own account, and returns the layout. As root, a state folder left under /var/lib/see by
 * a data folder of the same name that was deleted is renamed, never removed; `say` tells where to.
 */
export async function prepareLayout(
  dataDir: string,
  say: (message: string) => void = (): void => undefined,
): Promise<Layout> {
  const separate = hasSeparateAccounts();
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true, mode: separate ? 0o711 : 0o700 });
  const layout = findLayout(dataDir);
  const { stateDir } = layout;
  const apart = stateDir !== layout.dataDir;
  if (apart) await claimStateDir(layout, say);
  if (!existsSync(stateDir))
    throw new LayoutError('state-folder-missing', `the state folder ${stateDir} is gone; restore it from a backup`);
  assertOurs(layout);
  if (restoreInstance(layout.dataDir, stateDir))
    say(`instance.json was missing in ${layout.dataDir} and was restored from its copy`);
  folder(layout.logsDir, 0o700);
  folder(join(stateDir, 'login'), 0o700);
  folder(join(stateDir, 'root'), 0o700);
  for (const service of serviceNames) {
    folder(serviceStateDir(layout, service), 0o700, separate ? accountOf(service) : undefined);
  }
  folder(join(stateDir, 'outbox'), 0o700, separate ? accountOf('worker') : undefined);
  if (apart && !lstatSync(layout.outboxDir, { throwIfNoEntry: false }))
    symlinkSync(join(stateDir, 'outbox'), layout.outboxDir);
  return layout;
}

/** An instance is run by the user who made it: anyone else could neither read its files nor keep their owners. */
function assertOurs({ dataDir, stateDir }: Layout): void {
  const expected = hasSeparateAccounts() ? accountOf('postgres').uid : process.getuid?.();
  const cluster = statSync(join(stateDir, 'postgres'), { throwIfNoEntry: false });
  const owner = cluster?.uid ?? (hasSeparateAccounts() ? expected : statSync(dataDir).uid);
  if (owner === expected) return;
  const maker = owner === 0 || owner === accountOf('postgres').uid ? 'root' : `user id ${owner}`;
  throw new LayoutError(
    'state-folder-foreign',
    `the instance in ${dataDir} belongs to ${maker}; run this command as that user`,
  );
}

function describe(dataDir: string, stateDir: string): Layout {
  const near = join(stateDir, 'run');
  const short = createHash('sha256').update(stateDir).digest('hex').slice(0, 12);
  const far = hasSeparateAccounts() ? join(SYSTEM_STATE_DIR, `run-${short}`) : `/tmp/see-${short}`;
  return {
    dataDir,
    stateDir,
    logsDir: join(dataDir, 'logs'),
    evaluationDir: join(dataDir, 'evaluation'),
    outboxDir: join(dataDir, 'outbox'),
    lockFile: join(stateDir, 'supervisor.lock'),
    processesFile: join(stateDir, 'processes.json'),
    database: {
      stateDir,
      runDir: isShortEnough(near) ? near : far,
      logFile: join(dataDir, 'logs', 'postgres.log'),
      ...(hasSeparateAccounts() && { account: accountOf('postgres') }),
    },
  };
}

function chooseStateDir(dataDir: string): string {
  if (existsSync(join(dataDir, 'postgres')) || !hasSeparateAccounts()) {
    const recorded = readInstance(dataDir)?.stateDir;
    if (!hasSeparateAccounts() && recorded?.startsWith(`${SYSTEM_STATE_DIR}/`)) {
      throw new LayoutError(
        'state-folder-foreign',
        `this instance was made by root and lives in ${recorded}; run this command as root`,
      );
    }
    return dataDir;
  }
  const recorded = readInstance(dataDir)?.stateDir;
  if (recorded !== undefined && existsSync(recorded)) return recorded;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const apart = join(SYSTEM_STATE_DIR, name);
  if (recorded === undefined && existsSync(join(dataDir, MARK))) return apart;
  return allAccounts().every((account) => canReach(dataDir, account)) ? dataDir : apart;
}

/** Both folders carry the same random mark, so that a new data folder never meets the database of a deleted one with the same path. */
const MARK = '.state';

async function claimStateDir(layout: Layout, say: (message: string) => void): Promise<void> {
  const { dataDir, stateDir } = layout;
  const here = readMark(dataDir);
  const there = readMark(stateDir);
  if (here !== undefined && here === there) return;
  if (readInstance(dataDir)) {
    throw new LayoutError(
      'state-folder-missing',
      `${stateDir} does not belong to the instance in ${dataDir}; restore both from one backup`,
    );
  }
  if (existsSync(stateDir)) {
    const lock = FolderLock.take(layout.lockFile);
    if (!lock) {
      throw new LayoutError(
        'state-folder-busy',
        `an instance whose data folder was deleted still runs in ${stateDir}; run "see stop" first`,
      );
    }
    await findEmbedded(layout.database)?.stop();
    lock.release();
    const aside = `${stateDir}.${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`;
    renameSync(stateDir, aside);
    say(`The database of an earlier instance whose data folder was deleted is kept in ${aside}`);
  }
  ensurePassable(SYSTEM_STATE_DIR);
  mkdirSync(stateDir, { mode: 0o711 });
  const mark = randomBytes(16).toString('hex');
  writeFileDurable(join(dataDir, MARK), mark, { mode: 0o600 });
  writeFileDurable(join(stateDir, MARK), mark, { mode: 0o600 });
  fsyncFolder(SYSTEM_STATE_DIR);
}

function readMark(path: string): string | undefined {
  try {
    return readFileSync(join(path, MARK), 'utf8');
  } catch {
    return undefined;
  }
}

function folder(path: string, mode: number, owner?: Account): void {
  mkdirSync(path, { recursive: true, mode });
  const found = lstatSync(path);
  if (!found.isDirectory()) throw new LayoutError('state-folder-foreign', `${path} must be a folder`);
  if (owner && (found.uid !== owner.uid || found.gid !== owner.gid)) chownSync(path, owner.uid, owner.gid);
  if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode);
}
