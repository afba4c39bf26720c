import { type Kysely, sql } from 'kysely';

/** The page of a feed: what it told, the newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX hr_reports_of_feed ON hr_reports (feed_id, id DESC)`.execute(db);
}
