import { type Kysely, sql } from 'kysely';

/** Finds the list that was in force at a time, among all that were ever made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX crls_by_time ON crls (ca, scope, this_update, number)`.execute(db);
}
