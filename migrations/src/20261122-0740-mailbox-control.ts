import { type Kysely, sql } from 'kysely';

/**
 * Whose mailbox it is: checks that were asked for, the proofs that came of them, and mail that came back. A proof needs
 * the value that only the mail held: ra brings it, the database compares its hash, and keeps neither it nor what anybody
 * says about person and address.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, guards, rights]) await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE mailbox_checks (
  id uuid PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  address text NOT NULL CHECK (char_length(address) BETWEEN 3 AND 254),
  asked_by text NOT NULL,
  asked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz(3) NOT NULL DEFAULT clock_timestamp() + interval '24 hours',
  CHECK (expires_at > asked_at AND expires_at <= asked_at + interval '24 hours 1 second')
);
CREATE INDEX mailbox_checks_person ON mailbox_checks (person_id, asked_at);

-- The worker makes the value of a link when it mails it, and keeps its hash here.
CREATE TABLE mailbox_links (
  check_id uuid PRIMARY KEY REFERENCES mailbox_checks (id),
  token_sha256 bytea NOT NULL UNIQUE CHECK (octet_length(token_sha256) = 32),
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE mailbox_proofs (
  check_id uuid PRIMARY KEY REFERENCES mailbox_checks (id),
  -- What the mail held; compared when the row is made, and never kept.
  token bytea CHECK (token IS NULL),
  person_id text NOT NULL REFERENCES people (id),
  address text NOT NULL,
  proved_at timestamptz(3) NOT NULL
);
CREATE INDEX mailbox_proofs_person ON mailbox_proofs (person_id, proved_at);
CREATE INDEX mailbox_proofs_address ON mailbox_proofs (lower(address), proved_at);

CREATE TABLE mail_bounces (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address text NOT NULL CHECK (char_length(address) BETWEEN 3 AND 254),
  -- refused: by the server when we tried; reported: somebody saw that it came back.
  kind text NOT NULL CHECK (kind IN ('refused', 'reported')),
  mail_id uuid REFERENCES mails (id),
  note text CHECK (char_length(note) BETWEEN 1 AND 500),
  reported_by text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK ((kind = 'refused') = (mail_id IS NOT NULL))
);
CREATE INDEX mail_bounces_address ON mail_bounces (lower(address), at DESC);

-- Addresses that mail came back from, and that nobody has shown to be theirs since.
CREATE VIEW flagged_addresses AS
  SELECT b.address, b.kind, b.since FROM (
    SELECT DISTINCT ON (lower(address)) lower(address) AS address, kind, at AS since FROM mail_bounces ORDER BY lower(address), at DESC
  ) b WHERE NOT EXISTS (SELECT FROM mailbox_proofs p WHERE lower(p.address) = b.address AND p.proved_at > b.since);
COMMENT ON COLUMN flagged_addresses.address IS 'not null';
COMMENT ON COLUMN flagged_addresses.kind IS 'not null';
COMMENT ON COLUMN flagged_addresses.since IS 'not null';

SELECT seal_table('mailbox_checks'), seal_table('mailbox_links'), seal_table('mailbox_proofs'), seal_table('mail_bounces');
`;

const guards = `
CREATE FUNCTION guard_mailbox_proof() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked mailbox_checks%ROWTYPE; wanted bytea;
BEGIN
  SELECT * INTO asked FROM mailbox_checks WHERE id = NEW.check_id;
  SELECT token_sha256 INTO wanted FROM mailbox_links WHERE check_id = NEW.check_id;
  IF NEW.token IS NULL OR wanted IS NULL OR sha256(NEW.token) <> wanted OR asked.expires_at <= clock_timestamp() THEN
    RAISE EXCEPTION 'nobody has shown that they read this mailbox' USING ERRCODE = 'SE023';
  END IF;
  IF NOT EXISTS (SELECT FROM people WHERE id = asked.person_id AND email = asked.address AND left_at IS NULL) THEN
    RAISE EXCEPTION 'person % has another address now', asked.person_id USING ERRCODE = 'SE023';
  END IF;
  NEW.token := NULL;
  NEW.person_id := asked.person_id;
  NEW.address := asked.address;
  NEW.proved_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON mailbox_proofs FOR EACH ROW EXECUTE FUNCTION guard_mailbox_proof();
`;

const rights = `
GRANT SELECT ON mailbox_checks, mailbox_links, mailbox_proofs, mail_bounces, flagged_addresses TO see_ra, see_worker;
GRANT INSERT (id, person_id, address, asked_by) ON mailbox_checks TO see_ra;
GRANT INSERT (check_id, token) ON mailbox_proofs TO see_ra;
GRANT INSERT (address, kind, note, reported_by) ON mail_bounces TO see_ra;
GRANT INSERT (check_id, token_sha256) ON mailbox_links TO see_worker;
GRANT INSERT (address, kind, mail_id, reported_by) ON mail_bounces TO see_worker;
INSERT INTO audit_kinds VALUES ('see_ra', 'mailbox.');
`;
