import { type Kysely, sql } from 'kysely';

/**
 * How agencies become members (WF-M): applications before there is a scope, reports on the tests of their sites after it. Both
 * are records and widen nothing; what counts is in the statements.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [status, applications, reports, rights]) await sql.raw(statement).execute(db);
}

const status = `
ALTER TABLE agencies DROP CONSTRAINT agencies_status_check;
ALTER TABLE agencies ADD CONSTRAINT agencies_status_check CHECK (status IN ('scoped', 'active', 'suspended', 'removed'));
`;

const applications = `
CREATE TABLE agency_applications (
  id uuid PRIMARY KEY,
  -- The id that the agency is to have.
  agency_id text NOT NULL CHECK (agency_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64),
  organization_identifier text NOT NULL CHECK (char_length(organization_identifier) BETWEEN 5 AND 45),
  -- The letter of the chief executive: reference, by whom, of which day.
  letter jsonb NOT NULL,
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'verified', 'declined')),
  -- The register that says so: its name, the number or page, the day of the extract.
  register jsonb,
  reason text CHECK (char_length(reason) <= 500),
  proposed_by text NOT NULL,
  decided_by text,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CHECK (state <> 'verified' OR register IS NOT NULL),
  CHECK (state <> 'declined' OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX agency_applications_one ON agency_applications (agency_id) WHERE state <> 'declined';
CREATE INDEX agency_applications_page ON agency_applications (created_at DESC, id DESC);

CREATE FUNCTION guard_agency_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      RAISE EXCEPTION 'an application begins proposed' USING ERRCODE = 'SE038';
    END IF;
    RETURN NEW;
  END IF;
  IF ROW(NEW.id, NEW.agency_id, NEW.name, NEW.organization_identifier, NEW.letter, NEW.proposed_by, NEW.created_at)
     IS DISTINCT FROM ROW(OLD.id, OLD.agency_id, OLD.name, OLD.organization_identifier, OLD.letter, OLD.proposed_by, OLD.created_at) THEN
    RAISE EXCEPTION 'what was applied for is not changed' USING ERRCODE = 'SE038';
  END IF;
  IF NOT ((OLD.state = 'proposed' AND NEW.state IN ('verified', 'declined')) OR (OLD.state = 'verified' AND NEW.state = 'declined')) THEN
    RAISE EXCEPTION 'application % is %, it does not become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'SE038';
  END IF;
  IF NEW.state = 'verified' AND NEW.decided_by = NEW.proposed_by THEN
    RAISE EXCEPTION 'nobody verifies what they entered' USING ERRCODE = 'SE039';
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON agency_applications FOR EACH ROW EXECUTE FUNCTION guard_agency_application();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON agency_applications FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const reports = `
CREATE TABLE site_reports (
  -- SHA-256 of the content.
  digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
  agency_id text NOT NULL REFERENCES agencies (id),
  -- Canonical JSON (RFC 8785), as the statement that activates the agency names it.
  content bytea NOT NULL CHECK (octet_length(content) <= 65536),
  recorded_by text NOT NULL,
  recorded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX site_reports_agency ON site_reports (agency_id, recorded_at DESC);
SELECT seal_table('site_reports');
`;

const rights = `
GRANT SELECT, INSERT ON agency_applications, site_reports TO see_ra;
GRANT UPDATE (state, register, reason, decided_by) ON agency_applications TO see_ra;
`;
