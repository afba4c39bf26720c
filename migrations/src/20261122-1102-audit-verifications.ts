import { type Kysely, sql } from 'kysely';

/**
 * Proofs of the audit log that somebody started from the console: how far each is, and what it found. The proof itself is
 * made of the log and its checkpoints; a row here is a note about it and proves nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db);
}

const table = `
CREATE TABLE audit_verifications (
  id uuid PRIMARY KEY,
  started_by text NOT NULL,
  started_at timestamptz(3) NOT NULL,
  -- Entries of the log when it was started.
  entries bigint NOT NULL CHECK (entries >= 0),
  verified bigint NOT NULL DEFAULT 0 CHECK (verified >= 0),
  -- Of its last sign of life.
  seen_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  report jsonb,
  CHECK ((finished_at IS NULL) = (report IS NULL))
);
CREATE INDEX audit_verifications_newest ON audit_verifications (started_at, id);
GRANT SELECT, INSERT ON audit_verifications TO see_ra;
GRANT UPDATE (verified, seen_at, finished_at, report) ON audit_verifications TO see_ra;
INSERT INTO audit_kinds VALUES ('see_ra', 'audit.');
`;
