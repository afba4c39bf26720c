import { type Kysely, sql } from 'kysely';

/**
 * Signing in by OpenID Connect: which account at which provider is whose, by the act of an administrator, and what waits
 * for its answer. What must never happen is held here: an account that is two people's at once, one that comes back after
 * its removal, a session for somebody else than whose account it was made with.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [identities, ceremonies, sessions, guards, rights]) await sql.raw(statement).execute(db);
}

const identities = `
CREATE TABLE sign_in_identities (
  id uuid PRIMARY KEY,
  -- iss and sub of OpenID Connect Core 1.0, 2: together they name an account for good.
  issuer text NOT NULL CHECK (issuer ~ '^https://' AND char_length(issuer) <= 500),
  subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
  person_id text NOT NULL REFERENCES people (id),
  created_by text NOT NULL REFERENCES people (id),
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  removed_at timestamptz(3),
  removed_by text
);
CREATE UNIQUE INDEX sign_in_identities_account ON sign_in_identities (issuer, subject) WHERE removed_at IS NULL;
CREATE INDEX sign_in_identities_person ON sign_in_identities (person_id) WHERE removed_at IS NULL;
CREATE FUNCTION guard_sign_in_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'an account that was removed does not come back' USING ERRCODE = 'SE027';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON sign_in_identities FOR EACH ROW EXECUTE FUNCTION guard_sign_in_identity();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON sign_in_identities FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const ceremonies = `
-- A browser that was sent to the provider. Deleted when it comes back.
CREATE TABLE oidc_ceremonies (
  -- SHA-256 of the cookie of that browser.
  cookie_sha256 bytea PRIMARY KEY CHECK (octet_length(cookie_sha256) = 32),
  state text NOT NULL,
  nonce text NOT NULL,
  code_verifier text NOT NULL,
  redirect_uri text NOT NULL,
  next text NOT NULL CHECK (char_length(next) <= 4096),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX oidc_ceremonies_expiry ON oidc_ceremonies (expires_at);

-- The choice among several roles comes after an account as it comes after a passkey.
ALTER TABLE sign_in_challenges
  DROP CONSTRAINT sign_in_challenges_check2,
  ADD COLUMN identity_id uuid REFERENCES sign_in_identities (id),
  ADD CHECK ((purpose = 'choose') = (num_nonnulls(passkey_id, identity_id) = 1));
`;

const sessions = `
ALTER TABLE sessions
  DROP CONSTRAINT sessions_method_check,
  ADD CONSTRAINT sessions_method_check CHECK (method IN ('token', 'passkey', 'certificate', 'oidc')),
  ADD COLUMN identity_id uuid REFERENCES sign_in_identities (id),
  ADD CHECK ((method = 'oidc') = (identity_id IS NOT NULL));
CREATE INDEX sessions_identity ON sessions (identity_id) WHERE ended_at IS NULL AND identity_id IS NOT NULL;
`;

const guards = `
CREATE FUNCTION guard_oidc_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM sign_in_identities i
      WHERE i.id = NEW.identity_id AND i.person_id = NEW.person_id AND i.removed_at IS NULL) THEN
    RAISE EXCEPTION 'a session is for whom its account belongs to' USING ERRCODE = 'SE028';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER guard ON sessions;
CREATE TRIGGER guard BEFORE INSERT ON sessions FOR EACH ROW WHEN (NEW.method <> 'oidc') EXECUTE FUNCTION guard_session();
CREATE TRIGGER guard_oidc BEFORE INSERT ON sessions FOR EACH ROW WHEN (NEW.method = 'oidc') EXECUTE FUNCTION guard_oidc_session();
`;

const rights = `
GRANT SELECT, INSERT ON sign_in_identities TO see_ra;
GRANT UPDATE (last_used_at, removed_at, removed_by) ON sign_in_identities TO see_ra;
GRANT SELECT, INSERT, DELETE ON oidc_ceremonies TO see_ra;
`;
