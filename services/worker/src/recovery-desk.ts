import { type Database, withTransaction, writeAudit } from '@see/db';
import {
  askForRecoveryLetter,
  type DueRecoveryNotice,
  endOverdueRecoveries,
  insertRecoveryNotice,
  readDueRecoveryNotices,
} from '@see/db/worker';

const BATCH = 100;

/** Ends the recoveries whose time is over, each with its audit event. */
export async function endLateRecoveries(db: Database, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    const ended = await withTransaction(db, async (tx) => {
      const over = await endOverdueRecoveries(tx, BATCH);
      await writeAudit(
        tx,
        over.map(({ id, event, before, after }) => ({
          kind: event === 'expire' ? 'recovery.expired' : 'recovery.closed',
          outcome: 'success',
          actor: { process: 'worker' },
          objectType: 'recovery',
          objectId: id,
          detail: { before, after },
        })),
      );
      return over.length;
    });
    if (ended < BATCH) return;
  }
}

/**
 * Asks for the letters that tell holders that the copy of their key was opened, once each. Whoever is not to be told, as
 * two agents signed it, is left out. Returns how many letters that were; the outbox sends them.
 */
export async function tellOfRecoveries(db: Database, closing: AbortSignal): Promise<number> {
  let asked = 0;
  for (const notice of await readDueRecoveryNotices(db, BATCH)) {
    if (closing.aborted) break;
    if (await ask(db, notice)) asked += 1;
  }
  return asked;
}

async function ask(db: Database, notice: DueRecoveryNotice): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    if (!(await insertRecoveryNotice(tx, notice))) return false;
    await askForRecoveryLetter(tx, notice);
    await writeAudit(tx, [
      {
        kind: 'notice.due',
        outcome: 'success',
        actor: { process: 'worker' },
        objectType: 'recovery',
        objectId: notice.recoveryId,
        detail: { recipient: notice.recipient },
      },
    ]);
    return true;
  });
}
