import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Mails } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

/** What is known of a person's mailbox, their present address alone. */
export interface Mailbox {
  /** Since when mail to it comes back; null when it does not, or was proved since. */
  readonly flaggedSince: Date | null;
  /** When they last showed that it is theirs. */
  readonly provedAt: Date | null;
  /** Until when the last check that they have not answered can be answered. */
  readonly askedUntil: Date | null;
}

export async function readMailbox(db: Database, personId: string): Promise<Mailbox> {
  const answer = await sql<Mailbox>`
    select (select f.since from flagged_addresses f where f.address = lower(p.email)) as "flaggedSince",
      (select max(f.proved_at) from mailbox_proofs f where f.person_id = p.id and lower(f.address) = lower(p.email)) as "provedAt",
      (select max(c.expires_at) from mailbox_checks c where c.person_id = p.id and c.address = p.email and c.expires_at > clock_timestamp()
        and not exists (select from mailbox_proofs f where f.check_id = c.id)) as "askedUntil"
    from people p where p.id = ${personId}`.execute(db);
  return answer.rows[0] ?? { flaggedSince: null, provedAt: null, askedUntil: null };
}

/** Asks for a check of an address and for its letter; undefined when one was asked for within the last minute. */
export async function askForMailboxCheck(
  tx: Tx,
  check: {
    readonly id: string;
    readonly personId: string;
    readonly agencyId: string | null;
    readonly address: string;
    readonly askedBy: string;
  },
): Promise<Date | undefined> {
  const { id, personId, agencyId, address, askedBy } = check;
  const recent = await sql`
    select from mailbox_checks where person_id = ${personId} and asked_at > clock_timestamp() - interval '1 minute'`.execute(
    tx,
  );
  if (recent.rows.length > 0) return undefined;
  const made = await tx
    .insertInto('mailbox_checks')
    .values({ id, person_id: personId, address, asked_by: askedBy })
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('mails')
    .values({
      template: 'mailbox-check',
      recipient: address,
      agency_id: agencyId,
      detail: JSON.stringify({ checkId: id }),
    })
    .execute();
  return made.expires_at;
}

/** A check by the hash of the value that its mail held. */
export interface AnsweredCheck {
  readonly id: string;
  readonly personId: string;
  readonly address: string;
  /** What its link is for. */
  readonly purpose: 'mailbox' | 'reissue';
  /** Whether it can still be confirmed. */
  readonly open: boolean;
}

export async function findCheckByLink(db: Database, tokenSha256: Uint8Array): Promise<AnsweredCheck | undefined> {
  const answer = await sql<AnsweredCheck>`
    select c.id, c.person_id as "personId", c.address, c.purpose,
      c.expires_at > clock_timestamp() and not exists (select from mailbox_proofs f where f.check_id = c.id) as open
    from mailbox_links l join mailbox_checks c on c.id = l.check_id where l.token_sha256 = ${tokenSha256}`.execute(db);
  return answer.rows[0];
}

/** Records the proof; the schema compares the value (SE023) and takes it once (23505). */
export async function insertMailboxProof(tx: Tx, checkId: string, token: Uint8Array): Promise<void> {
  await sql`insert into mailbox_proofs (check_id, token) values (${checkId}, ${token})`.execute(tx);
}

/** Mails that were given up because nobody was known to read this address. */
export async function listHeldBackMails(
  tx: Tx,
  address: string,
): Promise<{ id: string; template: Mails['template']; recipient: string }[]> {
  return tx
    .selectFrom('mails')
    .select(['id', 'template', 'recipient'])
    .where(sql`lower(recipient)`, '=', address.toLowerCase())
    .where('state', '=', 'failed')
    .where('template', '<>', 'mailbox-check')
    .where('code', 'in', ['address-flagged', 'address-refused'])
    .orderBy('created_at')
    .execute();
}

/** The agencies of the people who have this address. */
export async function findAddressees(
  db: Database,
  address: string,
): Promise<{ readonly id: string; readonly agencyId: string | null }[]> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'agency_id'])
    .where(sql`lower(email)`, '=', address.toLowerCase())
    .orderBy('id')
    .execute();
  return rows.map(({ id, agency_id: agencyId }) => ({ id, agencyId }));
}

/** Notes that somebody saw mail to an address come back. */
export async function insertReportedBounce(
  tx: Tx,
  bounce: { readonly address: string; readonly note: string | null; readonly reportedBy: string },
): Promise<Date> {
  const row = await tx
    .insertInto('mail_bounces')
    .values({ address: bounce.address, kind: 'reported', note: bounce.note, reported_by: bounce.reportedBy })
    .returning('at')
    .executeTakeFirstOrThrow();
  return row.at;
}
