import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** Copies of keys that are kept under one statement of agents. */
export interface KeptCopies {
  /** Digest of the statement, hex. */
  readonly statement: string;
  /** Copies whose key was certified. */
  readonly copies: number;
  /** Agents of the statement who have the role today. */
  readonly agents: number;
}

/** The copies that are kept, by the statement that names their agents: two of those with the role open them. */
export async function inspectCopies(db: Database): Promise<KeptCopies[]> {
  const answer = await sql<KeptCopies>`
    select encode(k.agents_digest, 'hex') as statement, count(*)::int as copies, (
        select count(*)::int from recovery_agents g where g.statement_digest = k.agents_digest and exists (
          select from role_grants r where r.person_id = g.person_id and r.role = 'ca-operations' and r.removed_at is null)
      ) as agents
    from escrowed_keys k join redemption_results r on r.attempt_id = k.attempt_id
    where r.outcome = 'right' group by k.agents_digest order by k.agents_digest`.execute(db);
  return answer.rows;
}
