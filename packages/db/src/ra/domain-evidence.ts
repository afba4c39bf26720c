import type { Database } from '../connect.ts';
import type { DomainEvidence as Evidence } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

/** Evidence of control of a domain as it was recorded. */
export interface DomainEvidenceRow {
  readonly domain: string;
  readonly method: Evidence['method'];
  readonly reason: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

/** A value that an agency is to put into its DNS. */
export interface DomainChallenge {
  readonly id: string;
  readonly agencyId: string;
  readonly domain: string;
  readonly value: string;
  readonly expiresAt: Date;
}

/** What was recorded of an agency's domains, the newest first. */
export async function listDomainEvidence(db: Database, agencyId: string): Promise<DomainEvidenceRow[]> {
  const rows = await db
    .selectFrom('domain_evidence')
    .select(['domain', 'method', 'reason', 'recorded_by', 'recorded_at'])
    .where('agency_id', '=', agencyId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ recorded_by: recordedBy, recorded_at: recordedAt, ...rest }) => ({
    ...rest,
    recordedBy,
    recordedAt,
  }));
}

export async function insertDomainChallenge(
  tx: Tx,
  challenge: Omit<DomainChallenge, 'expiresAt'> & { readonly askedBy: string },
): Promise<Date> {
  const { id, agencyId, domain, value, askedBy } = challenge;
  const row = await tx
    .insertInto('domain_challenges')
    .values({ id, agency_id: agencyId, domain, value, asked_by: askedBy })
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  return row.expires_at;
}

export async function findDomainChallenge(db: Database, id: string): Promise<DomainChallenge | undefined> {
  const row = await db
    .selectFrom('domain_challenges')
    .select(['id', 'agency_id', 'domain', 'value', 'expires_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  return (
    row && { id: row.id, agencyId: row.agency_id, domain: row.domain, value: row.value, expiresAt: row.expires_at }
  );
}

/** Records evidence; the schema takes a challenge once (23505), in time and for its own domain (SE025). */
export async function insertDomainEvidence(
  tx: Tx,
  evidence: {
    readonly agencyId: string;
    readonly domain: string;
    readonly method: Evidence['method'];
    readonly challengeId: string | null;
    readonly reason: string | null;
    readonly recordedBy: string;
  },
): Promise<void> {
  await tx
    .insertInto('domain_evidence')
    .values({
      agency_id: evidence.agencyId,
      domain: evidence.domain,
      method: evidence.method,
      challenge_id: evidence.challengeId,
      reason: evidence.reason,
      recorded_by: evidence.recordedBy,
    })
    .execute();
}
