import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A report on the tests of an agency's site, by the digest that statements name. */
export interface StoredSiteReport {
  /** SHA-256 of the content. */
  readonly digest: Uint8Array;
  readonly agencyId: string;
  /** Canonical JSON. */
  readonly content: Uint8Array;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

/** Stores a report; false when the same one is there. */
export async function insertSiteReport(tx: Tx, report: Omit<StoredSiteReport, 'recordedAt'>): Promise<boolean> {
  const stored = await tx
    .insertInto('site_reports')
    .values({
      digest: report.digest,
      agency_id: report.agencyId,
      content: report.content,
      recorded_by: report.recordedBy,
    })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .executeTakeFirst();
  return stored.numInsertedOrUpdatedRows === 1n;
}

/** The reports of an agency, the newest first. */
export async function listSiteReports(db: Database | Tx, agencyId: string): Promise<readonly StoredSiteReport[]> {
  const rows = await db
    .selectFrom('site_reports')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('recorded_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    digest: row.digest,
    agencyId: row.agency_id,
    content: row.content,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  }));
}
