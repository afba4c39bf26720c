import { type Kysely, sql } from 'kysely';

/** Who last confirmed that the record of a person is right; null where nobody noted it. The registry's writers set it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(reviews).execute(db);
}

const reviews = `
ALTER TABLE people ADD COLUMN verified_by text;
GRANT UPDATE (verified_by) ON people TO see_ra;
CREATE INDEX people_review ON people (next_review_at, id) WHERE left_at IS NULL;
`;
