import { existsSync } from 'node:fs';
import { FolderLock, findInstanceHolder } from '@see/db';
import {
  type Configuration,
  hasSeparateAccounts,
  type Instance,
  type Layout,
  prepareLayout,
  readInstance,
  readProcessRecord,
} from '@see/process';
import { assertPortsFree } from './free-ports.ts';
import { findInstanceDatabase, type InstanceDatabase, migrateInstance } from './instance-database.ts';
import { collectPassphrases } from './passphrases.ts';
import { watchStarter } from './starter-watch.ts';
import { endLeftoverServices, stopInstance } from './stop.ts';
import { AlreadyRunningError, type ServiceEntry, Supervisor } from './supervisor.ts';

/** Makes an instance on a migrated, empty database. */
export type Initialise = (
  layout: Layout,
  database: InstanceDatabase,
  configuration: Configuration,
  say: (message: string) => void,
) => Promise<void>;

/**
 * Looks after the TLS doors of a running instance as far as this command may: those of an evaluation instance get their
 * certificate by themselves. Tells in words how they stand; never throws.
 */
export type TendDoors = (instance: Instance, layout: Layout) => Promise<string>;

/** What {@link up} is told. */
export interface UpOptions {
  readonly configuration: Configuration;
  readonly services: readonly ServiceEntry[];
  readonly say: (message: string) => void;
  /** Makes the instance on a migrated, empty database when the data folder has none. Without it such a folder is refused. */
  readonly initialise?: Initialise;
  /** Called when all services are ready, before that is said. */
  readonly tendDoors?: TendDoors;
  /** Aborted to drain and end. */
  readonly stop: AbortSignal;
}

/** There is no instance in the data folder and none is to be made. */
export class NoInstanceError extends Error {
  override readonly name = 'NoInstanceError';
  readonly code = 'no-instance';
}

const DRAIN_PATIENCE_MS = 180_000;

/**
 * Runs the instance of a data folder until told to stop, and drains it. Throws {@link AlreadyRunningError} when it runs already, {@link NoInstanceError}, or what kept it from
 * starting; then everything that was started has been stopped again.
 */
export async function up(options: UpOptions): Promise<void> {
  const { configuration, say, stop } = options;
  const began = performance.now();
  const none = `there is no instance in ${configuration.dataDir}; "see start" makes one for evaluation, "see init" makes one for production`;
  if (!options.initialise && !existsSync(configuration.dataDir)) throw new NoInstanceError(none);
  const layout = await prepareLayout(configuration.dataDir, say);
  if (!options.initialise && !readInstance(layout.dataDir)) throw new NoInstanceError(none);
  const folderLock = await takeFolder(layout, configuration, say);
  // Read before the supervisor replaces it: services of a killed supervisor may still be closing and hold their ports.
  const before = readProcessRecord(layout);
  const supervisor = new Supervisor({ ...options, layout, folderLock });
  const stopWatching = watchStarter(() => {
    say('Whoever started this instance is gone; it goes on. "see stop" ends it');
    void supervisor.markOrphaned();
  });
  try {
    const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
    const run = async (): Promise<void> => {
      const database = await supervisor.openDatabase();
      await migrateInstance(database, say);
      if (!readInstance(layout.dataDir) && !stop.aborted)
        await options.initialise?.(layout, database, configuration, say);
      const found = readInstance(layout.dataDir);
      if (!found || stop.aborted) return;
      const instance = { ...found, ports: { ...found.ports, ...configuration.givenPorts } };
      await endLeftoverServices(Object.values(before?.services ?? {}), say);
      const names = options.services.map(({ name }) => name);
      await assertPortsFree(instance, names);
      const passphrases = await collectPassphrases(instance, layout, configuration, names);
      if (stop.aborted) return;
      await supervisor.startServices(instance, passphrases);
      const doors = await options.tendDoors?.(instance, layout);
      announce(instance, layout, database, options.services, performance.now() - began, say);
      if (doors !== undefined) say(`  ${'TLS'.padEnd(18)} ${doors}`);
      await Promise.race([stopped, supervisor.fatal]);
    };
    // A stop during the start ends it at the next step; services that are starting are ended by the drain.
    const running = run();
    await Promise.race([running, stopped]);
    if (stop.aborted) say('Stopping: no new work, what is under way is finished');
    await supervisor.stop();
    await running.catch((error: unknown) => {
      if (!stop.aborted) throw error;
    });
    if (stop.aborted) say('Stopped');
  } finally {
    stopWatching();
    await supervisor.stop();
  }
}

/** The folder's lock; a supervisor that is just ending is waited for, one whose starter was killed is replaced, any other is left alone. */
async function takeFolder(
  layout: Layout,
  configuration: Configuration,
  say: (message: string) => void,
): Promise<FolderLock> {
  const free = FolderLock.take(layout.lockFile);
  if (free) return free;
  const database = findInstanceDatabase(layout, configuration);
  const holder = database && (await findInstanceHolder(database.ownerUrl, database.lockKey).catch(() => undefined));
  const record = readProcessRecord(layout);
  if (record?.supervisorRuns && record.phase === 'stopping') {
    say(`The running instance (pid ${record.supervisor.pid}) is stopping; waiting for it`);
  } else if (holder?.orphaned) {
    say(`The running instance (pid ${holder.pid}) has lost whoever started it; it is stopped and started anew`);
    await stopInstance(configuration, say);
  } else {
    const since = holder?.since ?? record?.supervisor.since;
    const pid = holder?.pid ?? record?.supervisor.pid;
    throw new AlreadyRunningError(
      `already running${since === undefined ? '' : `, since ${since}, pid ${pid}`}; "see status" tells more, "see stop" ends it`,
    );
  }
  const lock = await FolderLock.wait(layout.lockFile, DRAIN_PATIENCE_MS);
  if (!lock) throw new AlreadyRunningError('the running instance does not end');
  return lock;
}

function announce(
  instance: Instance,
  layout: Layout,
  database: InstanceDatabase,
  services: readonly ServiceEntry[],
  elapsedMs: number,
  say: (message: string) => void,
): void {
  const started = `SEE PKI is up after ${(elapsedMs / 1000).toFixed(1)} s: ${services.map(({ name }) => name).join(', ')}`;
  const urls = SERVED.map((face) => `  ${FACE_NAMES[face].padEnd(18)} ${instance.urls[face]}`);
  const place = [
    `  ${'root certificate'.padEnd(18)} ${instance.rootFingerprint}`,
    `  ${'data folder'.padEnd(18)} ${layout.dataDir}`,
    ...(layout.stateDir === layout.dataDir ? [] : [`  ${'state folder'.padEnd(18)} ${layout.stateDir}`]),
    `  ${'database'.padEnd(18)} ${database.kind === 'embedded' ? `PostgreSQL of our own, ${database.embedded?.adopted ? 'adopted' : 'started'}` : 'external PostgreSQL'}`,
    ...(hasSeparateAccounts()
      ? []
      : [
          '  All processes run as one user: the signer is safe from attacks through SQL and HTTP, not from this user ("see doctor").',
        ]),
  ];
  for (const line of [started, ...urls, ...place]) say(line);
}

const SERVED = ['va', 'portal', 'desk', 'tls', 'mtls'] as const;

const FACE_NAMES = {
  va: 'validation',
  portal: 'portal, console',
  desk: 'approval desk',
  tls: 'portal by TLS',
  mtls: 'by certificate',
} as const;
