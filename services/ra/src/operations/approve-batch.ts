import { setImmediate } from 'node:timers/promises';
import { type AuditActor, type Tx, withTransaction, writeAudit } from '@see/db';
import { type Batch, type BatchOrder, lockBatchOrders, readApprovals } from '@see/db/ra';
import {
  type BatchContent,
  BatchTree,
  batchDigest,
  batchMemberFault,
  credentialSignatureFault,
  type Refusal as Fault,
  type OrderContent,
  operatorCredential,
  type PersonId,
  partyFault,
  readBatchContent,
  readOrderContent,
  type SignedBy,
} from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';
import { refusedFor, violationOf } from '../refusal.ts';
import { type ApprovalToRecord, recordApprovals } from './record-approval.ts';
import { staleRecords } from './records/stale-records.ts';

/** Orders looked at between turns of others. */
const TURN = 250;

/** What became of a batch's orders: to how many the approval was given, how many of these wait for another person's, and why others were left. */
export interface BatchApproval {
  readonly approved: number;
  readonly waiting: number;
  readonly left: readonly { readonly orderId: string; readonly code: string; readonly message: string }[];
}

/**
 * Takes an approval of a batch: the signature is verified once, persons and states order by order; orders that this
 * operator may not approve, or that no longer wait, are left and said. All that are approved are so in one transaction.
 * The signer verifies each of them again by itself.
 */
export async function approveBatch(ra: Ra, by: AuditActor, batch: Batch, approval: SignedBy): Promise<BatchApproval> {
  const { current } = ra.authority;
  const credential = operatorCredential(current, approval.credentialId);
  if ('code' in credential) throw refusedFor('signature-refused', [credential]);
  const content = readBatchContent(batch.content);
  const fault = await credentialSignatureFault(current, credential, batchDigest(batch.content), approval.signature);
  if (fault) {
    const message = `the approval's signature does not hold (${fault})`;
    throw refusedFor('signature-refused', [{ code: 'bad-approval', message, source: 'design 3' }]);
  }
  const { personId, credentialId } = credential;
  const lock = await ra.reviews.lockOf({ personId, role: 'operator' }, ra.now());
  if (lock) throw lock;
  return withTransaction(ra.db, async (tx) => {
    const orders = await lockBatchOrders(tx, batch.id);
    const tree = treeOf(content, orders);
    const at = ra.now();
    const left: BatchApproval['left'][number][] = [];
    const given: ApprovalToRecord[] = [];
    const before = await approvedBy(tx, orders, personId);
    const contents = await contentsOf(orders);
    const stale = await staleRecords(ra, tx, [...contents.values()]);
    for (const [index, [order, orderContent]] of [...contents].entries()) {
      if (index % TURN === TURN - 1) await setImmediate();
      const reason =
        stateFault(order, at) ??
        (before.has(order.id) ? APPROVED : memberFault(content, order, orderContent, personId)) ??
        stale.get(order.id);
      if (reason) {
        left.push({ orderId: order.id, code: reason.code, message: reason.message });
        continue;
      }
      const signature = tree.signatureFor(order.leaf, batch.content, approval.signature);
      given.push({
        approval: { orderId: order.id, orderDigest: order.digest, credentialId, personId, signature, at },
        content: orderContent,
        by,
      });
    }
    if (given.length === 0) throw nothingLeft(left);
    const recorded = await recordApprovals(tx, ra, given);
    const waiting = recorded.filter(({ state }) => state === 'pending').length;
    await writeAudit(tx, [
      {
        kind: 'batch.approve',
        outcome: 'success',
        actor: { ...by, personId, role: 'operator' },
        objectType: 'batch',
        objectId: batch.id,
        detail: { credentialId, digest: batch.digest.toHex(), approved: given.length, waiting, left: left.length },
      },
    ]);
    return { approved: given.length, waiting, left };
  });
}

/** What each order says, read in turns with what others ask of this process. */
async function contentsOf(orders: readonly BatchOrder[]): Promise<ReadonlyMap<BatchOrder, OrderContent>> {
  const contents = new Map<BatchOrder, OrderContent>();
  for (const [index, order] of orders.entries()) {
    if (index % TURN === TURN - 1) await setImmediate();
    contents.set(order, readOrderContent(order.content));
  }
  return contents;
}

/** The tree over the orders as they are stored; it has to be the one that the batch names. */
function treeOf(content: BatchContent, orders: readonly BatchOrder[]): BatchTree {
  const tree = new BatchTree(orders.map((order) => order.digest));
  if (orders.length !== content.count || tree.root !== content.root)
    throw new Error(`the orders of batch ${content.batchId} are not those of its tree`);
  return tree;
}

const APPROVED: Fault = { code: 'approved-already', message: 'you have approved this order already' };

/** Orders that wait although this person has approved them, by a batch or alone: others have to. */
async function approvedBy(tx: Tx, orders: readonly BatchOrder[], personId: PersonId): Promise<ReadonlySet<string>> {
  const pending = orders.filter(({ state }) => state === 'pending').map(({ id }) => id);
  const found = await readApprovals(tx, pending);
  return new Set(pending.filter((id) => found.get(id)?.some((approval) => approval.personId === personId)));
}

function stateFault(order: BatchOrder, now: Date): Fault | undefined {
  if (order.state !== 'pending') return { code: 'wrong-state', message: `the order is ${order.state}` };
  if (order.approveBefore <= now) return { code: 'approval-lapsed', message: 'the time for approving it is over' };
  return undefined;
}

function memberFault(
  batch: BatchContent,
  order: BatchOrder,
  content: ReturnType<typeof readOrderContent>,
  personId: PersonId,
): Fault | undefined {
  if (order.createdBy === personId) return { code: 'own-order', message: 'you entered this order yourself' };
  return batchMemberFault(batch, content) ?? partyFault(content, personId);
}

function nothingLeft(left: BatchApproval['left']): Refusal {
  const violations = left.slice(0, 100).map((one) => violationOf({ ...one, path: one.orderId }));
  if (left.some(({ code }) => code === APPROVED.code)) {
    const message = 'You have approved this batch already. What still waits needs the approval of somebody else.';
    return new Refusal('already-exists', message, { violations });
  }
  const party = left.some(({ code }) => code === 'own-order');
  const message = party
    ? 'You are a party to every order of the batch that waits. Somebody else has to approve it.'
    : 'No order of the batch waits for this approval. Make another batch of those that do.';
  return new Refusal(party ? 'party-to-order' : 'wrong-state', message, {
    violations,
  });
}
