import { type AuditActor, notify, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  cancelWaitingRows,
  findLatestImport,
  type Import,
  type ImportState,
  lockImport,
  retryFailedRows,
  setImportState,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';

/** What people may do to an import that they confirmed. */
export type Steering = 'pause' | 'resume' | 'retry' | 'cancel';

/**
 * Steers an import. A pause takes effect after the rows of the transaction that runs, within a second; a resumed import
 * goes on where it was; a retry lets the failed rows wait again; a cancel gives up the rows that wait, and what is done
 * stays. Throws Refusal `wrong-state` when the import is not in a state for it.
 */
export async function steerImport(ra: Ra, by: AuditActor, found: Import, steering: Steering): Promise<void> {
  await withTransaction(ra.db, async (tx) => {
    const before = await lockImport(tx, found.id);
    if (!before || !(await turn(tx, found, before, steering))) {
      throw new Refusal('wrong-state', `The import is ${before ?? 'gone'}: there is nothing to ${steering}.`);
    }
    await writeAudit(tx, [
      {
        kind: `import.${steering}`,
        outcome: 'success',
        actor: by,
        objectType: 'import',
        objectId: found.id,
        detail: { agencyId: found.agencyId, before },
      },
    ]);
    await notify(tx, 'see_imports', 0);
  });
  ra.importRunner.wake();
}

/** False when there was nothing to do. */
async function turn(tx: Tx, found: Import, before: ImportState, steering: Steering): Promise<boolean> {
  switch (steering) {
    case 'pause':
      if (before !== 'running') return false;
      await setImportState(tx, found.id, 'paused');
      return true;
    case 'resume':
      if (before !== 'paused') return false;
      await setImportState(tx, found.id, 'running');
      return true;
    case 'retry':
      if (before === 'done') await assertNoneOpen(tx, found);
      if ((await retryFailedRows(tx, found.id)) === 0) return false;
      if (before === 'done') await setImportState(tx, found.id, 'running');
      return true;
    case 'cancel':
      if (before === 'done') return false;
      await cancelWaitingRows(tx, found.id, 'the import was cancelled before this row was done');
      await setImportState(tx, found.id, 'done');
      return true;
  }
}

async function assertNoneOpen(tx: Tx, found: Import): Promise<void> {
  const latest = await findLatestImport(tx, found.agencyId);
  if (!latest || latest.id === found.id || latest.state === 'done') return;
  throw new Refusal(
    'wrong-state',
    'Another import of this agency is not done yet. Wait for it, resume it or cancel it.',
    {
      extensions: { importId: latest.id },
    },
  );
}
