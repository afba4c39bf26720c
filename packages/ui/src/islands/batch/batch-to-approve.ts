import { type BatchContent, batchMemberFault, readBatchContent, readOrderContent } from '@see/domain';
import { t } from '@see/language';
import { type BatchMember, batchMember } from '@see/policy';
import { type Answer, ask, digestOf, NoOrder, type RegisteredPasskey } from '../approval/order-to-approve.ts';
import { fromBase64url } from '../base64url.ts';
import { say } from '../say.ts';
import { treeRoot } from './tree-root.ts';

/** A batch with all of its orders, as this page read and hashed them itself. */
export interface BatchToApprove {
  readonly content: BatchContent;
  readonly digest: Uint8Array<ArrayBuffer>;
  readonly members: readonly BatchMember[];
  readonly passkeys: readonly RegisteredPasskey[];
}

interface OrdersPage {
  /** Canonical bytes of orders, base64url, in the order of the leaves. */
  readonly orders: readonly string[];
}

/**
 * Fetches a batch and every order of it, and makes sure that signing the batch approves exactly these: number, root, and
 * that each may be in it. Nothing else that the service says is looked at. Throws NoOrder.
 */
export async function fetchBatch(
  batchId: string,
  tell: (fetched: number, of: number) => void,
): Promise<BatchToApprove> {
  const answer = await ask<Answer>(`/api/batches/${batchId}`);
  const bytes = fromBase64url(answer.content);
  const content = orWrong(() => readBatchContent(bytes));
  if (content.batchId !== batchId) throw wrong(say(t`the bytes are those of another batch`));
  const digests: Uint8Array[] = [];
  const members: BatchMember[] = [];
  while (digests.length < content.count) {
    const { orders } = await ask<OrdersPage>(`/api/batches/${batchId}/orders?from=${digests.length}`);
    if (orders.length === 0) throw wrong(say(t`orders are missing`));
    for (const text of orders) {
      const octets = fromBase64url(text);
      members.push(orWrong(() => memberOf(content, digests.length, octets)));
      digests.push(await digestOf('order', octets));
    }
    tell(digests.length, content.count);
  }
  if (digests.length !== content.count || treeRoot(digests) !== content.root)
    throw wrong(say(t`the orders are not those of the batch`));
  return { content, digest: await digestOf('order-batch', bytes), members, passkeys: answer.passkeys };
}

function memberOf(batch: BatchContent, leaf: number, octets: Uint8Array): BatchMember {
  const order = readOrderContent(octets);
  const fault = batchMemberFault(batch, order);
  if (fault) throw new Error(`order ${order.orderId}: ${fault.message}`);
  return batchMember(leaf, order);
}

function orWrong<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : '');
  }
}

function wrong(detail: string): NoOrder {
  return new NoOrder('wrong-content', detail);
}
