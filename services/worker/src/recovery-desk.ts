import { type Database, withTransaction, writeAudit } from '@see/db';
import {
  type DueRecoveryNotice,
  endOverdueRecoveries,
  insertRecoveryNotice,
  readDueRecoveryNotices,
} from '@see/db/worker';
import { readRecoveryContent } from '@see/domain';
import type { Log } from '@see/process';
import { composeMail } from './compose-mail.ts';
import type { MailSender } from './mail-sender.ts';
import { writeRecoveryMail } from './recovery-mail.ts';
import { RetryTimes } from './retry-times.ts';

const BATCH = 100;

/** Ends the recoveries whose time is over, each with its audit event. */
export async function endLateRecoveries(db: Database, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    const ended = await withTransaction(db, async (tx) => {
      const over = await endOverdueRecoveries(tx, BATCH);
      await writeAudit(
        tx,
        over.map(({ id, event, before, after }) => ({
          kind: event === 'expire' ? 'recovery.expired' : 'recovery.closed',
          outcome: 'success',
          actor: { process: 'worker' },
          objectType: 'recovery',
          objectId: id,
          detail: { before, after },
        })),
      );
      return over.length;
    });
    if (ended < BATCH) return;
  }
}

/** What telling holders needs. */
export interface RecoveryNoticeDeps {
  readonly db: Database;
  readonly sender: MailSender;
  /** The sender's address. */
  readonly from: string;
  readonly closing: AbortSignal;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Tells holders that the copy of their key was opened. Recorded after the mail was taken: at least once. Whoever is not to
 * be told, as two agents signed it, is left out.
 */
export class RecoveryNotices {
  readonly #deps: RecoveryNoticeDeps;
  readonly #retries = new RetryTimes();

  constructor(deps: RecoveryNoticeDeps) {
    this.#deps = deps;
  }

  /** Sends what is due now. Returns how many mails were handed over. */
  async run(): Promise<number> {
    const { db, closing, now } = this.#deps;
    const waiting = new Set(this.#retries.waiting(now().getTime()));
    let sent = 0;
    for (const notice of await readDueRecoveryNotices(db, BATCH)) {
      if (closing.aborted) break;
      if (!waiting.has(notice.recoveryId) && (await this.#send(notice))) sent += 1;
    }
    return sent;
  }

  async #send(notice: DueRecoveryNotice): Promise<boolean> {
    const { db, sender, from, now, log } = this.#deps;
    const { recoveryId, recipient } = notice;
    try {
      const { messagesFrom, messagesUntil } = readRecoveryContent(notice.content);
      const text = writeRecoveryMail({
        ...notice,
        messagesFrom: new Date(messagesFrom * 1000),
        messagesUntil: new Date(messagesUntil * 1000),
      });
      await sender.send(text.messageName.replace('.', '-'), await composeMail(text, from, now()));
      await withTransaction(db, async (tx) => {
        await insertRecoveryNotice(tx, notice);
        await writeAudit(tx, [
          {
            kind: 'recovery.notified',
            outcome: 'success',
            actor: { process: 'worker' },
            objectType: 'recovery',
            objectId: recoveryId,
            detail: { recipient, serial: notice.serial.toHex() },
          },
        ]);
      });
      this.#retries.forget(recoveryId);
      return true;
    } catch (error) {
      this.#retries.fail(recoveryId, now().getTime());
      log('warn', 'a holder was not told of the opening of a key', { recoveryId, error });
      return false;
    }
  }
}
