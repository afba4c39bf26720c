import { FolderLock } from '@see/db';
import { type Configuration, prepareLayout } from '@see/process';
import { findInstanceDatabase, migrateInstance, openInstanceDatabase } from './instance-database.ts';

/**
 * Brings the schema forward: on the running database, or on one that is started for this and stopped again. Returns the names applied. Services of the version before
 * keep working, because each migration is one that they can live with.
 */
export async function migrateDatabase(configuration: Configuration, say: (message: string) => void): Promise<string[]> {
  const layout = await prepareLayout(configuration.dataDir, say);
  const running = findInstanceDatabase(layout, configuration);
  if (running) return migrateInstance(running, say);
  const lock = FolderLock.take(layout.lockFile);
  if (!lock) throw new Error('the instance is being started or stopped by another process; try again');
  try {
    const database = await openInstanceDatabase(lock, layout, configuration, say);
    try {
      return await migrateInstance(database, say);
    } finally {
      await database.embedded?.stop();
    }
  } finally {
    lock.release();
  }
}
