import {
  FolderLock,
  findEmbedded,
  findInstanceHolder,
  isRunning,
  type ProcessIdentity,
  signalProcess,
  waitForEnd,
} from '@see/db';
import {
  type Configuration,
  findLayout,
  type Layout,
  LayoutError,
  readProcessRecord,
  removeProcessRecord,
} from '@see/process';
import { findInstanceDatabase } from './instance-database.ts';

const DRAIN_MS = 240_000;
const LEFTOVER_MS = 15_000;

/**
 * Stops the instance of a data folder and returns when everything is down: an orderly drain when its supervisor lives, else whatever a kill -9 left: services,
 * then PostgreSQL. Only processes that are proved to be ours are signalled. True when anything ran.
 */
export async function stopInstance(configuration: Configuration, say: (message: string) => void): Promise<boolean> {
  let layout: Layout;
  try {
    layout = findLayout(configuration.dataDir);
  } catch (error) {
    if (error instanceof LayoutError && error.code === 'data-folder-missing') return false;
    throw error;
  }
  const supervisor = await findSupervisor(layout, configuration);
  if (supervisor) {
    say(`Stopping (pid ${supervisor.pid})`);
    signalProcess(supervisor, 'SIGTERM');
    if (!(await waitForEnd(supervisor, DRAIN_MS))) {
      throw new Error(
        `the supervisor (pid ${supervisor.pid}) does not end; its services' logs in ${layout.logsDir} say why`,
      );
    }
  }
  return (await stopRemains(layout, say)) || supervisor !== undefined;
}

/** The living supervisor: named by the lock in the database, or, while the database is away, by the record beside it. */
export async function findSupervisor(
  layout: Layout,
  configuration: Configuration,
): Promise<ProcessIdentity | undefined> {
  const database = findInstanceDatabase(layout, configuration);
  const holder = database && (await findInstanceHolder(database.ownerUrl, database.lockKey).catch(() => undefined));
  if (holder && isRunning(holder)) return { pid: holder.pid, started: holder.started };
  const record = readProcessRecord(layout);
  return record?.supervisorRuns ? record.supervisor : undefined;
}

/** Ends what outlived its supervisor. Throws when another process holds the folder, as when it is being started this very moment. */
export async function stopRemains(layout: Layout, say: (message: string) => void): Promise<boolean> {
  const embedded = findEmbedded(layout.database);
  const record = readProcessRecord(layout);
  if (!embedded && !record) return false;
  const lock = await FolderLock.wait(layout.lockFile, 10_000);
  if (!lock) throw new Error('the instance is being started by another process; try again');
  try {
    await endLeftoverServices(Object.values(record?.services ?? {}), say);
    const living = findEmbedded(layout.database);
    if (living) {
      say(`Stopping PostgreSQL (pid ${living.identity.pid})`);
      await living.stop();
    }
    removeProcessRecord(layout);
    return true;
  } finally {
    lock.release();
  }
}

/** Services end by themselves when their supervisor is gone; they get the time to, then a signal, at last a SIGKILL. */
export async function endLeftoverServices(
  services: readonly ProcessIdentity[],
  say: (message: string) => void,
): Promise<void> {
  await Promise.all(
    services.map(async (service) => {
      if (await waitForEnd(service, LEFTOVER_MS)) return;
      say(`A service of an earlier start (pid ${service.pid}) still runs and is ended`);
      signalProcess(service, 'SIGTERM');
      if (await waitForEnd(service, LEFTOVER_MS)) return;
      signalProcess(service, 'SIGKILL');
      if (!(await waitForEnd(service, LEFTOVER_MS))) throw new Error(`process ${service.pid} does not end`);
    }),
  );
}
