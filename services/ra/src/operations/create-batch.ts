import { setImmediate } from 'node:timers/promises';
import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { type BatchableOrder, countImportOrders, findImport, insertBatch, readBatchableOrders } from '@see/db/ra';
import { type BatchContent, BatchTree, MOST_IN_BATCH, readOrderContent, writeBatchContent } from '@see/domain';
import { Refusal } from '@see/http';
import { type Ra, seconds } from '../ra.ts';

/** Which orders are to be approved together: those of an import, those named, or all of the agency that can be. */
export interface BatchWish {
  readonly agencyId: string;
  readonly importId?: string;
  readonly orderIds?: readonly string[];
}

/** Orders read between turns of others. */
const TURN = 250;

/**
 * Puts orders of an agency that wait for approval into a batch, oldest first, at most 5,000. Nothing is decided by
 * that: the batch is what an operator may sign. Throws Refusal `wrong-state` when there is nothing to put together, when
 * a named order can not be in it, and while orders of the import wait for their codes.
 */
export async function createBatch(ra: Ra, by: AuditActor, wish: BatchWish): Promise<string> {
  const { agencyId, importId, orderIds } = wish;
  const source = importId === undefined ? undefined : await importOf(ra, importId, agencyId);
  const now = ra.now();
  const orders = await readBatchableOrders(ra.db, agencyId, wish, now, MOST_IN_BATCH);
  if (orders.length === 0) throw new Refusal('wrong-state', 'No order waits that could be approved in a batch.');
  if (orderIds) assertAll(orderIds, orders);
  const id = crypto.randomUUID();
  const { bytes, digest } = writeBatchContent({
    v: 1,
    instance: ra.instance,
    batchId: id,
    nonce: Buffer.from(ra.randomBytes(16)).toString('base64url'),
    createdAt: seconds(now),
    agencyId,
    ...(await commonOf(orders)),
    count: orders.length,
    root: new BatchTree(orders.map((order) => order.digest)).root,
    import: source?.digest.toHex() ?? null,
  });
  await withTransaction(ra.db, async (tx) => {
    await insertBatch(tx, {
      id,
      agencyId,
      importId: importId ?? null,
      content: bytes,
      digest,
      count: orders.length,
      createdBy: by.personId ?? 'unknown',
      orders: orders.map((order) => order.id),
    });
    await writeAudit(tx, [
      {
        kind: 'batch.create',
        outcome: 'success',
        actor: by,
        objectType: 'batch',
        objectId: id,
        detail: { agencyId, importId: importId ?? null, count: orders.length, digest: digest.toHex() },
      },
    ]);
  });
  return id;
}

/** The import, when it is the agency's, done, and every code of its orders is bound. */
async function importOf(ra: Ra, id: string, agencyId: string) {
  const found = await findImport(ra.db, id);
  if (!found || found.agencyId !== agencyId) throw new Refusal('not-found', 'The agency has no import with this id.');
  if (found.state !== 'done') throw new Refusal('wrong-state', 'The import is not done yet.');
  const { preparing, orders } = await countImportOrders(ra.db, id);
  if (preparing > 0) {
    throw new Refusal(
      'wrong-state',
      `${preparing} of ${orders} orders of the import wait for their codes. Try again.`,
      {
        headers: { 'retry-after': String(Math.min(600, Math.ceil(preparing / 5))) },
      },
    );
  }
  return found;
}

function assertAll(wanted: readonly string[], orders: readonly BatchableOrder[]): void {
  const found = new Set(orders.map((order) => order.id));
  const missing = [...new Set(wanted)].filter((id) => !found.has(id));
  if (missing.length === 0) return;
  throw new Refusal('wrong-state', `${missing.length} of the orders can not be approved in a batch of this agency.`, {
    violations: missing.slice(0, 100).map((id) => ({
      code: 'not-batchable',
      path: `orderIds ${id}`,
      message: 'it does not wait for approval, or is on the dual list, or is not of this agency',
    })),
  });
}

/** What the batch says of all of its orders: their profiles, and the largest quorum when that is more than one. */
async function commonOf(orders: readonly BatchableOrder[]): Promise<Pick<BatchContent, 'profiles' | 'quorum'>> {
  const profiles = new Set<string>();
  let most = 1;
  for (const [index, order] of orders.entries()) {
    if (index % TURN === TURN - 1) await setImmediate();
    const { items, quorum } = readOrderContent(order.content);
    for (const item of items) profiles.add(item.profileDigest);
    most = Math.max(most, quorum);
  }
  return { profiles: [...profiles].sort(), ...(most > 1 ? { quorum: most } : {}) };
}
