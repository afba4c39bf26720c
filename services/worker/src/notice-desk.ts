import { type Database, withTransaction, writeAudit } from '@see/db';
import { askForNotice, type DueNotice, insertNotices, readDueNotices } from '@see/db/worker';

/** Days before the end at which holders are told (section 8.4). */
export const NOTICE_STEPS = [60, 30, 14, 7, 1];
const BATCH = 500;

/** What telling of endings needs. */
export interface NoticeDeskDeps {
  readonly db: Database;
  readonly closing: AbortSignal;
  readonly now: () => Date;
}

/**
 * Asks for the letters that tell people 60, 30, 14, 7 and 1 days before that their certificates end, one letter for all
 * that reach the same step: once each, and never for what has a successor. The outbox sends them.
 */
export class NoticeDesk {
  readonly #deps: NoticeDeskDeps;

  constructor(deps: NoticeDeskDeps) {
    this.#deps = deps;
  }

  /** Asks for what is due now. Returns how many letters that were. */
  async run(): Promise<number> {
    const { db, closing, now } = this.#deps;
    let asked = 0;
    for (;;) {
      const due = await readDueNotices(db, now(), NOTICE_STEPS, BATCH);
      for (const notices of Map.groupBy(due, ({ recipient, days }) => `${days} ${recipient}`).values()) {
        if (closing.aborted) return asked;
        if (await this.#ask(notices)) asked += 1;
      }
      if (due.length < BATCH) return asked;
    }
  }

  /** Asks for one letter; false when another process did. */
  async #ask(notices: readonly DueNotice[]): Promise<boolean> {
    return withTransaction(this.#deps.db, async (tx) => {
      const fresh = await insertNotices(tx, notices);
      const [first] = fresh;
      if (!first) return false;
      const { recipient, days } = first;
      const certificateIds = fresh.map(({ certificateId }) => certificateId);
      await askForNotice(tx, first, certificateIds);
      await writeAudit(
        tx,
        fresh.map((notice) => ({
          kind: 'notice.due',
          outcome: 'success',
          actor: { process: 'worker' },
          objectType: 'certificate',
          objectId: String(notice.certificateId),
          detail: { days, recipient, serial: notice.serial.toHex() },
        })),
      );
      return true;
    });
  }
}
