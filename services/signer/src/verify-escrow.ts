import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AttemptEscrow } from '@see/db/signer';
import { type Authority, escrowTagMessage, type Refusal } from '@see/domain';
import { escrowViolations } from '@see/policy';
import type { VerifiedItem, VerifiedOrder } from './verify-order.ts';

/**
 * What is wrong with the copies of an order's keys; empty when each is there where its profile keeps one, for exactly the
 * agents in force, vouched for by whoever has the code (`key` is K), and nowhere else. NOT checked, since nobody but two
 * agents can: that a copy holds the key at all. They compare it with the certificate when they open it.
 */
export function escrowFaults(
  order: VerifiedOrder,
  escrows: ReadonlyMap<number, AttemptEscrow>,
  key: Uint8Array,
  authority: Authority,
): readonly Refusal[] {
  return order.items.flatMap((one, item) => {
    const escrow = escrows.get(item);
    const found = escrowViolations(one.profile, escrow, authority);
    if (found.length > 0 || !escrow || isVouchedFor(order.id, one, escrow, key)) return found;
    return [
      { code: 'escrow-tag', message: 'the copy of the key was not made by whoever has the code', source: 'WF-K' },
    ];
  });
}

function isVouchedFor(orderId: string, { csr }: VerifiedItem, escrow: AttemptEscrow, key: Uint8Array): boolean {
  if (Buffer.compare(escrow.spkiSha256, csr.key.sha256) !== 0) return false;
  const message = escrowTagMessage(
    orderId,
    csr.key.sha256,
    Uint8Array.fromHex(escrow.agents),
    escrow.envelopes.map((envelope) => createHash('sha256').update(envelope).digest()),
  );
  const tag = createHmac('sha384', key).update(message).digest();
  return escrow.tag.length === tag.length && timingSafeEqual(escrow.tag, tag);
}
