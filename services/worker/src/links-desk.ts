import { type Database, withTransaction, writeAudit } from '@see/db';
import { askForLinks } from '@see/db/worker';

/** Seconds after which links are sent although other orders of the sponsor still wait to be opened. */
const PATIENCE = 600;

/**
 * Asks for the letters with the links of orders that were approved in batches, one a sponsor and not one an order. Returns how
 * many letters that were; the outbox sends them.
 */
export async function tellOfLinks(db: Database): Promise<number> {
  return withTransaction(db, async (tx) => {
    const asked = await askForLinks(tx, PATIENCE);
    await writeAudit(
      tx,
      asked.map(({ mailId, orderIds }) => ({
        kind: 'mail.asked',
        outcome: 'success',
        actor: { process: 'worker' },
        objectType: 'mail',
        objectId: mailId,
        detail: { template: 'links', orders: orderIds.length },
      })),
    );
    return asked.length;
  });
}
