import { type Kysely, sql } from 'kysely';

/** The letter that tells each operator once a working day what ends, what waits and what failed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [digests, template, guard]) await sql.raw(statement).execute(db);
}

const digests = `
CREATE TABLE operator_digests (
  -- The day in the scheme's own time zone.
  day date NOT NULL,
  recipient text NOT NULL,
  asked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (day, recipient)
);
SELECT seal_table('operator_digests');
GRANT SELECT, INSERT ON operator_digests TO see_worker;
GRANT SELECT ON order_refusals TO see_worker;
`;

const template = `
ALTER TABLE mails DROP CONSTRAINT mails_template_check;
ALTER TABLE mails ADD CONSTRAINT mails_template_check CHECK (template IN ('code', 'link', 'links', 'expiry', 'mailbox-check', 'recovery', 'digest'));
`;

const guard = `
CREATE OR REPLACE FUNCTION guard_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' OR NEW.attempts <> 0 THEN
      RAISE EXCEPTION 'a mail begins waiting' USING ERRCODE = 'SE022';
    END IF;
    IF (session_user = 'see_ra' AND NEW.template <> 'mailbox-check') OR (session_user = 'see_worker' AND NEW.template NOT IN ('links', 'expiry', 'recovery', 'digest')) THEN
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
