import { type Kysely, sql } from 'kysely';

/**
 * Evidence of who people are, an item a row: what it was, who issued it, who saw it when and how, and when it ends. Never
 * the number of a document. What was recorded is not changed; a mistake is withdrawn by a row of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, guards, rights]) await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE evidence_items (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  -- The person's agency when it was recorded.
  agency_id text REFERENCES agencies (id),
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z-]{2,40}$'),
  issuer text CHECK (char_length(issuer) BETWEEN 1 AND 200),
  method text NOT NULL CHECK (method IN ('in-person', 'remote', 'known-to-agency')),
  sighted_on date NOT NULL,
  sighted_by text NOT NULL REFERENCES people (id),
  expires_on date,
  note text CHECK (char_length(note) BETWEEN 1 AND 500),
  -- The order with which a sponsor gave their word.
  order_id uuid REFERENCES orders (id),
  recorded_by text NOT NULL,
  recorded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK (expires_on > sighted_on),
  CHECK (sighted_by <> person_id),
  CHECK ((method = 'known-to-agency') = (kind = 'known-to-agency')),
  CHECK (kind = 'known-to-agency' OR issuer IS NOT NULL)
);
CREATE INDEX evidence_items_person ON evidence_items (person_id, id);
CREATE TABLE evidence_withdrawals (
  item_id bigint PRIMARY KEY REFERENCES evidence_items (id),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 3 AND 500),
  withdrawn_by text NOT NULL,
  withdrawn_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
SELECT seal_table('evidence_items'), seal_table('evidence_withdrawals');
`;

const guards = `
CREATE FUNCTION guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.recorded_at := clock_timestamp();
  NEW.agency_id := (SELECT agency_id FROM people WHERE id = NEW.person_id);
  -- A day is told by the calendar of those who write it, which is ahead of UTC by 14 hours at most.
  IF NEW.sighted_on > ((clock_timestamp() AT TIME ZONE 'UTC') + interval '14 hours')::date THEN
    RAISE EXCEPTION 'nobody has seen it yet' USING ERRCODE = 'SE024';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON evidence_items FOR EACH ROW EXECUTE FUNCTION guard_evidence();
`;

const rights = `
GRANT SELECT, INSERT ON evidence_items, evidence_withdrawals TO see_ra;
INSERT INTO audit_kinds VALUES ('see_ra', 'evidence.');
`;
