import { type DatedRecord, listPersonalRecords, type RecordFilter, type RecordKey } from '@see/db/ra';
import { KNOWN_TO_AGENCY } from '@see/policy';
import type { Ra } from '../../ra.ts';
import { evidencePolicy } from '../personal-evidence.ts';
import { agencyRecords } from './agency-records.ts';

/**
 * Records by the date on which they have to be looked at again, those that are overdue first. Agencies that are no members any
 * more and people who have left are left out.
 */
export async function listRecords(
  ra: Ra,
  filter: RecordFilter,
  size: number,
  place: RecordKey | undefined,
): Promise<{ readonly rows: readonly DatedRecord[]; readonly next: RecordKey | undefined }> {
  const { agencyId, kind, after, until } = filter;
  const scopes = [...ra.authority.current.agencies.values()].filter(
    (scope) => scope.status !== 'removed' && (agencyId === undefined || scope.agencyId === agencyId),
  );
  const ofAgencies = (await agencyRecords(ra, scopes)).filter(
    (record) =>
      (kind === undefined || record.kind === kind) &&
      (after === undefined || record.nextReviewAt > after) &&
      (until === undefined || record.nextReviewAt <= until) &&
      (place === undefined || compare(record, place) > 0),
  );
  const personal = await listPersonalRecords(ra.db, filter, clocksOf(ra), size + 1, place);
  const all = [...ofAgencies, ...personal].toSorted(compare);
  const rows = all.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: all.length > size ? last : undefined };
}

/** For how many days each kind of evidence counts. */
function clocksOf(ra: Ra): ReadonlyMap<string, number> {
  const { knownToAgency, points } = evidencePolicy(ra);
  return new Map([
    [KNOWN_TO_AGENCY, knownToAgency.days],
    ...Object.keys(points.kinds).map((kind) => [kind, points.days] as const),
  ]);
}

/** By date, kind and id; texts by their code units, as the database compares them under "C". */
function compare(one: RecordKey, other: RecordKey): number {
  const dates = one.nextReviewAt.getTime() - other.nextReviewAt.getTime();
  if (dates !== 0) return dates;
  if (one.kind !== other.kind) return one.kind < other.kind ? -1 : 1;
  return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
}
