import { type AuditActor, sqlState, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  countDeclared,
  findHrReport,
  findHrReportByEvent,
  findPerson,
  findPersonByExternalId,
  findWaitingLeaver,
  type HrFeed,
  type HrReport,
  insertHrReport,
  lockHrFeed,
  lockPerson,
  type Person,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { declareWithin } from '../life-event/declare.ts';
import { inForce } from './authenticate-feed.ts';

/** What a feed tells of one person of its agency. */
export interface HrNews {
  readonly person: { readonly id: string } | { readonly externalId: string };
  readonly kind: HrReport['kind'];
  /** At once when absent. */
  readonly effectiveAt?: Date;
  /** For whoever decides: the new name, or where somebody goes. */
  readonly detail: Readonly<Record<string, string>>;
}

/** The sender's id of what it tells, and SHA-256 of the body under it. */
export interface HrEventKey {
  readonly id: string;
  readonly bodySha256: Uint8Array;
}

const DAY = 86_400_000;
/** SQLSTATE of the hourly cap on revocations. */
const REVOCATION_CAP = 'SE010';

/**
 * Takes what a feed tells, in one transaction. A leaver within the feed's cap of 24 hours is declared at once, as a sponsor would;
 * beyond it, or beyond the hourly cap on revocations, it waits for a person to confirm it. Moves and new names always wait: they
 * need evidence. A feed orders nothing and gives nobody anything.
 *
 * The same id with the same body gives the first answer again (`taken` false); with another body it is refused. What was refused is
 * not remembered.
 */
export async function takeReport(
  ra: Ra,
  feed: HrFeed,
  by: AuditActor,
  news: HrNews,
  key: HrEventKey | null,
): Promise<{ readonly report: HrReport; readonly taken: boolean }> {
  try {
    return await withTransaction(ra.db, (tx) => takeWithin(ra, tx, feed, by, news, key, false));
  } catch (error) {
    if (sqlState(error) !== REVOCATION_CAP) throw error;
    return withTransaction(ra.db, (tx) => takeWithin(ra, tx, feed, by, news, key, true));
  }
}

async function takeWithin(
  ra: Ra,
  tx: Tx,
  { id: feedId }: HrFeed,
  by: AuditActor,
  news: HrNews,
  key: HrEventKey | null,
  beyondRevocations: boolean,
): Promise<{ readonly report: HrReport; readonly taken: boolean }> {
  // What follows is one at a time for a feed: so ids are told apart and the cap is kept.
  const feed = await lockHrFeed(tx, feedId);
  const now = ra.now();
  if (!feed || !inForce(feed, now))
    throw new Refusal('feed-refused', 'The feed was revoked or has expired. Ask an operator for a new one.');
  const before = await reportBefore(tx, feed, key);
  if (before) return { report: before, taken: false };
  const person = await personOf(tx, feed, news);
  if (key === null) {
    const waiting = await findWaitingLeaver(tx, feed.id, person.id);
    if (waiting) return { report: waiting, taken: false };
  }
  const waitsFor = await reasonToWait(tx, feed, news, now, beyondRevocations);
  const lifeEventId = waitsFor === null ? await declare(ra, tx, feed, by, person, news) : null;
  const id = await insertHrReport(tx, {
    feedId: feed.id,
    eventId: key?.id ?? null,
    bodySha256: key?.bodySha256 ?? null,
    agencyId: feed.agencyId,
    personId: person.id,
    kind: news.kind,
    effectiveAt: news.effectiveAt ?? null,
    detail: news.detail,
    waitsFor,
    lifeEventId,
    receivedAt: now,
  });
  await writeAudit(tx, [
    {
      kind: 'hr-feed.report',
      outcome: 'success',
      actor: by,
      objectType: 'person',
      objectId: person.id,
      detail: { reportId: id, feedId: feed.id, agencyId: feed.agencyId, kind: news.kind, waitsFor, lifeEventId },
    },
  ]);
  const report = await findHrReport(tx, id);
  if (!report) throw new Error('a report was recorded and is gone');
  return { report, taken: true };
}

async function reportBefore(tx: Tx, feed: HrFeed, key: HrEventKey | null): Promise<HrReport | undefined> {
  const known = key && (await findHrReportByEvent(tx, feed.id, key.id));
  if (!known) return undefined;
  if (known.bodySha256?.toHex() === key.bodySha256.toHex()) return known;
  throw new Refusal('idempotency-mismatch', 'This id was used for another body. Give every event an id of its own.');
}

/** The person, who is of the feed's agency; people of others do not exist for it. */
async function personOf(tx: Tx, { agencyId }: HrFeed, news: HrNews): Promise<Person> {
  const person =
    'id' in news.person
      ? await findPerson(tx, news.person.id)
      : await findPersonByExternalId(tx, agencyId, news.person.externalId);
  if (!person || person.agencyId !== agencyId) {
    throw refusedFor('invalid-request', [
      {
        code: 'person-unknown',
        message: 'the agency has nobody with this id or number',
        path: 'body/person',
        source: 'WF-C',
        remedy: 'enter the number in the record: see person number PERSON NUMBER',
      },
    ]);
  }
  await lockPerson(tx, person.id);
  const present = await findPerson(tx, person.id);
  if (!present || present.agencyId !== agencyId || present.leftAt !== null) {
    throw refusedFor('wrong-state', [
      {
        code: 'person-left',
        message: 'this person has left already',
        path: 'body/person',
        source: 'WF-C',
        remedy: 'people who come back are entered by the agency, with evidence',
      },
    ]);
  }
  return present;
}

async function reasonToWait(
  tx: Tx,
  feed: HrFeed,
  news: HrNews,
  now: Date,
  beyondRevocations: boolean,
): Promise<HrReport['waitsFor']> {
  if (news.kind !== 'leaver') return 'evidence';
  if (beyondRevocations) return 'revocation-cap';
  const declared = await countDeclared(tx, feed.id, new Date(now.getTime() - DAY));
  return declared >= feed.dailyCap ? 'daily-cap' : null;
}

async function declare(
  ra: Ra,
  tx: Tx,
  feed: HrFeed,
  by: AuditActor,
  person: Person,
  { effectiveAt }: HrNews,
): Promise<number> {
  const declarer = { personId: `hr-feed:${feed.id}`, role: 'hr-feed' } as const;
  const wish = {
    kind: 'leaver',
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
    note: `told by the feed ${feed.name}`,
  } as const;
  return (await declareWithin(ra, tx, declarer, by, person, wish)).id;
}
