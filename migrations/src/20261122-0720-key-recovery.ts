import { type Kysely, sql } from 'kysely';

/**
 * Requests to open a kept key (WF-K). The rows of recovery_transitions are those of RECOVERY_MACHINE in the domain (a
 * test compares them). What must never happen is held here: one agent who decides alone, an agent who is the requester,
 * the recipient or the holder, two agents of the agency that asks, a release before two approved, an opened envelope that stays.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, transitions, states, approvals, openings, rights])
    await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE recoveries (
  id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('requested', 'approved-1', 'approved-2', 'released', 'closed', 'refused', 'expired')),
  state_reason text CHECK (length(state_reason) <= 1000),
  -- What the agents sign.
  content bytea NOT NULL CHECK (octet_length(content) <= 65536),
  digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 48),
  certificate_id bigint NOT NULL REFERENCES certificates (id),
  attempt_id bigint NOT NULL,
  item integer NOT NULL,
  subject_id text NOT NULL,
  requester_id text NOT NULL,
  -- The person in the recipient's certificate.
  recipient_id text,
  -- The agency that asks.
  agency_id text NOT NULL REFERENCES agencies (id),
  notice_suppressed boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz(3) NOT NULL,
  released_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (attempt_id, item) REFERENCES escrowed_keys (attempt_id, item),
  CHECK (expires_at <= created_at + interval '73 hours')
);
CREATE INDEX recoveries_page ON recoveries (created_at DESC, id DESC);
CREATE INDEX recoveries_open ON recoveries (state, expires_at) WHERE state NOT IN ('closed', 'refused', 'expired');
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON recoveries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE recovery_approvals (
  recovery_id uuid NOT NULL REFERENCES recoveries (id),
  recovery_digest bytea NOT NULL,
  credential_id text NOT NULL REFERENCES credentials (credential_id),
  person_id text NOT NULL,
  signature jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (recovery_id, person_id)
);
SELECT seal_table('recovery_approvals');

-- What the first agent opened for the other one. It is gone when the recovery is over.
CREATE TABLE recovery_openings (
  recovery_id uuid PRIMARY KEY REFERENCES recoveries (id),
  person_id text NOT NULL,
  envelope bytea NOT NULL CHECK (octet_length(envelope) BETWEEN 1 AND 16384),
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER sealed BEFORE UPDATE OR TRUNCATE ON recovery_openings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE recovery_notices (
  recovery_id uuid PRIMARY KEY REFERENCES recoveries (id),
  recipient text NOT NULL,
  sent_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
SELECT seal_table('recovery_notices');
`;

const transitions = `
CREATE TABLE recovery_transitions (
  before text NOT NULL,
  after text NOT NULL,
  login text NOT NULL,
  PRIMARY KEY (before, after, login)
);
INSERT INTO recovery_transitions VALUES
  ('', 'requested', 'see_ra'),
  ('requested', 'approved-1', 'see_ra'),
  ('approved-1', 'approved-2', 'see_ra'),
  ('approved-2', 'released', 'see_ra'),
  ('released', 'closed', 'see_ra'),
  ('released', 'closed', 'see_worker'),
  ('requested', 'refused', 'see_ra'), ('approved-1', 'refused', 'see_ra'), ('approved-2', 'refused', 'see_ra'),
  ('requested', 'expired', 'see_worker'), ('approved-1', 'expired', 'see_worker'), ('approved-2', 'expired', 'see_worker');
SELECT seal_table('recovery_transitions');
GRANT SELECT ON recovery_transitions TO see_ra, see_worker;
`;

const states = `
CREATE FUNCTION guard_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_state text := ''; approved bigint;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF ROW(NEW.id, NEW.content, NEW.digest, NEW.certificate_id, NEW.attempt_id, NEW.item, NEW.subject_id, NEW.requester_id, NEW.recipient_id, NEW.agency_id, NEW.notice_suppressed, NEW.created_at, NEW.expires_at)
       IS DISTINCT FROM ROW(OLD.id, OLD.content, OLD.digest, OLD.certificate_id, OLD.attempt_id, OLD.item, OLD.subject_id, OLD.requester_id, OLD.recipient_id, OLD.agency_id, OLD.notice_suppressed, OLD.created_at, OLD.expires_at) THEN
      RAISE EXCEPTION 'a recovery is changed by asking again' USING ERRCODE = 'SE002';
    END IF;
    NEW.updated_at := clock_timestamp();
    NEW.released_at := OLD.released_at;
    IF NEW.state = OLD.state THEN
      RETURN NEW;
    END IF;
    old_state := OLD.state;
  END IF;
  IF NOT EXISTS (SELECT FROM recovery_transitions WHERE before = old_state AND after = NEW.state) THEN
    RAISE EXCEPTION 'recovery % does not go from % to %', NEW.id, coalesce(nullif(old_state, ''), 'nothing'), NEW.state USING ERRCODE = 'SE003';
  END IF;
  IF session_user IN ('see_ra', 'see_signer', 'see_worker', 'see_va', 'see_desk')
     AND NOT EXISTS (SELECT FROM recovery_transitions WHERE before = old_state AND after = NEW.state AND login = session_user) THEN
    RAISE EXCEPTION 'login % does not take recoveries from % to %', session_user, coalesce(nullif(old_state, ''), 'nothing'), NEW.state USING ERRCODE = 'SE012';
  END IF;
  SELECT count(*) INTO approved FROM recovery_approvals WHERE recovery_id = NEW.id;
  IF (NEW.state = 'approved-1' AND approved < 1) OR (NEW.state IN ('approved-2', 'released') AND approved < 2) THEN
    RAISE EXCEPTION 'recovery % has % approvals', NEW.id, approved USING ERRCODE = 'SE019';
  END IF;
  IF NEW.state = 'released' THEN
    IF NOT EXISTS (SELECT FROM recovery_openings WHERE recovery_id = NEW.id) THEN
      RAISE EXCEPTION 'nothing was opened for recovery %', NEW.id USING ERRCODE = 'SE019';
    END IF;
    NEW.released_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON recoveries FOR EACH ROW EXECUTE FUNCTION guard_recovery();

-- As the owner: no login may remove an opening by itself.
CREATE FUNCTION end_recovery() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM recovery_openings WHERE recovery_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER end_recovery AFTER UPDATE OF state ON recoveries FOR EACH ROW
  WHEN (NEW.state IN ('closed', 'refused', 'expired')) EXECUTE FUNCTION end_recovery();
`;

const approvals = `
-- The person is taken from the credential, never from whoever inserts.
CREATE FUNCTION guard_recovery_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE r recoveries%ROWTYPE; c credentials%ROWTYPE; agents bytea; mine text; others text[];
BEGIN
  SELECT * INTO r FROM recoveries WHERE id = NEW.recovery_id FOR NO KEY UPDATE;
  SELECT * INTO c FROM credentials WHERE credential_id = NEW.credential_id;
  IF c.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'credential % was removed', NEW.credential_id USING ERRCODE = 'SE004';
  END IF;
  NEW.person_id := c.person_id;
  IF r.digest IS DISTINCT FROM NEW.recovery_digest THEN
    RAISE EXCEPTION 'the approval is for other content than recovery % has', NEW.recovery_id USING ERRCODE = 'SE005';
  END IF;
  IF r.state NOT IN ('requested', 'approved-1') OR r.expires_at <= clock_timestamp() THEN
    RAISE EXCEPTION 'recovery % is % until %, it takes no approval', NEW.recovery_id, r.state, r.expires_at USING ERRCODE = 'SE003';
  END IF;
  IF c.person_id IN (r.requester_id, r.subject_id, coalesce(r.recipient_id, '')) THEN
    RAISE EXCEPTION 'person % is a party to recovery %', c.person_id, NEW.recovery_id USING ERRCODE = 'SE006';
  END IF;
  SELECT agents_digest INTO agents FROM escrowed_keys WHERE attempt_id = r.attempt_id AND item = r.item;
  SELECT agency_id INTO mine FROM recovery_agents WHERE statement_digest = agents AND person_id = c.person_id;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM role_grants WHERE person_id = c.person_id AND role = 'ca-operations' AND removed_at IS NULL) THEN
    RAISE EXCEPTION 'person % is no recovery agent of this key today', c.person_id USING ERRCODE = 'SE020';
  END IF;
  SELECT array_agg(g.agency_id) INTO others FROM recovery_approvals a
    JOIN recovery_agents g ON g.statement_digest = agents AND g.person_id = a.person_id
    WHERE a.recovery_id = NEW.recovery_id AND a.person_id <> c.person_id;
  IF others IS NOT NULL AND mine = r.agency_id AND r.agency_id = ALL (others) THEN
    RAISE EXCEPTION 'one agent of recovery % is not of the agency that asks', NEW.recovery_id USING ERRCODE = 'SE021';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON recovery_approvals FOR EACH ROW EXECUTE FUNCTION guard_recovery_approval();
`;

const openings = `
CREATE FUNCTION guard_recovery_opening() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE r recoveries%ROWTYPE;
BEGIN
  SELECT * INTO r FROM recoveries WHERE id = NEW.recovery_id FOR NO KEY UPDATE;
  IF r.state NOT IN ('approved-1', 'approved-2') OR r.expires_at <= clock_timestamp() THEN
    RAISE EXCEPTION 'recovery % is % until %, nothing is opened for it', NEW.recovery_id, r.state, r.expires_at USING ERRCODE = 'SE003';
  END IF;
  IF NOT EXISTS (SELECT FROM recovery_approvals WHERE recovery_id = NEW.recovery_id AND person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'person % did not approve recovery %', NEW.person_id, NEW.recovery_id USING ERRCODE = 'SE019';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON recovery_openings FOR EACH ROW EXECUTE FUNCTION guard_recovery_opening();
`;

const rights = `
GRANT SELECT ON recoveries, recovery_approvals, recovery_openings, recovery_notices TO see_ra;
GRANT INSERT ON recoveries, recovery_approvals, recovery_openings TO see_ra;
GRANT UPDATE (state, state_reason) ON recoveries TO see_ra, see_worker;
GRANT SELECT ON recoveries, recovery_notices TO see_worker;
-- The guard of states counts approvals.
GRANT SELECT (recovery_id) ON recovery_approvals TO see_worker;
GRANT INSERT ON recovery_notices TO see_worker;
INSERT INTO audit_kinds VALUES
  ('see_ra', 'recovery.'),
  ('see_worker', 'recovery.expired'), ('see_worker', 'recovery.closed'), ('see_worker', 'recovery.notified');
`;
