import { type Kysely, sql } from 'kysely';

/**
 * Copies of encryption keys, each readable by two recovery agents together and nobody else. What must never happen is
 * held here: a profile that keeps keys that sign, a copy of a key of any other profile, a copy for other agents than its
 * statement names. That a copy holds the right key is not known before two agents open it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [agents, profiles, keys, guard, rights]) await sql.raw(statement).execute(db);
}

const agents = `
CREATE TABLE recovery_agents (
  statement_digest bytea NOT NULL REFERENCES statements (digest),
  position integer NOT NULL CHECK (position BETWEEN 0 AND 6),
  person_id text NOT NULL,
  label text NOT NULL,
  agency_id text NOT NULL REFERENCES agencies (id),
  -- SubjectPublicKeyInfo.
  public_key bytea NOT NULL,
  PRIMARY KEY (statement_digest, position),
  UNIQUE (statement_digest, person_id)
);
SELECT seal_table('recovery_agents');
`;

const profiles = `
ALTER TABLE profiles ADD CONSTRAINT profiles_escrow_never_signs CHECK (
  content->>'escrow' IS NULL OR NOT (
    coalesce(content->'keyUsage'->'ec', '[]') ?| array['digitalSignature', 'nonRepudiation']
    OR coalesce(content->'keyUsage'->'rsa', '[]') ?| array['digitalSignature', 'nonRepudiation']));
`;

const keys = `
CREATE TABLE escrowed_keys (
  attempt_id bigint NOT NULL REFERENCES redemption_attempts (id),
  item integer NOT NULL CHECK (item BETWEEN 0 AND 2),
  order_id uuid NOT NULL REFERENCES orders (id),
  spki_sha256 bytea NOT NULL CHECK (octet_length(spki_sha256) = 32),
  agents_digest bytea NOT NULL CHECK (octet_length(agents_digest) = 48),
  -- One an agent, in the order of the statement.
  envelopes bytea[] NOT NULL CHECK (cardinality(envelopes) BETWEEN 2 AND 7),
  -- HMAC of whoever has the enrolment code.
  tag bytea NOT NULL CHECK (octet_length(tag) = 48),
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (attempt_id, item)
);
CREATE INDEX escrowed_keys_key ON escrowed_keys (order_id, spki_sha256);
SELECT seal_table('escrowed_keys');
`;

const guard = `
CREATE FUNCTION guard_escrow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE content jsonb;
BEGIN
  IF NOT EXISTS (SELECT FROM redemption_attempts WHERE id = NEW.attempt_id AND order_id = NEW.order_id AND NEW.item < cardinality(csrs)) THEN
    RAISE EXCEPTION 'the copy belongs to no key of attempt %', NEW.attempt_id USING ERRCODE = 'SE018';
  END IF;
  SELECT p.content INTO content FROM orders o JOIN profiles p ON p.digest = decode(o.draft->'items'->NEW.item->>'profileDigest', 'hex')
    WHERE o.id = NEW.order_id;
  IF content->>'escrow' IS DISTINCT FROM 'recovery-agents' THEN
    RAISE EXCEPTION 'no copy is kept of key % of order %', NEW.item, NEW.order_id USING ERRCODE = 'SE018';
  END IF;
  IF cardinality(NEW.envelopes) <> (SELECT count(*) FROM recovery_agents WHERE statement_digest = NEW.agents_digest)
     OR EXISTS (SELECT FROM unnest(NEW.envelopes) envelope WHERE envelope IS NULL OR octet_length(envelope) NOT BETWEEN 1 AND 16384) THEN
    RAISE EXCEPTION 'the copy is not one envelope an agent' USING ERRCODE = 'SE018';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON escrowed_keys FOR EACH ROW EXECUTE FUNCTION guard_escrow();
`;

const rights = `
GRANT SELECT ON recovery_agents TO see_ra;
GRANT INSERT ON recovery_agents TO see_signer;
GRANT SELECT, INSERT ON escrowed_keys TO see_ra;
GRANT SELECT ON escrowed_keys TO see_signer;
`;
