import { createHash, createHmac, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { ENROLMENT_KDF, enrolmentCode, normaliseCode } from '@see/domain';
import { Lanes } from './lanes.ts';

const pbkdf2InPool = promisify(pbkdf2);

/** An enrolment code and what others know of it. Never logged, never stored. */
export interface EnrolmentKey {
  readonly code: string;
  /** K, 32 octets. */
  readonly key: Uint8Array;
  /** SHA-384(K), 48 octets: what the order's digest binds. */
  readonly commitment: Uint8Array;
}

/** Most keys that are derived at once: each takes one thread of the pool for a tenth of a second or more. */
const AT_ONCE = 2;

/** Commitments that are remembered, of some 300 octets each. */
const REMEMBERED = 20_000;

/**
 * Derives each order's code from one secret, so that no code has to be kept: the first ten octets of HMAC-SHA-256(secret,
 * "see-pki/enrolment-code/v1" || 0x00 || orderId || nonce). The same order always gets the same code; a nonce of its own keeps
 * orders of a restored or second instance apart.
 */
export class EnrolmentCodes {
  readonly #secret: Uint8Array;
  readonly #lanes = new Lanes(AT_ONCE);
  readonly #stretch: typeof pbkdf2InPool;
  /** By order and nonce, the oldest first. */
  readonly #commitments = new Map<string, Uint8Array>();

  /** `secret` is 32 random octets that only the worker has; `stretch` is PBKDF2. */
  constructor(secret: Uint8Array, stretch = pbkdf2InPool) {
    if (secret.length !== 32) throw new RangeError('the code secret has 32 octets');
    this.#secret = secret;
    this.#stretch = stretch;
  }

  /** The code of an order with its commitment; without a derivation when this process has derived it before. */
  async recall(orderId: string, nonce: string): Promise<Omit<EnrolmentKey, 'key'>> {
    const commitment = this.#commitments.get(orderId + nonce);
    return commitment ? { code: this.#codeOf(orderId, nonce), commitment } : this.derive(orderId, nonce);
  }

  /** The code of an order with its key; waits while others are derived. */
  async derive(orderId: string, nonce: string): Promise<EnrolmentKey> {
    const code = this.#codeOf(orderId, nonce);
    const { iterations, octets, digest } = ENROLMENT_KDF;
    const key = await this.#lanes.run(() =>
      this.#stretch(normaliseCode(code) as string, orderId, iterations, octets, digest),
    );
    const commitment = new Uint8Array(createHash('sha384').update(key).digest());
    this.#commitments.set(orderId + nonce, commitment);
    if (this.#commitments.size > REMEMBERED)
      for (const oldest of this.#commitments.keys().take(1)) this.#commitments.delete(oldest);
    return { code, key, commitment };
  }

  #codeOf(orderId: string, nonce: string): string {
    const mac = createHmac('sha256', this.#secret);
    mac.update(`see-pki/enrolment-code/v1\0${orderId}${nonce}`);
    return enrolmentCode(new Uint8Array(mac.digest().subarray(0, 10)));
  }
}
