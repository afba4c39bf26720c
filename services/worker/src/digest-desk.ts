import { type Database, withTransaction, writeAudit } from '@see/db';
import { askForDigest, type DigestRows, readAddresses, readDigest } from '@see/db/worker';
import type { Authority } from '@see/domain';
import { isWorthADigest, schemeDay } from '@see/letters';
import { NOTICE_STEPS } from './notice-desk.ts';

/** Hours of the day in New Zealand between which digests are asked for. */
const FROM_HOUR = 8;
const TO_HOUR = 18;
const FAILED_WITHIN_HOURS = 24;
const UNCONFIRMED_DAYS = 30;

/** What the operators' digest needs. */
export interface DigestDeskDeps {
  readonly db: Database;
  readonly authority: () => Authority;
  readonly closing: AbortSignal;
  readonly now: () => Date;
}

/** What a digest tells of at a time. */
export function digestAt(db: Database, now: Date): Promise<DigestRows> {
  return readDigest(db, now, {
    steps: NOTICE_STEPS,
    failedWithinHours: FAILED_WITHIN_HOURS,
    unconfirmedDays: UNCONFIRMED_DAYS,
  });
}

/**
 * Asks for the digest: one letter a working day to each operator of today, from eight in the morning in New Zealand, when there
 * is anything to tell. Weekends are left out; public holidays are not known. Returns how many letters that were.
 */
export async function askForDigests({ db, authority, closing, now }: DigestDeskDeps): Promise<number> {
  const time = now();
  const { day, hour, isWeekday } = schemeDay(time);
  if (!isWeekday || hour < FROM_HOUR || hour >= TO_HOUR) return 0;
  const operators = [...authority().roles].filter(([, roles]) => roles.has('operator')).map(([personId]) => personId);
  if (operators.length === 0 || !isWorthADigest(await digestAt(db, time))) return 0;
  let asked = 0;
  for (const recipient of await readAddresses(db, operators)) {
    if (closing.aborted) return asked;
    const fresh = await withTransaction(db, async (tx) => {
      if (!(await askForDigest(tx, day, recipient))) return false;
      await writeAudit(tx, [
        {
          kind: 'notice.digest',
          outcome: 'success',
          actor: { process: 'worker' },
          objectType: 'digest',
          objectId: day,
          detail: { recipient },
        },
      ]);
      return true;
    });
    if (fresh) asked += 1;
  }
  return asked;
}
