import { type DatedRecord, listDomainEvidence, readStatementSigners } from '@see/db/ra';
import type { AgencyScope } from '@see/domain';
import { domainStandings } from '@see/policy';
import type { Ra } from '../../ra.ts';
import { evidencePolicy } from '../personal-evidence.ts';

/** The persons who signed the statements in force of some agencies, by agency. */
export async function verifiersOf(
  ra: Ra,
  scopes: readonly AgencyScope[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { credentials } = ra.authority.current;
  const signers = await readStatementSigners(
    ra.db,
    scopes.map(({ digest }) => Uint8Array.fromHex(digest)),
  );
  return new Map(
    scopes.map(({ agencyId, digest }) => {
      const persons = (signers.get(digest) ?? [])
        .map((id) => credentials.get(id)?.personId)
        .filter((id) => id !== undefined);
      return [agencyId, [...new Set(persons)]];
    }),
  );
}

/** The records that an agency's signed scope holds: the agency itself, its domains, and each delegation. */
export async function agencyRecords(ra: Ra, scopes: readonly AgencyScope[]): Promise<DatedRecord[]> {
  const verifiers = await verifiersOf(ra, scopes);
  const policy = evidencePolicy(ra);
  const found: DatedRecord[] = [];
  for (const scope of scopes) {
    const { agencyId, name } = scope;
    const by = verifiers.get(agencyId) ?? [];
    const asOf = dateOf(scope.lastVerifiedAt);
    const nextReviewAt = dateOf(scope.nextReviewAt);
    found.push({ kind: 'agency', id: agencyId, agencyId, name, asOf, by, nextReviewAt });
    const evidence = await listDomainEvidence(ra.db, agencyId);
    for (const { domain, since, until, by: method } of domainStandings(policy, scope, evidence)) {
      const recorder = evidence.find((one) => one.domain === domain && one.recordedAt.getTime() === since.getTime());
      const who = method === 'scope-statement' || !recorder ? by : [recorder.recordedBy];
      found.push({
        kind: 'domain',
        id: `${agencyId}/${domain}`,
        agencyId,
        name: domain,
        asOf: since,
        by: who,
        nextReviewAt: until,
      });
    }
    for (const { personId, role, until } of scope.delegations) {
      const end = new Date(Math.min(dateOf(until).getTime(), nextReviewAt.getTime()));
      const id = `${agencyId}/${role}/${personId}`;
      found.push({ kind: 'delegation', id, agencyId, name: `${role} ${personId}`, asOf, by, nextReviewAt: end });
    }
  }
  return found;
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
