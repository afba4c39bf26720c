import { type Kysely, sql } from 'kysely';

/**
 * Signing in to the console: sessions of persons and how they were made, passkeys for signing in and the links by which
 * they are registered, failures that are counted, reviews of who has which role. What must never happen is held here: a
 * session for somebody else than whose token or passkey it was made with, one that comes back after its end, a link that
 * is used twice or for another person, a passkey that comes back, a review of one's own access.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [passkeys, ceremonies, sessions, guards, reviews, rights])
    await sql.raw(statement).execute(db);
}

const passkeys = `
-- One registration by one person, within a day. Only the hash of what the link carries is kept.
CREATE TABLE sign_in_links (
  id uuid PRIMARY KEY,
  secret_sha256 bytea NOT NULL UNIQUE CHECK (octet_length(secret_sha256) = 32),
  person_id text NOT NULL REFERENCES people (id),
  made_by text NOT NULL REFERENCES people (id),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  UNIQUE (id, person_id),
  CHECK (expires_at > created_at AND expires_at <= created_at + interval '24 hours')
);
SELECT seal_table('sign_in_links');

-- These open sessions. They are no approval keys: those stand in the authority chain, and the signer reads nothing here.
CREATE TABLE sign_in_passkeys (
  id uuid PRIMARY KEY,
  -- The authenticator's name for it, base64url.
  credential_id text NOT NULL UNIQUE CHECK (credential_id ~ '^[A-Za-z0-9_-]+$' AND char_length(credential_id) BETWEEN 16 AND 1366),
  person_id text NOT NULL REFERENCES people (id),
  link_id uuid NOT NULL UNIQUE,
  -- COSE_Key, as the authenticator gave it.
  public_key bytea NOT NULL CHECK (octet_length(public_key) BETWEEN 32 AND 1024),
  algorithm integer NOT NULL CHECK (algorithm IN (-7, -35)),
  label text NOT NULL CHECK (char_length(label) BETWEEN 1 AND 100),
  synced boolean NOT NULL,
  sign_count bigint NOT NULL CHECK (sign_count >= 0),
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  removed_at timestamptz(3),
  removed_by text,
  FOREIGN KEY (link_id, person_id) REFERENCES sign_in_links (id, person_id)
);
CREATE INDEX sign_in_passkeys_person ON sign_in_passkeys (person_id) WHERE removed_at IS NULL;
`;

const ceremonies = `
-- A challenge that waits for its answer, and a touch that waits for the choice of a role. Deleted when it is used.
CREATE TABLE sign_in_challenges (
  -- SHA-256 of the cookie of the browser that asked.
  cookie_sha256 bytea PRIMARY KEY CHECK (octet_length(cookie_sha256) = 32),
  purpose text NOT NULL CHECK (purpose IN ('register', 'sign-in', 'choose')),
  challenge text CHECK (challenge ~ '^[A-Za-z0-9_-]{43}$'),
  link_id uuid REFERENCES sign_in_links (id),
  passkey_id uuid REFERENCES sign_in_passkeys (id),
  expires_at timestamptz(3) NOT NULL,
  CHECK ((purpose = 'choose') = (challenge IS NULL)),
  CHECK ((purpose = 'register') = (link_id IS NOT NULL)),
  CHECK ((purpose = 'choose') = (passkey_id IS NOT NULL))
);
CREATE INDEX sign_in_challenges_expiry ON sign_in_challenges (expires_at);

-- Attempts that failed or are not decided yet, by what they are counted for: an address, or the hash of a credential.
CREATE TABLE sign_in_attempts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject text NOT NULL CHECK (char_length(subject) BETWEEN 3 AND 200),
  at timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_attempts_subject ON sign_in_attempts (subject, at);
CREATE INDEX sign_in_attempts_at ON sign_in_attempts (at);
`;

const sessions = `
ALTER TABLE sessions
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  ADD COLUMN person_id text REFERENCES people (id),
  ADD COLUMN role text CHECK (role IN ('administrator', 'operator', 'sponsor', 'registration-agent', 'ca-operations', 'auditor')),
  ADD COLUMN agency_id text REFERENCES agencies (id),
  ADD COLUMN method text NOT NULL DEFAULT 'token' CHECK (method IN ('token', 'passkey')),
  ADD COLUMN passkey_id uuid REFERENCES sign_in_passkeys (id),
  ADD COLUMN address text CHECK (char_length(address) <= 100),
  ADD COLUMN end_reason text CHECK (end_reason IN ('signed-out', 'ended', 'role-ended', 'withdrawn')),
  ADD COLUMN ended_by text;
UPDATE sessions s SET person_id = t.person_id, role = t.role, agency_id = t.agency_id FROM tokens t WHERE t.id = s.token_id;
ALTER TABLE sessions
  ALTER COLUMN person_id SET NOT NULL,
  ALTER COLUMN role SET NOT NULL,
  ALTER COLUMN token_id DROP NOT NULL,
  ADD CHECK ((method = 'token') = (token_id IS NOT NULL)),
  ADD CHECK ((method = 'passkey') = (passkey_id IS NOT NULL)),
  ADD CHECK (end_reason IS NULL OR ended_at IS NOT NULL);
CREATE INDEX sessions_open ON sessions (created_at DESC, id DESC) WHERE ended_at IS NULL;
CREATE INDEX sessions_person ON sessions (person_id) WHERE ended_at IS NULL;
`;

const guards = `
CREATE FUNCTION guard_session() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE holder record;
BEGIN
  IF NEW.method = 'passkey' THEN
    SELECT person_id INTO holder FROM sign_in_passkeys WHERE id = NEW.passkey_id AND removed_at IS NULL;
    IF NEW.person_id IS DISTINCT FROM holder.person_id THEN
      RAISE EXCEPTION 'a session is for whom its passkey belongs to' USING ERRCODE = 'SE014';
    END IF;
    RETURN NEW;
  END IF;
  SELECT person_id, role, agency_id INTO holder FROM tokens WHERE id = NEW.token_id AND revoked_at IS NULL;
  IF NEW.person_id IS NULL THEN
    -- Written by a service of the version before.
    NEW.person_id := holder.person_id;
    NEW.role := holder.role;
    NEW.agency_id := holder.agency_id;
  END IF;
  IF ROW(NEW.person_id, NEW.role, NEW.agency_id) IS DISTINCT FROM ROW(holder.person_id, holder.role, holder.agency_id) THEN
    RAISE EXCEPTION 'a session is for what its token is for' USING ERRCODE = 'SE014';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION guard_session();

CREATE FUNCTION guard_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a session that ended does not come back' USING ERRCODE = 'SE014';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_end BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION guard_session_end();

CREATE FUNCTION guard_sign_in_passkey() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a passkey that was removed does not come back' USING ERRCODE = 'SE014';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON sign_in_passkeys FOR EACH ROW EXECUTE FUNCTION guard_sign_in_passkey();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON sign_in_passkeys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const reviews = `
-- Somebody else than the person looked at their role and found that it is still needed.
CREATE TABLE access_reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('administrator', 'operator', 'ca-operations', 'auditor')),
  reviewed_by text NOT NULL REFERENCES people (id),
  note text NOT NULL CHECK (char_length(note) BETWEEN 3 AND 500),
  reviewed_at timestamptz(3) NOT NULL,
  CHECK (person_id <> reviewed_by)
);
CREATE INDEX access_reviews_latest ON access_reviews (person_id, role, reviewed_at DESC);
SELECT seal_table('access_reviews');
`;

const rights = `
GRANT SELECT, INSERT ON sign_in_links, sign_in_passkeys, access_reviews TO see_ra;
GRANT UPDATE (label, sign_count, last_used_at, removed_at, removed_by) ON sign_in_passkeys TO see_ra;
GRANT SELECT, INSERT, DELETE ON sign_in_challenges, sign_in_attempts TO see_ra;
GRANT UPDATE (end_reason, ended_by) ON sessions TO see_ra;
`;
