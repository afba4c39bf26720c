import { type Kysely, sql } from 'kysely';

/**
 * Which kinds of letter there are and which login asks for each, as rows: a new kind is a row of its migration, and the guard
 * of the outbox stays as it is. Only the owner of the schema writes them, and nobody changes them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [kinds, guard]) await sql.raw(statement).execute(db);
}

const kinds = `
CREATE TABLE letter_kinds (
  template text PRIMARY KEY CHECK (template ~ '^[a-z][a-z-]{2,40}$'),
  -- The login in whose session the mail is asked for. Codes and links are asked for by a trigger when the signer opens an order.
  asked_by text NOT NULL
);
COMMENT ON TABLE letter_kinds IS 'constants';
INSERT INTO letter_kinds VALUES
  ('code', 'see_signer'), ('link', 'see_signer'),
  ('links', 'see_worker'), ('expiry', 'see_worker'), ('recovery', 'see_worker'), ('digest', 'see_worker'),
  ('mailbox-check', 'see_ra'), ('reissue', 'see_ra');
SELECT seal_table('letter_kinds');
GRANT SELECT ON letter_kinds TO see_ra, see_worker;

ALTER TABLE mails DROP CONSTRAINT mails_template_check;
ALTER TABLE mails ADD CONSTRAINT mails_template_fkey FOREIGN KEY (template) REFERENCES letter_kinds (template);
`;

const guard = `
CREATE OR REPLACE FUNCTION guard_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' OR NEW.attempts <> 0 THEN
      RAISE EXCEPTION 'a mail begins waiting' USING ERRCODE = 'SE022';
    END IF;
    IF EXISTS (SELECT FROM letter_kinds WHERE asked_by = session_user)
       AND NOT EXISTS (SELECT FROM letter_kinds WHERE asked_by = session_user AND template = NEW.template) THEN
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
