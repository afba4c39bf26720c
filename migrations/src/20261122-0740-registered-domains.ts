import { type Kysely, sql } from 'kysely';

/**
 * Evidence that an agency controls its domains, beside the scope statements that two operators signed: a record that we
 * found in the DNS, with a value that we made, or an operator's decision with its reason. It widens nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, guards, rights]) await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE domain_challenges (
  id uuid PRIMARY KEY,
  agency_id text NOT NULL REFERENCES agencies (id),
  domain text NOT NULL CHECK (char_length(domain) BETWEEN 3 AND 253),
  value text NOT NULL CHECK (value ~ '^[A-Za-z0-9_-]{43}$'),
  asked_by text NOT NULL,
  asked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz(3) NOT NULL DEFAULT clock_timestamp() + interval '24 hours',
  CHECK (expires_at > asked_at AND expires_at <= asked_at + interval '24 hours 1 second')
);
CREATE TABLE domain_evidence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agency_id text NOT NULL REFERENCES agencies (id),
  domain text NOT NULL,
  method text NOT NULL CHECK (method IN ('dns-record', 'officer-decision')),
  challenge_id uuid UNIQUE REFERENCES domain_challenges (id),
  reason text CHECK (char_length(reason) BETWEEN 10 AND 500),
  recorded_by text NOT NULL,
  recorded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK ((method = 'dns-record') = (challenge_id IS NOT NULL)),
  CHECK ((method = 'officer-decision') = (reason IS NOT NULL))
);
CREATE INDEX domain_evidence_agency ON domain_evidence (agency_id, domain, recorded_at DESC);
SELECT seal_table('domain_challenges'), seal_table('domain_evidence');
`;

const guards = `
CREATE FUNCTION guard_domain_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.recorded_at := clock_timestamp();
  IF NEW.challenge_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM domain_challenges WHERE id = NEW.challenge_id AND agency_id = NEW.agency_id AND domain = NEW.domain AND expires_at > clock_timestamp()
  ) THEN
    RAISE EXCEPTION 'the value was for another domain, or its time is over' USING ERRCODE = 'SE025';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON domain_evidence FOR EACH ROW EXECUTE FUNCTION guard_domain_evidence();
`;

const rights = `
GRANT SELECT ON domain_challenges, domain_evidence TO see_ra;
GRANT INSERT (id, agency_id, domain, value, asked_by) ON domain_challenges TO see_ra;
GRANT INSERT (agency_id, domain, method, challenge_id, reason, recorded_by) ON domain_evidence TO see_ra;
INSERT INTO audit_kinds VALUES ('see_ra', 'domain.');
`;
