import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, FolderLock, startEmbedded } from '@see/db';
import { accountOf, hasSeparateAccounts } from '@see/process';
import { query } from './query.ts';

/** A PostgreSQL of its own in a temporary folder, without any process of ours. */
export interface TestDatabase {
  readonly postgres: EmbeddedPostgres;
  readonly stateDir: string;
  /** The owner's URL of a new, empty database. */
  newDatabase(): Promise<string>;
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts one; takes about a second. Call `remove()` in `afterAll`. */
export async function startDatabase(): Promise<TestDatabase> {
  const stateDir = mkdtempSync(join(tmpdir(), 'see-db-'));
  if (hasSeparateAccounts()) chmodSync(stateDir, 0o711);
  const lock = FolderLock.take(join(stateDir, 'lock'));
  if (!lock) throw new Error('a new folder cannot be locked by another');
  const start = (): Promise<EmbeddedPostgres> =>
    startEmbedded(lock, {
      stateDir,
      runDir: join(stateDir, 'run'),
      logFile: join(stateDir, 'postgres.log'),
      ...(hasSeparateAccounts() && { account: accountOf('postgres') }),
    });
  let postgres = await start();
  return {
    get postgres() {
      return postgres;
    },
    stateDir,
    newDatabase: async () => {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await query(
        postgres.superuserUrl,
        `create database ${name} owner see_owner encoding 'UTF8' locale 'C' template template0`,
      );
      return postgres.ownerUrl.replace('/see?', `/${name}?`);
    },
    restart: async () => {
      await postgres.stop();
      postgres = await start();
    },
    remove: async () => {
      await postgres.stop();
      lock.release();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
