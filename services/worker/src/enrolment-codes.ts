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

/**
 * Derives each order's code from one secret, so that no code has to be kept: the first ten octets of HMAC-SHA-256(secret,
 * "see-pki/enrolment-code/v1" || 0x00 || orderId || nonce). The same order always gets the same code; a nonce of its own keeps
 * orders of a restored or second instance apart.
 */
export class EnrolmentCodes {
  readonly #secret: Uint8Array;
  readonly #lanes = new Lanes(AT_ONCE);

  /** `secret` is 32 random octets that only the worker has. */
  constructor(secret: Uint8Array) {
    if (secret.length !== 32) throw new RangeError('the code secret has 32 octets');
    this.#secret = secret;
  }

  /** The code of an order with its key; waits while others are derived. */
  async derive(orderId: string, nonce: string): Promise<EnrolmentKey> {
    const mac = createHmac('sha256', this.#secret);
    mac.update(`see-pki/enrolment-code/v1\0${orderId}${nonce}`);
    const code = enrolmentCode(new Uint8Array(mac.digest().subarray(0, 10)));
    const { iterations, octets, digest } = ENROLMENT_KDF;
    const key = await this.#lanes.run(() =>
      pbkdf2InPool(normaliseCode(code) as string, orderId, iterations, octets, digest),
    );
    return { code, key, commitment: new Uint8Array(createHash('sha384').update(key).digest()) };
  }
}
