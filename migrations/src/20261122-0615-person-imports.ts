import { type Kysely, sql } from 'kysely';

/**
 * Imports of people: what somebody confirmed, row by row, and what became of each row. What must never happen is held
 * here: two open imports of one agency, the same plan confirmed twice, a row that is done without its person or whose
 * person changes, a row that is worked on while its import is paused, an import that is done with rows still waiting.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, guards, rights]) await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE imports (
  id uuid PRIMARY KEY,
  agency_id text NOT NULL REFERENCES agencies (id),
  -- SHA-256 over what was previewed and confirmed.
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  state text NOT NULL CHECK (state IN ('running', 'paused', 'done')),
  same_name text NOT NULL CHECK (same_name IN ('skip', 'create')),
  leave_out boolean NOT NULL,
  -- Who confirmed: the actor of every audit event of its people.
  actor jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (agency_id, digest)
);
CREATE UNIQUE INDEX imports_one_open ON imports (agency_id) WHERE state <> 'done';
CREATE INDEX imports_page ON imports (created_at DESC, id DESC);
CREATE INDEX imports_running ON imports (created_at) WHERE state = 'running';

CREATE TABLE import_rows (
  import_id uuid NOT NULL REFERENCES imports (id),
  row integer NOT NULL CHECK (row BETWEEN 2 AND 20001),
  external_id text CHECK (char_length(external_id) <= 1000),
  given_name text CHECK (char_length(given_name) <= 1000),
  surname text CHECK (char_length(surname) <= 1000),
  display_name text CHECK (char_length(display_name) <= 2001),
  email text CHECK (char_length(email) <= 1000),
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'skipped', 'failed')),
  -- Why it was skipped or failed.
  code text CHECK (code ~ '^[a-z][a-z0-9-]{2,60}$'),
  reason text CHECK (char_length(reason) <= 4000),
  person_id text UNIQUE REFERENCES people (id),
  PRIMARY KEY (import_id, row),
  CHECK ((state = 'done') = (person_id IS NOT NULL)),
  CHECK ((state IN ('skipped', 'failed')) = (code IS NOT NULL)),
  CHECK ((code IS NULL) = (reason IS NULL)),
  CHECK (state = 'skipped' OR (surname IS NOT NULL AND display_name IS NOT NULL AND email IS NOT NULL))
);
CREATE INDEX import_rows_waiting ON import_rows (import_id, row) WHERE state = 'waiting';
`;

const guards = `
CREATE FUNCTION guard_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW(NEW.id, NEW.agency_id, NEW.digest, NEW.same_name, NEW.leave_out, NEW.actor, NEW.created_by, NEW.created_at)
     IS DISTINCT FROM ROW(OLD.id, OLD.agency_id, OLD.digest, OLD.same_name, OLD.leave_out, OLD.actor, OLD.created_by, OLD.created_at) THEN
    RAISE EXCEPTION 'what was confirmed is not changed' USING ERRCODE = 'SE013';
  END IF;
  IF NEW.state = 'done' AND EXISTS (SELECT FROM import_rows WHERE import_id = NEW.id AND state = 'waiting') THEN
    RAISE EXCEPTION 'rows of import % still wait', NEW.id USING ERRCODE = 'SE013';
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION guard_import();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON imports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_import_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW(NEW.import_id, NEW.row, NEW.external_id, NEW.given_name, NEW.surname, NEW.display_name, NEW.email)
     IS DISTINCT FROM ROW(OLD.import_id, OLD.row, OLD.external_id, OLD.given_name, OLD.surname, OLD.display_name, OLD.email) THEN
    RAISE EXCEPTION 'what was confirmed is not changed' USING ERRCODE = 'SE013';
  END IF;
  IF NOT ((OLD.state = 'waiting' AND NEW.state IN ('done', 'failed', 'skipped')) OR (OLD.state = 'failed' AND NEW.state = 'waiting')) THEN
    RAISE EXCEPTION 'row % of import % is %, it does not become %', OLD.row, OLD.import_id, OLD.state, NEW.state USING ERRCODE = 'SE013';
  END IF;
  IF NEW.state IN ('done', 'failed') AND (SELECT state FROM imports WHERE id = NEW.import_id) <> 'running' THEN
    RAISE EXCEPTION 'import % is not running', NEW.import_id USING ERRCODE = 'SE013';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON import_rows FOR EACH ROW EXECUTE FUNCTION guard_import_row();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON import_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const rights = `
GRANT SELECT, INSERT ON imports, import_rows TO see_ra;
GRANT UPDATE (state) ON imports TO see_ra;
GRANT UPDATE (state, code, reason, person_id) ON import_rows TO see_ra;
INSERT INTO audit_kinds VALUES ('see_ra', 'import.');
`;
