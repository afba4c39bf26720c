import type { Database } from '../connect.ts';
import type { AuditReport } from '../log/audit-report.ts';
import type { Tx } from '../transaction.ts';

/** A proof of the audit log that somebody started, and how far it is. */
export interface AuditVerification {
  readonly id: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** Entries of the log when it was started. */
  readonly entries: number;
  readonly verified: number;
  /** When it last said that it goes on. */
  readonly seenAt: Date;
  readonly finishedAt: Date | null;
  readonly report: AuditReport | null;
}

export async function insertAuditVerification(
  tx: Tx,
  one: Pick<AuditVerification, 'id' | 'startedBy' | 'startedAt' | 'entries'>,
): Promise<void> {
  await tx
    .insertInto('audit_verifications')
    .values({
      id: one.id,
      started_by: one.startedBy,
      started_at: one.startedAt,
      entries: one.entries,
      seen_at: one.startedAt,
    })
    .execute();
}

/** Notes how many entries hold. */
export async function noteAuditProgress(db: Database, id: string, verified: number, at: Date): Promise<void> {
  await db
    .updateTable('audit_verifications')
    .set({ verified, seen_at: at })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

/** Notes what was found. */
export async function finishAuditVerification(tx: Tx, id: string, report: AuditReport, at: Date): Promise<void> {
  await tx
    .updateTable('audit_verifications')
    .set({ verified: report.entries, seen_at: at, finished_at: at, report: JSON.stringify(report) })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

export async function findAuditVerification(db: Database, id: string): Promise<AuditVerification | undefined> {
  const row = await verifications(db).where('id', '=', id).executeTakeFirst();
  return row && verificationOf(row);
}

/** The newest ones, the last started first. */
export async function listAuditVerifications(db: Database, size: number): Promise<readonly AuditVerification[]> {
  const rows = await verifications(db).orderBy('started_at', 'desc').orderBy('id', 'desc').limit(size).execute();
  return rows.map(verificationOf);
}

function verifications(db: Database) {
  return db
    .selectFrom('audit_verifications')
    .select(['id', 'started_by', 'started_at', 'entries', 'verified', 'seen_at', 'finished_at', 'report']);
}

type Row = Awaited<ReturnType<ReturnType<typeof verifications>['executeTakeFirstOrThrow']>>;

function verificationOf(row: Row): AuditVerification {
  return {
    id: row.id,
    startedBy: row.started_by,
    startedAt: row.started_at,
    entries: row.entries,
    verified: row.verified,
    seenAt: row.seen_at,
    finishedAt: row.finished_at,
    report: row.report as AuditReport | null,
  };
}
