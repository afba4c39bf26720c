import {
  type BatchContent,
  BatchTree,
  batchDigest,
  batchMemberFault,
  readBatchContent,
  readOrderContent,
  refused,
} from '@see/domain';
import { type BatchMember, batchMember } from '@see/policy';
import { statementDigest } from '@see/statement';
import type { ApiClient } from '../api-client.ts';

/** A batch with all of its orders, as this program read and hashed them itself. */
export interface ReadBatch {
  readonly content: BatchContent;
  readonly digest: Uint8Array;
  readonly members: readonly BatchMember[];
}

/** Where a batch is fetched from. */
export type BatchSource = Pick<ApiClient, 'get' | 'bytes'>;

interface OrdersPage {
  readonly items: readonly { readonly leaf: number; readonly content: string }[];
  readonly next: number | null;
}

/**
 * Fetches a batch and every order of it, and makes sure that signing the batch approves exactly these: the root of the
 * tree over their digests is the one that the batch names, so is their number, and each may be in it. Nothing that the
 * service says beside the bytes is looked at. Throws RefusedError `batch-tampered`.
 */
export async function readBatch(api: BatchSource, id: string): Promise<ReadBatch> {
  const bytes = await api.bytes(`/api/v1/batches/${id}/content`, 'application/json');
  const content = readBatchContent(bytes);
  if (content.batchId !== id) throw tampered(`the service gave the content of batch ${content.batchId}`);
  const digests: Uint8Array[] = [];
  const members: BatchMember[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page: OrdersPage = await api.get<OrdersPage>(`/api/v1/batches/${id}/orders?from=${from}`);
    for (const { content: text } of page.items) {
      const octets = Uint8Array.fromBase64(text, { alphabet: 'base64url' });
      const order = readOrderContent(octets);
      const fault = batchMemberFault(content, order);
      if (fault) throw tampered(`order ${order.orderId} may not be in it: ${fault.message}`);
      members.push(batchMember(digests.length, order));
      digests.push(statementDigest('order', octets));
    }
    if (page.next !== null && page.next !== digests.length) throw tampered('the service left orders out');
    from = page.next;
  }
  if (digests.length !== content.count || new BatchTree(digests).root !== content.root)
    throw tampered('the orders that the service gave are not those of the batch');
  return { content, digest: batchDigest(bytes), members };
}

function tampered(message: string) {
  return refused('batch-tampered', message, { remedy: 'do not approve it, and tell whoever runs the service' });
}
