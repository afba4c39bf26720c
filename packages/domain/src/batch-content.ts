import { canonicalBytes, parseCanonical, statementDigest } from '@see/statement';
import { Fields } from './fields.ts';
import { isDual, type OrderContent } from './order-content.ts';
import { type Refusal, refused } from './refusal.ts';

/** Most orders in a batch (design, section 3). */
export const MOST_IN_BATCH = 5_000;

/**
 * What an operator signs who approves many orders at once (design, section 3, "Batches"): the root of the RFC 6962 tree
 * whose leaves are the orders' digests, and what all of these orders have in common.
 */
export interface BatchContent {
  readonly v: 1;
  readonly instance: string;
  readonly batchId: string;
  readonly nonce: string;
  /** Seconds since 1970 UTC. */
  readonly createdAt: number;
  readonly agencyId: string;
  /** Digests of the contents of every profile that the orders use, hex, sorted. */
  readonly profiles: readonly string[];
  /** How many orders: the size of the tree. */
  readonly count: number;
  /** The root of the tree, SHA-256, hex. */
  readonly root: string;
  /** Digest of the confirmed import that the orders come from, SHA-256, hex; null when they come from elsewhere. */
  readonly import: string | null;
  /** The largest quorum among the orders, so that nobody takes their signature for the only one. Absent when it is 1. */
  readonly quorum?: number;
}

/** Different persons who sign the batch until all of its orders are approved. */
export function batchQuorum({ quorum }: BatchContent): number {
  return quorum ?? 1;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX32 = /^[0-9a-f]{64}$/;

/** Canonical bytes and digest of a batch. */
export function writeBatchContent(content: BatchContent): { bytes: Uint8Array; digest: Uint8Array } {
  const bytes = canonicalBytes(content);
  readBatchContent(bytes);
  return { bytes, digest: batchDigest(bytes) };
}

/** What is signed for a batch. */
export function batchDigest(bytes: Uint8Array): Uint8Array {
  return statementDigest('order-batch', bytes);
}

/**
 * Reads the bytes of a batch: canonical, every member known and in range. Throws RefusedError or CanonicalError. Not
 * checked: whether the tree is the one of any orders.
 */
export function readBatchContent(bytes: Uint8Array): BatchContent {
  const value = parseCanonical(bytes);
  const fields = new Fields(value, '$');
  fields.integer('v', 1, 1);
  fields.text('instance', UUID);
  fields.text('batchId', UUID);
  fields.text('nonce', /^[A-Za-z0-9_-]{22,64}$/);
  fields.integer('createdAt', 0, 253_402_300_799);
  fields.text('agencyId', /^[a-z0-9][a-z0-9-]{0,62}$/);
  const profiles = fields.texts('profiles', 1, 16, /^[0-9a-f]{96}$/);
  fields.integer('count', 1, MOST_IN_BATCH);
  fields.text('root', HEX32);
  fields.optionalText('import', HEX32);
  if (fields.has('quorum')) fields.integer('quorum', 2, 5);
  fields.end();
  if (profiles.some((digest, index) => index > 0 && digest <= (profiles[index - 1] ?? '')))
    throw refused('bad-subject', '$.profiles: sorted, none twice', { path: '$.profiles' });
  return value as unknown as BatchContent;
}

/**
 * Why an order may not be in a batch; undefined when it may. Codes: `batch-other-instance`, `batch-other-agency`,
 * `batch-other-profile`, `batch-dual-order`, `batch-quorum`. Whether it is in the tree is not checked.
 */
export function batchMemberFault(batch: BatchContent, order: OrderContent): Refusal | undefined {
  const source = 'design 3';
  if (batch.instance !== order.instance)
    return { code: 'batch-other-instance', message: 'the batch belongs to another instance', source };
  if (batch.agencyId !== order.agencyId)
    return { code: 'batch-other-agency', message: `the batch is of agency ${batch.agencyId}`, source };
  if (order.items.some((item) => !batch.profiles.includes(item.profileDigest)))
    return { code: 'batch-other-profile', message: 'the order has a profile that the batch does not name', source };
  if (isDual(order)) {
    return {
      code: 'batch-dual-order',
      message: 'an order of the dual list is not approved in a batch',
      source,
      remedy: 'approve it by itself',
    };
  }
  if (order.quorum > batchQuorum(batch)) {
    const message = `the order needs ${order.quorum} approvals and the batch says ${batchQuorum(batch)}`;
    return { code: 'batch-quorum', message, source, remedy: 'make the batch again' };
  }
  return undefined;
}
