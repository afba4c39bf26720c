import { type Kysely, sql } from 'kysely';

/**
 * New certificates for somebody who has lost file or passphrase: a link in a mail to the address on record says that it is
 * them, an order comes of it that is approved as ever, and what it replaces is revoked once it is issued.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [purposes, lostFiles, template, guard]) await sql.raw(statement).execute(db);
}

// What the link of a check is for; a link for the one is none for the other.
const purposes = `
ALTER TABLE mailbox_checks ADD COLUMN purpose text NOT NULL DEFAULT 'mailbox' CHECK (purpose IN ('mailbox', 'reissue'));
GRANT INSERT (purpose) ON mailbox_checks TO see_ra;
`;

const lostFiles = `
CREATE TABLE lost_files (
  order_id uuid PRIMARY KEY REFERENCES orders (id),
  -- The proof that who asked reads the mailbox of the person.
  check_id uuid NOT NULL UNIQUE REFERENCES mailbox_proofs (check_id),
  -- What is revoked as superseded when the order is issued.
  certificate_ids bigint[] NOT NULL CHECK (cardinality(certificate_ids) BETWEEN 1 AND 20),
  asked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
SELECT seal_table('lost_files');
GRANT SELECT ON lost_files TO see_ra;
GRANT INSERT (order_id, check_id, certificate_ids) ON lost_files TO see_ra;

CREATE FUNCTION guard_lost_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM orders o JOIN mailbox_proofs p ON p.check_id = NEW.check_id AND p.person_id = o.applicant_id
      JOIN mailbox_checks c ON c.id = p.check_id AND c.purpose = 'reissue'
    WHERE o.id = NEW.order_id
      AND NOT EXISTS (SELECT FROM unnest(NEW.certificate_ids) i LEFT JOIN certificates k ON k.id = i WHERE k.person_id IS DISTINCT FROM o.applicant_id)
  ) THEN
    RAISE EXCEPTION 'the link, the order and what it replaces are not of one person' USING ERRCODE = 'SE040';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON lost_files FOR EACH ROW EXECUTE FUNCTION guard_lost_file();
`;

const template = `
ALTER TABLE mails DROP CONSTRAINT mails_template_check;
ALTER TABLE mails ADD CONSTRAINT mails_template_check CHECK (template IN ('code', 'link', 'links', 'expiry', 'mailbox-check', 'reissue', 'recovery', 'digest'));
`;

const guard = `
CREATE OR REPLACE FUNCTION guard_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' OR NEW.attempts <> 0 THEN
      RAISE EXCEPTION 'a mail begins waiting' USING ERRCODE = 'SE022';
    END IF;
    IF (session_user = 'see_ra' AND NEW.template NOT IN ('mailbox-check', 'reissue')) OR (session_user = 'see_worker' AND NEW.template NOT IN ('links', 'expiry', 'recovery', 'digest')) THEN
      RAISE EXCEPTION 'login % does not ask for a mail of kind %', session_user, NEW.template USING ERRCODE = 'SE012';
    END IF;
    RETURN NEW;
  END IF;
  IF ROW(NEW.id, NEW.template, NEW.recipient, NEW.agency_id, NEW.order_id, NEW.detail, NEW.created_at)
     IS DISTINCT FROM ROW(OLD.id, OLD.template, OLD.recipient, OLD.agency_id, OLD.order_id, OLD.detail, OLD.created_at) THEN
    RAISE EXCEPTION 'what a mail is about is not changed' USING ERRCODE = 'SE022';
  END IF;
  IF NEW.state <> OLD.state THEN
    IF NOT ((OLD.state = 'waiting' AND NEW.state IN ('sent', 'failed', 'dropped')) OR (OLD.state = 'failed' AND NEW.state = 'waiting')) THEN
      RAISE EXCEPTION 'mail % is %, it does not become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'SE022';
    END IF;
    IF (session_user = 'see_worker' AND OLD.state <> 'waiting') OR (session_user = 'see_ra' AND OLD.state <> 'failed') THEN
      RAISE EXCEPTION 'login % does not take mails from % to %', session_user, OLD.state, NEW.state USING ERRCODE = 'SE012';
    END IF;
    IF NEW.state = 'waiting' THEN
      NEW.attempts := 0;
    END IF;
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
`;
