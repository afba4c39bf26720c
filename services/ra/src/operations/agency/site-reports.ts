import { createHash } from 'node:crypto';
import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { insertSiteReport } from '@see/db/ra';
import type { AgencyScope } from '@see/domain';
import { Refusal } from '@see/http';
import { type SiteReport, siteReportViolations } from '@see/policy';
import { canonicalBytes } from '@see/statement';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';

/**
 * Records the report on an agency's site, when it certifies the site; the same one again is the same. Returns the digest that
 * the statement of activation names. What was tested, and that the accreditation is right, is the operator's word.
 */
export async function recordSiteReport(
  ra: Ra,
  by: AuditActor,
  agency: AgencyScope,
  report: SiteReport,
): Promise<string> {
  if (agency.status === 'removed') throw new Refusal('wrong-state', 'The agency was removed.');
  const violations = siteReportViolations(report, ra.now());
  if (violations.length > 0) throw refusedFor('evidence-missing', violations);
  const content = canonicalBytes({ v: 1, agencyId: agency.agencyId, ...report });
  const digest = new Uint8Array(createHash('sha256').update(content).digest());
  await withTransaction(ra.db, async (tx) => {
    const stored = { digest, agencyId: agency.agencyId, content, recordedBy: by.personId ?? 'unknown' };
    if (!(await insertSiteReport(tx, stored))) return;
    await writeAudit(tx, [
      {
        kind: 'agency.site-certified',
        outcome: 'success',
        actor: by,
        objectType: 'agency',
        objectId: agency.agencyId,
        detail: {
          report: digest.toHex(),
          product: report.product,
          testedOn: report.testedOn,
          testedBy: report.testedBy,
        },
      },
    ]);
  });
  return digest.toHex();
}
