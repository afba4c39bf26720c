import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** Whether anything needs somebody. Counts stop at 1,000: beyond that the number itself helps nobody. */
export interface Attention {
  readonly pendingOrders: number;
  readonly oldestPending: Date | undefined;
  readonly refusedOrders: number;
  readonly expiringCertificates: number;
  readonly staleAgencies: number;
  /** Ids of removed agencies of which certificates are good still. */
  readonly unendedAgencies: readonly string[];
  /** Dead letters: mails that nobody tries any more. */
  readonly failedMails: number;
  /** What feeds of HR systems told and what waits for a person. */
  readonly waitingReports: number;
  readonly crls: readonly { readonly ca: string; readonly number: number; readonly nextUpdate: Date }[];
  readonly processes: readonly { readonly process: string; readonly seenAt: Date }[];
}

const MOST = 1_000;

/** What the home page of the console tells. Refused orders are those of the last seven days. */
export async function readAttention(db: Database, now: Date, agencyId: string | undefined): Promise<Attention> {
  const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
  let orders = db.selectFrom('orders').select(['created_at']).orderBy('created_at').limit(MOST);
  let certificates = db
    .selectFrom('certificates')
    .select('id')
    .where('not_after', '>', now)
    .where('not_after', '<', inDays(30))
    .where('profile_id', '<>', 'ocsp-responder')
    .limit(MOST);
  let mails = db.selectFrom('mails').select('id').where('state', '=', 'failed').limit(MOST);
  let reports = db
    .selectFrom('hr_reports as r')
    .select('r.id')
    .where('r.waits_for', 'is not', null)
    .where((where) =>
      where.not(
        where.exists(
          where.selectFrom('hr_report_ends as n').select('n.report_id').whereRef('n.report_id', '=', 'r.id'),
        ),
      ),
    )
    .limit(MOST);
  if (agencyId !== undefined) {
    reports = reports.where('r.agency_id', '=', agencyId);
    mails = mails.where('agency_id', '=', agencyId);
    orders = orders.where('agency_id', '=', agencyId);
    certificates = certificates.where('agency_id', '=', agencyId);
  }
  const [pending, refused, expiring, stale, unended, failedMails, waitingReports, crls, processes] = await Promise.all([
    orders.where('state', '=', 'pending').execute(),
    orders.where('state', '=', 'refused').where('created_at', '>', inDays(-7)).execute(),
    certificates.execute(),
    db.selectFrom('agencies').select('id').where('status', '=', 'active').where('next_review_at', '<', now).execute(),
    unendedAgencies(db, now),
    mails.execute(),
    reports.execute(),
    db
      .selectFrom('crls')
      .distinctOn('ca')
      .select(['ca', 'number', 'next_update'])
      .where('scope', '=', 'full')
      .orderBy('ca')
      .orderBy('number', 'desc')
      .execute(),
    db.selectFrom('heartbeats').select(['process', 'seen_at']).orderBy('process').execute(),
  ]);
  return {
    pendingOrders: pending.length,
    oldestPending: pending[0]?.created_at,
    refusedOrders: refused.length,
    expiringCertificates: expiring.length,
    staleAgencies: stale.length,
    unendedAgencies: unended,
    failedMails: failedMails.length,
    waitingReports: waitingReports.length,
    crls: crls.map((row) => ({ ca: row.ca, number: row.number, nextUpdate: row.next_update })),
    processes: processes.map((row) => ({ process: row.process, seenAt: row.seen_at })),
  };
}

/** Removed agencies with a certificate that is not over and that nobody revoked. */
async function unendedAgencies(db: Database, now: Date): Promise<string[]> {
  const answer = await sql<{ id: string }>`
    select a.id from agencies a where a.status = 'removed' and exists (
      select from certificates c where c.agency_id = a.id and c.not_after > ${now}
        and not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke'))
    order by a.id`.execute(db);
  return answer.rows.map(({ id }) => id);
}
