import { type Database, notify, withTransaction, writeAudit } from '@see/db';
import { insertCodeDelivery, readUndeliveredOrders, type UndeliveredOrder } from '@see/db/worker';
import { type Authority, RefusedError, refused } from '@see/domain';
import type { Log } from '@see/process';
import { CanonicalError } from '@see/statement';
import { writeCodeMail } from './code-mail.ts';
import { composeMail, MailError } from './compose-mail.ts';
import type { EnrolmentCodes } from './enrolment-codes.ts';
import type { MailSender } from './mail-sender.ts';
import { readApprovedOrder } from './order-checks.ts';
import { RetryTimes } from './retry-times.ts';

/** What delivering codes needs. */
export interface DeliveryDeskDeps {
  readonly db: Database;
  readonly instance: string;
  readonly authority: () => Authority;
  readonly codes: EnrolmentCodes;
  readonly sender: MailSender;
  /** The sender's address. */
  readonly from: string;
  readonly closing: AbortSignal;
  readonly log: Log;
}

const BATCH = 4;

/**
 * Mails each code once its order is approved, to the one address that the approvers signed. The delivery is recorded after the mail
 * was taken, so a crash in between sends the same mail again: at least once, never to anyone else.
 */
export class DeliveryDesk {
  readonly #deps: DeliveryDeskDeps;
  readonly #retries = new RetryTimes();

  constructor(deps: DeliveryDeskDeps) {
    this.#deps = deps;
  }

  /** Works until every code that can be sent now is sent. */
  async run(): Promise<void> {
    const { db, closing } = this.#deps;
    const tried = new Set<string>();
    while (!closing.aborted) {
      const orders = await readUndeliveredOrders(db, BATCH, [...tried, ...this.#retries.waiting(Date.now())]);
      if (orders.length === 0) return;
      for (const { id } of orders) tried.add(id);
      await Promise.all(orders.map((order) => this.#deliver(order)));
    }
  }

  async #deliver(order: UndeliveredOrder): Promise<void> {
    try {
      const recipient = await this.#mail(order);
      await this.#record(order.id, recipient);
      this.#retries.forget(order.id);
    } catch (error) {
      const first = this.#retries.fail(order.id, Date.now());
      this.#deps.log('warn', 'a code was not delivered', { orderId: order.id, error });
      if (first) await this.#recordFailure(order.id, error);
    }
  }

  async #mail(order: UndeliveredOrder): Promise<string> {
    const { instance, authority, codes, sender, from } = this.#deps;
    const content = await readApprovedOrder(order, instance, authority());
    const { code, commitment } = await codes.derive(order.id, content.nonce);
    if (commitment.toHex() !== content.commitment)
      throw refused('order-tampered', 'the content is bound to another code than this worker makes');
    const { deliverTo: recipient, useBefore } = content;
    const mail = await composeMail(writeCodeMail({ orderId: order.id, recipient, code, useBefore }), from, new Date());
    await sender.send(`${order.id}-code`, mail);
    return recipient;
  }

  async #record(orderId: string, recipient: string): Promise<void> {
    await withTransaction(this.#deps.db, async (tx) => {
      if (!(await insertCodeDelivery(tx, orderId, recipient))) return;
      await writeAudit(tx, [
        {
          kind: 'delivery.code',
          outcome: 'success',
          actor: { process: 'worker' },
          objectType: 'order',
          objectId: orderId,
          detail: { recipient, by: this.#deps.sender.kind },
        },
      ]);
      await notify(tx, 'see_orders', 0);
    });
  }

  /** Once an order and process: what went wrong, without what a mail server may have said about it. */
  async #recordFailure(orderId: string, error: unknown): Promise<void> {
    const known = error instanceof RefusedError || error instanceof CanonicalError || error instanceof MailError;
    const event = {
      kind: known ? 'delivery.refused' : 'delivery.failed',
      outcome: 'failure',
      actor: { process: 'worker' },
      objectType: 'order',
      objectId: orderId,
      detail: known ? { code: error.code, message: error.message.slice(0, 400) } : { code: errorCode(error) },
    } as const;
    try {
      await writeAudit(this.#deps.db, [event]);
    } catch (cause) {
      this.#deps.log('error', 'a failed delivery could not be audited', { orderId, error: cause });
    }
  }
}

function errorCode(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code.slice(0, 60) : 'unknown';
}
