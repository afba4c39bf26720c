import {
  type Authority,
  approversFault,
  type OrderContent,
  orderApprovers,
  RefusedError,
  readOrderContent,
  refused,
  type SignedBy,
} from '@see/domain';
import { statementDigest } from '@see/statement';

/** An order as the database has it. */
export interface StoredOrder {
  readonly id: string;
  readonly content: Uint8Array;
  readonly digest: Uint8Array;
  readonly approvals: readonly SignedBy[];
}

/** A person's order as its approvers signed it. */
export type ApprovedOrder = OrderContent & { readonly deliverTo: string; readonly commitment: string };

/**
 * Reads an order that the database calls redeemable, from the bytes that its approvers signed: they have the digest of the row, are
 * this order's, and as many different operators approved them as they say. Throws RefusedError or CanonicalError. Whether the
 * profile asks for a larger quorum and the agency may have any of it is the signer's to check.
 */
export async function readApprovedOrder(
  order: StoredOrder,
  instance: string,
  authority: Authority,
): Promise<ApprovedOrder> {
  const digest = statementDigest('order', order.content);
  if (digest.toHex() !== order.digest.toHex()) throw refused('order-tampered', 'the content has another digest');
  const content = readOrderContent(order.content);
  const { deliverTo, commitment } = content;
  if (content.orderId !== order.id || content.instance !== instance || deliverTo === null || commitment === null)
    throw refused('order-tampered', 'the content is not that of this order of a person');
  const approvers = await orderApprovers(authority, content, digest, order.approvals);
  const fault = approversFault(content, approvers);
  if (fault) throw new RefusedError(fault.code, [fault]);
  return { ...content, deliverTo, commitment };
}
