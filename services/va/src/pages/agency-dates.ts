import { type Database, readChain } from '@see/db/service';
import type { Authority } from '@see/domain';
import { type ReadStatement, readStatement } from '@see/statement';
import type { AgencyDates } from './member-list.ts';

/**
 * The dates of agencies, from the statements of the chain. Read again, because the authority keeps only what is in force;
 * taken only when the digests lead without a gap to the head that this process verified. Undefined otherwise.
 */
export async function readAgencyDates(
  db: Database,
  authority: Authority,
): Promise<ReadonlyMap<string, AgencyDates> | undefined> {
  const dates = new Map<string, AgencyDates>();
  let head: ReadStatement | undefined;
  for (const row of await readChain(db, 0)) {
    const read = readStatement(row.bytes);
    if (head && read.statement.prev !== head.digest.toHex()) return undefined;
    head = read;
    const { kind, subject, notBefore } = read.statement;
    const agencyId = subject['agencyId'];
    if (kind.startsWith('agency-') && typeof agencyId === 'string') {
      dates.set(agencyId, { since: dates.get(agencyId)?.since ?? notBefore, updatedAt: notBefore });
    }
    if (read.digest.toHex() === authority.headDigest) return dates;
  }
  return undefined;
}
