import { createHash, type KeyObject } from 'node:crypto';
import { type Database, notify, withTransaction, writeAudit } from '@see/db';
import { bindCode, type PreparingOrder, readPreparingOrders, refusePreparingOrder } from '@see/db/worker';
import {
  type Authority,
  type OrderContent,
  type OrderDraft,
  RefusedError,
  refused,
  serviceKeysOf,
  writeOrderContent,
} from '@see/domain';
import { sealTo } from '@see/keys';
import { isPlainAddress } from '@see/letters';
import type { Log } from '@see/process';
import {
  CanonicalError,
  canonicalBytes,
  importPublicJwk,
  MAX_STATEMENT_OCTETS,
  signDigest,
  statementDigest,
} from '@see/statement';
import type { EnrolmentCodes } from './enrolment-codes.ts';

/** What binding codes needs. */
export interface CodeDeskDeps {
  readonly db: Database;
  readonly instance: string;
  readonly authority: () => Authority;
  readonly codes: EnrolmentCodes;
  readonly identity: { readonly keyId: string; readonly privateKey: KeyObject };
  readonly closing: AbortSignal;
  readonly log: Log;
}

/** Orders in hand at once; their keys are derived two at a time. */
const BATCH = 4;

/**
 * Gives each person's order its code when it is made: K, sealed to the signer and vouched for by the worker's key, and the order's
 * content with the commitment to it, in one transaction. A crash before the commit leaves the order preparing, and the same code is
 * derived again; a crash after it leaves nothing to do.
 */
export class CodeDesk {
  readonly #deps: CodeDeskDeps;

  constructor(deps: CodeDeskDeps) {
    this.#deps = deps;
  }

  /** Works until no order is preparing, or those left failed in this run. */
  async run(): Promise<void> {
    const { db, closing, log } = this.#deps;
    const failed: string[] = [];
    while (!closing.aborted) {
      const orders = await readPreparingOrders(db, BATCH, failed);
      if (orders.length === 0) return;
      await Promise.all(
        orders.map(async (order) => {
          try {
            await this.#bind(order);
          } catch (error) {
            failed.push(order.id);
            log('error', 'a code could not be bound', { orderId: order.id, error });
          }
        }),
      );
    }
  }

  async #bind(order: PreparingOrder): Promise<void> {
    let draft: OrderDraft;
    try {
      draft = readDraft(order, this.#deps.instance);
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof CanonicalError)) throw error;
      await this.#refuse(order.id, error);
      return;
    }
    const vouchers = this.#vouchers();
    const { key, commitment } = await this.#deps.codes.derive(order.id, draft.nonce);
    const { bytes, digest } = writeOrderContent({ ...draft, commitment: commitment.toHex() });
    const sealedKey = sealTo(vouchers.boxSpki, `enrolment ${order.id}`, key);
    const signature = vouchers.sign(order.id, commitment);
    await withTransaction(this.#deps.db, async (tx) => {
      const { keyId } = this.#deps.identity;
      const bound = { orderId: order.id, commitment, sealedKey, keyId, signature, content: bytes, digest };
      if (!(await bindCode(tx, bound))) return;
      await writeAudit(tx, [
        {
          kind: 'code.bound',
          outcome: 'success',
          actor: { process: 'worker' },
          objectType: 'order',
          objectId: order.id,
          detail: { digest: digest.toHex(), commitment: commitment.toHex(), keyId },
        },
      ]);
      await notify(tx, 'see_orders', 0);
    });
  }

  /** The keys that make a code count, as the authority chain has them now. Throws RefusedError when one is missing. */
  #vouchers(): { boxSpki: Uint8Array; sign: (orderId: string, commitment: Uint8Array) => string } {
    const { identity, instance } = this.#deps;
    const authority = this.#deps.authority();
    if (!serviceKeysOf(authority, 'worker').some((key) => key.keyId === identity.keyId))
      throw refused('service-key-unknown', "the worker's identity key is not registered", {
        remedy: 'have two administrators register it, or restore the worker folder that belongs to this instance',
      });
    const box = serviceKeysOf(authority, 'box').at(-1);
    if (!box) throw refused('service-key-unknown', "the signer's box key is not registered");
    const boxSpki = new Uint8Array(importPublicJwk(box.publicKey).export({ format: 'der', type: 'spki' }));
    const sign = (orderId: string, commitment: Uint8Array): string => {
      const digest = enrolmentSecretDigest(instance, orderId, commitment);
      return signDigest(digest, identity.keyId, identity.privateKey).jws;
    };
    return { boxSpki, sign };
  }

  async #refuse(orderId: string, error: RefusedError | CanonicalError): Promise<void> {
    await withTransaction(this.#deps.db, async (tx) => {
      if (!(await refusePreparingOrder(tx, orderId, `${error.code}: ${error.message}`))) return;
      await writeAudit(tx, [
        {
          kind: 'code.refused',
          outcome: 'failure',
          actor: { process: 'worker' },
          objectType: 'order',
          objectId: orderId,
          detail: { code: error.code, message: error.message.slice(0, 400) },
        },
      ]);
      await notify(tx, 'see_orders', 0);
    });
  }
}

/** What the worker signs to vouch for a code: order and commitment. */
export function enrolmentSecretDigest(instance: string, orderId: string, commitment: Uint8Array): Uint8Array {
  const statement = { v: 1, instance, orderId, commitment: commitment.toHex() };
  return statementDigest('enrolment-secret', canonicalBytes(statement));
}

/**
 * The draft of a person's order as far as a code depends on it: well formed, of this order and instance, to a plain address.
 * Throws RefusedError or CanonicalError.
 */
function readDraft(order: PreparingOrder, instance: string): OrderDraft {
  if (typeof order.draft !== 'object' || order.draft === null) throw refused('bad-order', 'the draft is no object');
  const draft = order.draft as OrderDraft;
  // Any commitment makes it a whole order, which is what can be checked; the real one takes its place.
  const sample = createHash('sha384').update(order.id).digest('hex');
  const content: OrderContent = { ...draft, commitment: sample };
  const { bytes } = writeOrderContent(content);
  if (bytes.length > MAX_STATEMENT_OCTETS) throw refused('bad-order', 'the order is too large');
  if (content.orderId !== order.id || content.instance !== instance || content.kind !== 'person')
    throw refused('bad-order', 'the draft is not that of this order of a person', { path: '$.orderId' });
  if (content.deliverTo === null || !isPlainAddress(content.deliverTo))
    throw refused('bad-address', 'a code is sent to one plain mail address only', { path: '$.deliverTo' });
  return draft;
}
