import { type AuditEvent, type Database, notify, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  type AskedMail,
  findAskedMail,
  giveUpMail,
  insertDeliveries,
  insertRefusedAddress,
  isFlagged,
  lockUnqueuedMails,
  type MailFault,
  moveMail,
  noteTry,
} from '@see/db/worker';
import type { Log } from '@see/process';
import { composeMail } from './compose-mail.ts';
import { endedEvent, leftOutEvents, sentEvents, triedEvent } from './mail-events.ts';
import { mailFault, NotTakenError } from './mail-fault.ts';
import type { MailJob, MailQueue } from './mail-queue.ts';
import type { MailSender } from './mail-sender.ts';
import type { MailWriter } from './mail-writer.ts';

/** What sending the outbox needs. */
export interface MailDeskDeps {
  readonly db: Database;
  readonly queue: MailQueue;
  readonly writer: Pick<MailWriter, 'write'>;
  readonly sender: MailSender;
  /** The sender's address. */
  readonly from: string;
  readonly closing: AbortSignal;
  readonly log: Log;
}

const QUEUED_AT_ONCE = 200;
const SENT_AT_ONCE = 4;

const FLAGGED: MailFault = {
  code: 'address-flagged',
  reason: 'mail to this address came back; have the person show that it is theirs: see person check-mailbox PERSON',
};

/**
 * Empties the outbox: each waiting mail gets a job, each due job is tried. That a mail was sent is recorded after the next
 * server took it, in one transaction with the end of its job, so a crash in between sends the same mail again: at least
 * once, and never to anyone else.
 */
export class MailDesk {
  readonly #deps: MailDeskDeps;

  constructor(deps: MailDeskDeps) {
    this.#deps = deps;
  }

  /** Works until nothing is due. */
  async run(): Promise<void> {
    const { queue, closing } = this.#deps;
    await this.#bury();
    await this.#queueWaiting();
    while (!closing.aborted) {
      const jobs = await queue.take(SENT_AT_ONCE);
      if (jobs.length === 0) return;
      await Promise.all(jobs.map((job) => this.#try(job)));
    }
  }

  /** Mails that were tried for too long become dead letters, which people see. */
  async #bury(): Promise<void> {
    const { db, queue, log } = this.#deps;
    for (;;) {
      const jobs = await queue.takeDead(SENT_AT_ONCE);
      if (jobs.length === 0) return;
      for (const job of jobs) {
        await withTransaction(db, async (tx) => {
          const mail = await giveUpMail(tx, job.mailId);
          const fault = { code: 'tried-too-long', reason: 'it was tried for two days' };
          if (mail) await writeAudit(tx, [endedEvent(mail, 'mail.failed', fault)]);
          await queue.deadDone(tx, job);
        });
        log('error', 'a mail was given up', { mailId: job.mailId });
      }
    }
  }

  async #queueWaiting(): Promise<void> {
    const { db, queue, closing } = this.#deps;
    let found = QUEUED_AT_ONCE;
    while (found === QUEUED_AT_ONCE && !closing.aborted) {
      found = await withTransaction(db, async (tx) => {
        const ids = await lockUnqueuedMails(tx, QUEUED_AT_ONCE);
        for (const id of ids) await queue.add(tx, id);
        return ids.length;
      });
    }
  }

  async #try(job: MailJob): Promise<void> {
    const { db, queue, log } = this.#deps;
    const rest = queue.keepAlive(job);
    try {
      const mail = await findAskedMail(db, job.mailId);
      if (mail?.state !== 'waiting') return await withTransaction(db, (tx) => queue.done(tx, job));
      try {
        await this.#send(job, mail);
      } catch (error) {
        log('warn', 'a mail was not delivered', { mailId: mail.id, template: mail.template, error });
        await this.#noteFailure(job, mail, error);
      }
    } catch (error) {
      // The database could not be told. The job is taken up again when its time is over.
      log('error', 'what became of a mail could not be recorded', { mailId: job.mailId, error });
    } finally {
      rest();
    }
  }

  async #send(job: MailJob, mail: AskedMail): Promise<void> {
    const { db, writer, sender, from } = this.#deps;
    const written = await writer.write(mail);
    const leftOut = leftOutEvents(mail, written.refusals ?? []);
    if ('dropped' in written) {
      const { dropped } = written;
      return this.#end(job, mail, [...leftOut, endedEvent(mail, 'mail.dropped', dropped)], (tx) =>
        moveMail(tx, mail.id, 'drop', dropped),
      );
    }
    const { recipient, letter, orders = [] } = written;
    // Only the mail that can clear an address goes to one that mail came back from.
    if (mail.template !== 'mailbox-check' && (await isFlagged(db, recipient)))
      return this.#end(job, mail, [endedEvent(mail, 'mail.failed', FLAGGED)], (tx) =>
        moveMail(tx, mail.id, 'give-up', FLAGGED),
      );
    const messageName = `${mail.template}.${mail.id}`;
    const composed = await composeMail({ recipient, messageName, letter }, from, new Date());
    await sender.send(`${mail.orderId ?? mail.id}-${mail.template}`, composed).catch((cause: unknown) => {
      throw new NotTakenError(recipient, cause);
    });
    await this.#end(job, mail, [...leftOut, ...sentEvents(mail, written, sender.kind)], async (tx) => {
      await insertDeliveries(tx, orders, mail.template === 'code' ? 'code' : 'link', recipient);
      return moveMail(tx, mail.id, 'send', null);
    });
  }

  async #noteFailure(job: MailJob, mail: AskedMail, error: unknown): Promise<void> {
    const { ours, noMailbox, ...fault } = mailFault(error);
    if (noMailbox && error instanceof NotTakenError) {
      await this.#end(job, mail, [endedEvent(mail, 'mail.failed', fault)], async (tx) => {
        if (!(await moveMail(tx, mail.id, 'give-up', fault))) return false;
        await insertRefusedAddress(tx, error.recipient, mail.id);
        return true;
      });
      return;
    }
    await withTransaction(this.#deps.db, async (tx) => {
      await noteTry(tx, mail.id, fault);
      // Once is enough: the row counts the tries.
      if (mail.attempts === 0) await writeAudit(tx, [triedEvent(mail, fault, ours)]);
      await this.#deps.queue.failed(tx, job, fault.code);
    });
  }

  /** Moves a mail on, with its events and the end of its job; a mail that was moved on before only loses its job. */
  async #end(
    job: MailJob,
    mail: AskedMail,
    events: readonly AuditEvent[],
    move: (tx: Tx) => Promise<boolean>,
  ): Promise<void> {
    await withTransaction(this.#deps.db, async (tx) => {
      if (await move(tx)) {
        await writeAudit(tx, events);
        // Pages that show the order tell of it.
        if (mail.orderId !== null || mail.template === 'links') await notify(tx, 'see_orders', 0);
      }
      await this.#deps.queue.done(tx, job);
    });
  }
}
