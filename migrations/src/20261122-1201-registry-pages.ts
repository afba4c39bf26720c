import { type Kysely, sql } from 'kysely';

/** The pages of people: by name, of all or of an agency, and the orders of one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX people_page ON people (lower(display_name), id)`.execute(db);
  await sql`CREATE INDEX people_of_agency ON people (agency_id, lower(display_name), id)`.execute(db);
  await sql`CREATE INDEX orders_of_applicant ON orders (applicant_id, created_at DESC, id DESC)`.execute(db);
}
