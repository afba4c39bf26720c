import { timingSafeEqual } from 'node:crypto';
import type { Verdict } from '@see/db/signer';
import type { SealedStore } from '@see/keys';

/** Makes and checks the signer's own mark on an order whose approvals it saw in time. */
export class VerdictSeal {
  readonly #store: SealedStore;

  constructor(store: SealedStore) {
    this.#store = store;
  }

  make(digest: Uint8Array, approvedAt: Date): Verdict {
    return { approvedAt, mac: this.#mac(digest, approvedAt) };
  }

  /** Whether a verdict was made by this signer for this digest and time. */
  holds(digest: Uint8Array, verdict: Verdict): boolean {
    const expected = this.#mac(digest, verdict.approvedAt);
    return expected.length === verdict.mac.length && timingSafeEqual(expected, verdict.mac);
  }

  #mac(digest: Uint8Array, approvedAt: Date): Uint8Array {
    return this.#store.mac('order-verdict', Buffer.from(`${digest.toHex()} ${approvedAt.getTime()}`));
  }
}
