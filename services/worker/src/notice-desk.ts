import { type Database, withTransaction, writeAudit } from '@see/db';
import { type DueNotice, insertNotices, readDueNotices } from '@see/db/worker';
import type { Log } from '@see/process';
import { composeMail } from './compose-mail.ts';
import type { MailSender } from './mail-sender.ts';
import { writeNoticeMail } from './notice-mail.ts';
import { RetryTimes } from './retry-times.ts';

/** Days before the end at which holders are told (section 8.4). */
const STEPS = [60, 30, 14, 7, 1];
const BATCH = 500;

/** What telling of endings needs. */
export interface NoticeDeskDeps {
  readonly db: Database;
  readonly sender: MailSender;
  /** The sender's address. */
  readonly from: string;
  readonly closing: AbortSignal;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Tells people 60, 30, 14, 7 and 1 days before that their certificates end, one mail for all that reach the same step.
 * Recorded after the mail was taken: at least once, and never for what has a successor.
 */
export class NoticeDesk {
  readonly #deps: NoticeDeskDeps;
  readonly #retries = new RetryTimes();

  constructor(deps: NoticeDeskDeps) {
    this.#deps = deps;
  }

  /** Sends what is due now. Returns how many mails were handed over. */
  async run(): Promise<number> {
    const { db, closing, now } = this.#deps;
    let sent = 0;
    for (;;) {
      const due = await readDueNotices(db, now(), STEPS, BATCH);
      const waiting = new Set(this.#retries.waiting(now().getTime()));
      const mails = Map.groupBy(due, ({ recipient, days }) => `${days} ${recipient}`);
      const before = sent;
      for (const [name, notices] of mails) {
        if (closing.aborted) return sent;
        if (!waiting.has(name) && (await this.#send(name, notices))) sent += 1;
      }
      // What could not be sent stays due: without progress there is nothing to read again.
      if (due.length < BATCH || sent === before) return sent;
    }
  }

  async #send(name: string, notices: readonly DueNotice[]): Promise<boolean> {
    const { db, sender, from, now, log } = this.#deps;
    const [first] = notices;
    if (!first) return false;
    const { recipient, days } = first;
    try {
      const certificates = notices.map(({ certificateId: id, ...rest }) => ({ id, ...rest }));
      const text = writeNoticeMail(recipient, days, certificates);
      await sender.send(text.messageName.replace('.', '-'), await composeMail(text, from, now()));
      await withTransaction(db, async (tx) => {
        await insertNotices(tx, notices);
        await writeAudit(
          tx,
          notices.map((notice) => ({
            kind: 'notice.expiry',
            outcome: 'success',
            actor: { process: 'worker' },
            objectType: 'certificate',
            objectId: String(notice.certificateId),
            detail: { days, recipient, serial: notice.serial.toHex() },
          })),
        );
      });
      this.#retries.forget(name);
      return true;
    } catch (error) {
      this.#retries.fail(name, now().getTime());
      log('warn', 'a notice was not sent', { certificateIds: notices.map((one) => one.certificateId), error });
      return false;
    }
  }
}
