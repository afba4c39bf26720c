import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderLock, migrate, renderSchema, startEmbedded } from '@see/db';

/**
 * Migrates an empty database in a temporary folder and writes the row types of what came out to packages/db/src/schema.gen.ts.
 * `--check` writes nothing and fails when the file differs.
 */
const target = join(import.meta.dirname, '../../packages/db/src/schema.gen.ts');
const source = await renderMigrated();
const present = readFileSync(target, 'utf8');
if (source === present) {
  console.log('schema.gen.ts matches the migrations');
} else if (process.argv.includes('--check')) {
  console.error('schema.gen.ts differs from the migrated schema; run: node scripts/src/generate-schema.ts');
  process.exitCode = 1;
} else {
  writeFileSync(target, source);
  console.log('schema.gen.ts written');
}

async function renderMigrated(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'see-schema-'));
  chmodSync(folder, 0o711);
  const lock = FolderLock.take(join(folder, 'lock'));
  if (!lock) throw new Error('a new folder cannot be locked by another');
  const account = process.getuid?.() === 0 ? { uid: 64_101, gid: 64_100 } : undefined;
  try {
    const database = await startEmbedded(lock, {
      stateDir: folder,
      runDir: join(folder, 'run'),
      logFile: join(folder, 'postgres.log'),
      ...(account && { account }),
    });
    try {
      await migrate(database.ownerUrl);
      return await renderSchema(database.ownerUrl);
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
    rmSync(folder, { recursive: true, force: true });
  }
}
