import { createHash } from 'node:crypto';
import { listAuditEvents } from '@see/db/ra';
import { canonicalBytes } from '@see/statement';
import type { Ra } from '../ra.ts';

/** What those who ordered said they had seen. `undefined` when the record does not have the digest that is approved. */
export type Evidence = Readonly<Record<string, string>> | undefined;

/**
 * The evidence of an order, from the event that recorded it. It is shown only when its digest is the one in the order's
 * content, so an approver never reads other evidence than what the approval covers.
 */
export async function readEvidence(ra: Ra, orderId: string, digest: string): Promise<Evidence> {
  const filter = { kind: 'order.create', objectId: orderId, outcome: 'success' } as const;
  const { rows } = await listAuditEvents(ra.db, filter, 1, undefined);
  const { evidence } = (rows[0]?.detail ?? {}) as { evidence?: unknown };
  if (typeof evidence !== 'object' || evidence === null) return undefined;
  const found = createHash('sha384').update(canonicalBytes(evidence)).digest('hex');
  if (found !== digest) return undefined;
  return Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, String(value)]));
}
