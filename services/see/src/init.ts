import { FolderLock } from '@see/db';
import { type Configuration, type Instance, type Layout, prepareLayout, readInstance } from '@see/process';
import { type InstanceDatabase, migrateInstance, openInstanceDatabase } from './instance-database.ts';

/** There is an instance in the data folder already. */
export class InstanceExistsError extends Error {
  override readonly name = 'InstanceExistsError';
  readonly code = 'instance-exists';
}

/** Makes an instance and stops the database again, so that nothing runs afterwards. Throws {@link InstanceExistsError}. */
export async function makeInstance(
  configuration: Configuration,
  initialise: (layout: Layout, database: InstanceDatabase) => Promise<Instance>,
  say: (message: string) => void,
): Promise<Instance> {
  const layout = await prepareLayout(configuration.dataDir, say);
  if (readInstance(layout.dataDir)) {
    throw new InstanceExistsError(`there is an instance in ${layout.dataDir} already; an instance is made once`);
  }
  const lock = FolderLock.take(layout.lockFile);
  if (!lock) throw new Error('the data folder is in use by another process');
  try {
    const database = await openInstanceDatabase(lock, layout, configuration, say);
    try {
      await migrateInstance(database, say);
      return await initialise(layout, database);
    } finally {
      await database.embedded?.stop();
    }
  } finally {
    lock.release();
  }
}
