import { type Kysely, sql } from 'kysely';

/**
 * Feeds of HR systems: who may tell of an agency's people, with what key or token, how much a day. What a feed said is never
 * changed; somebody confirms or dismisses, once, what waits for that. A person has their agency's own number, if it gives one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [people, feeds, reports, rights]) await sql.raw(statement).execute(db);
}

const people = `
ALTER TABLE people ADD COLUMN external_id text CHECK (length(external_id) BETWEEN 1 AND 64);
CREATE UNIQUE INDEX people_external_id ON people (agency_id, external_id) WHERE left_at IS NULL;
GRANT UPDATE (external_id) ON people TO see_ra;
`;

const feeds = `
CREATE TABLE hr_feeds (
  id uuid PRIMARY KEY,
  agency_id text NOT NULL REFERENCES agencies (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  kind text NOT NULL CHECK (kind IN ('webhook', 'scim')),
  -- A webhook has a public key, known by its thumbprint; SCIM has a token, of which the digest is kept.
  key_id text UNIQUE,
  public_key jsonb,
  token_sha256 bytea UNIQUE CHECK (octet_length(token_sha256) = 32),
  daily_cap integer NOT NULL CHECK (daily_cap BETWEEN 0 AND 200),
  created_by text NOT NULL REFERENCES people (id),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '366 days'),
  revoked_at timestamptz(3),
  revoked_by text REFERENCES people (id),
  CHECK ((kind = 'webhook') = (key_id IS NOT NULL AND public_key IS NOT NULL)),
  CHECK ((kind = 'scim') = (token_sha256 IS NOT NULL)),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX hr_feeds_page ON hr_feeds (created_at DESC, id DESC);

CREATE FUNCTION guard_hr_feed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL
     OR to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by'] THEN
    RAISE EXCEPTION 'a feed is revoked once, and otherwise made anew' USING ERRCODE = 'SE031';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON hr_feeds FOR EACH ROW EXECUTE FUNCTION guard_hr_feed();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON hr_feeds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const reports = `
CREATE TABLE hr_reports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  feed_id uuid NOT NULL REFERENCES hr_feeds (id),
  -- The sender's own id of what it said, and SHA-256 of the body; SCIM has none.
  event_id text CHECK (length(event_id) BETWEEN 1 AND 100),
  body_sha256 bytea CHECK (octet_length(body_sha256) = 32),
  agency_id text NOT NULL REFERENCES agencies (id),
  person_id text NOT NULL REFERENCES people (id),
  kind text NOT NULL CHECK (kind IN ('leaver', 'mover', 'name-change')),
  effective_at timestamptz(3),
  detail jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(detail) = 'object'),
  -- Why it waits for somebody; null when it was declared at once.
  waits_for text CHECK (waits_for IN ('evidence', 'daily-cap', 'revocation-cap')),
  life_event_id bigint UNIQUE REFERENCES life_events (id),
  received_at timestamptz(3) NOT NULL,
  UNIQUE (feed_id, event_id),
  CHECK ((event_id IS NULL) = (body_sha256 IS NULL)),
  CHECK ((waits_for IS NULL) = (life_event_id IS NOT NULL)),
  CHECK (waits_for IS NOT NULL OR kind = 'leaver')
);
CREATE INDEX hr_reports_declared ON hr_reports (feed_id, received_at) WHERE waits_for IS NULL;

CREATE TABLE hr_report_ends (
  report_id bigint PRIMARY KEY REFERENCES hr_reports (id),
  outcome text NOT NULL CHECK (outcome IN ('confirmed', 'dismissed')),
  life_event_id bigint UNIQUE REFERENCES life_events (id),
  reason text CHECK (length(reason) <= 500),
  ended_by text NOT NULL REFERENCES people (id),
  ended_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK ((outcome = 'confirmed') = (life_event_id IS NOT NULL)),
  CHECK ((outcome = 'dismissed') = (reason IS NOT NULL))
);
SELECT seal_table('hr_reports'), seal_table('hr_report_ends');

-- A feed has no more declared in a day than its cap, whatever ra thinks, and nothing once it is over. The feed is locked by whoever reports.
CREATE FUNCTION guard_hr_report() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE feed hr_feeds%ROWTYPE; declared integer;
BEGIN
  SELECT * INTO feed FROM hr_feeds WHERE id = NEW.feed_id FOR NO KEY UPDATE;
  IF feed.revoked_at IS NOT NULL OR feed.expires_at <= NEW.received_at OR feed.agency_id <> NEW.agency_id THEN
    RAISE EXCEPTION 'feed % tells nothing of agency %', feed.id, NEW.agency_id USING ERRCODE = 'SE032';
  END IF;
  IF NEW.waits_for IS NULL THEN
    SELECT count(*) INTO declared FROM hr_reports
      WHERE feed_id = NEW.feed_id AND waits_for IS NULL AND received_at > NEW.received_at - interval '24 hours';
    IF declared >= feed.daily_cap THEN
      RAISE EXCEPTION 'feed % has declared % in a day', feed.id, declared USING ERRCODE = 'SE033';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON hr_reports FOR EACH ROW EXECUTE FUNCTION guard_hr_report();
`;

const rights = `
GRANT SELECT, INSERT ON hr_feeds, hr_reports, hr_report_ends TO see_ra;
GRANT UPDATE (revoked_at, revoked_by) ON hr_feeds TO see_ra;
INSERT INTO audit_kinds VALUES ('see_ra', 'hr-feed.');
`;
