import { type Kysely, sql } from 'kysely';

/** Lets ra say in the log which bundle it gave out: its digest there is what proves it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(rights).execute(db);
}

const rights = `
INSERT INTO audit_kinds VALUES ('see_ra', 'record.');
`;
