import { type Kysely, sql } from 'kysely';

/**
 * Signing in by operator certificate. What must never happen is held here: a session for somebody else than whom its
 * certificate names, with a certificate that is not for operators, that is over, held or revoked, and a session that
 * outlives the hold or revocation of its certificate.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [sessions, guards]) await sql.raw(statement).execute(db);
}

const sessions = `
ALTER TABLE sessions
  DROP CONSTRAINT sessions_method_check,
  ADD CONSTRAINT sessions_method_check CHECK (method IN ('token', 'passkey', 'certificate')),
  ADD COLUMN certificate_id bigint REFERENCES certificates (id),
  ADD CHECK ((method = 'certificate') = (certificate_id IS NOT NULL));
CREATE INDEX sessions_certificate ON sessions (certificate_id) WHERE ended_at IS NULL AND certificate_id IS NOT NULL;
`;

const guards = `
CREATE OR REPLACE FUNCTION guard_session() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE holder record;
BEGIN
  IF NEW.method = 'passkey' THEN
    SELECT person_id INTO holder FROM sign_in_passkeys WHERE id = NEW.passkey_id AND removed_at IS NULL;
    IF NEW.person_id IS DISTINCT FROM holder.person_id THEN
      RAISE EXCEPTION 'a session is for whom its passkey belongs to' USING ERRCODE = 'SE014';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.method = 'certificate' THEN
    SELECT c.person_id INTO holder FROM certificates c
      WHERE c.id = NEW.certificate_id AND c.ca = 'operations' AND c.profile_id = 'operator' AND c.not_after > clock_timestamp()
        AND NOT EXISTS (SELECT FROM revocations r WHERE r.certificate_id = c.id AND r.kind = 'revoke')
        AND (SELECT r.kind FROM revocations r WHERE r.certificate_id = c.id ORDER BY r.id DESC LIMIT 1) IS DISTINCT FROM 'hold';
    IF NEW.person_id IS NULL OR NEW.person_id IS DISTINCT FROM holder.person_id THEN
      RAISE EXCEPTION 'a session is for whom its operator certificate names, while that is good' USING ERRCODE = 'SE026';
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

-- In the transaction of the hold or revocation: a hold that is released does not bring a session back.
CREATE FUNCTION end_certificate_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET ended_at = clock_timestamp(), end_reason = 'withdrawn'
    WHERE certificate_id = NEW.certificate_id AND ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER end_sessions AFTER INSERT ON revocations FOR EACH ROW WHEN (NEW.kind IN ('hold', 'revoke'))
  EXECUTE FUNCTION end_certificate_sessions();
`;
