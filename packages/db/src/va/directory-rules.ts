import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** How an encryption certificate gets into the directory, as the rows tell. */
export interface DirectoryRule {
  readonly id: number;
  /** Whether its holder has yet to confirm that its key works. */
  readonly waits: boolean;
  /** The certificates that it takes the place of. */
  readonly replaces: readonly number[];
}

/** The rules of these certificates; those that no rule is about are left out. */
export async function readDirectoryRules(db: Database, ids: readonly number[]): Promise<DirectoryRule[]> {
  if (ids.length === 0) return [];
  const answer = await sql<DirectoryRule>`
    select certificate_id as id, waits, replaces from directory_rules
    where certificate_id = any(${ids as number[]}::bigint[])`.execute(db);
  return answer.rows;
}
