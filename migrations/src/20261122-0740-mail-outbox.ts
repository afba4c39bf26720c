import { type Kysely, sql } from 'kysely';

/**
 * The outbox: each mail is asked for in the transaction of what it tells about, and stays until it was handed over, was
 * tried for too long, or is not wanted any more. A row says which letter it is and about what; what the letter says, and
 * any code or link in it, is made when it is sent and kept nowhere.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [table, guards, orders, rights]) await sql.raw(statement).execute(db);
}

const table = `
CREATE TABLE mails (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  template text NOT NULL CHECK (template IN ('code', 'link', 'expiry', 'mailbox-check')),
  -- To whom it was meant to go when it was asked for. Where a code goes is read from what the approvers signed.
  recipient text NOT NULL CHECK (char_length(recipient) BETWEEN 3 AND 254),
  agency_id text REFERENCES agencies (id),
  order_id uuid REFERENCES orders (id),
  detail jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
  -- Tries since it was asked for, or asked for again.
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- Why the last try failed, or why it was dropped.
  code text CHECK (char_length(code) BETWEEN 2 AND 60),
  reason text CHECK (char_length(reason) <= 500),
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (order_id, template),
  CHECK ((template IN ('code', 'link')) = (order_id IS NOT NULL)),
  CHECK ((code IS NULL) = (reason IS NULL)),
  CHECK (state NOT IN ('failed', 'dropped') OR code IS NOT NULL)
);
CREATE INDEX mails_waiting ON mails (created_at, id) WHERE state = 'waiting';
CREATE INDEX mails_failed ON mails (created_at, id) WHERE state = 'failed';
CREATE INDEX mails_page ON mails (created_at DESC, id DESC);
CREATE INDEX mails_recipient ON mails (lower(recipient));
`;

const guards = `
CREATE FUNCTION guard_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' OR NEW.attempts <> 0 THEN
      RAISE EXCEPTION 'a mail begins waiting' USING ERRCODE = 'SE022';
    END IF;
    IF (session_user = 'see_ra' AND NEW.template <> 'mailbox-check') OR (session_user = 'see_worker' AND NEW.template <> 'expiry') THEN
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
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON mails FOR EACH ROW EXECUTE FUNCTION guard_mail();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON mails FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

// An order that opens for redemption asks for the code to the person and, when the sponsor has another mailbox, for the
// link to the sponsor: in the transaction in which the signer opens it, and with no right of the signer's to any mail.
const orders = `
CREATE FUNCTION mailbox_of(address text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(regexp_replace(address, '[+][^@]*@', '@'))
$$;
CREATE FUNCTION ask_order_mails(opened uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO mails (template, recipient, agency_id, order_id)
    SELECT 'code', o.deliver_to, o.agency_id, o.id FROM orders o WHERE o.id = opened AND o.deliver_to IS NOT NULL
    UNION ALL
    SELECT 'link', p.email, o.agency_id, o.id FROM orders o JOIN people p ON p.id = o.sponsor_id
      WHERE o.id = opened AND o.deliver_to IS NOT NULL AND p.email IS NOT NULL AND p.left_at IS NULL AND mailbox_of(p.email) <> mailbox_of(o.deliver_to)
  ON CONFLICT (order_id, template) DO NOTHING
$$;
CREATE FUNCTION ask_mails_of_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM ask_order_mails(NEW.id);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION ask_order_mails(uuid), ask_mails_of_order() FROM PUBLIC;
CREATE TRIGGER ask_mails AFTER UPDATE OF state ON orders FOR EACH ROW
  WHEN (NEW.kind = 'person' AND NEW.state = 'redeemable' AND OLD.state <> 'redeemable') EXECUTE FUNCTION ask_mails_of_order();
-- Codes that were waiting when the outbox came.
SELECT ask_order_mails(o.id) FROM orders o
  WHERE o.kind = 'person' AND o.state = 'redeemable' AND NOT EXISTS (SELECT FROM deliveries d WHERE d.order_id = o.id AND d.kind = 'code');
`;

const rights = `
GRANT SELECT ON mails TO see_worker, see_ra;
GRANT INSERT (id, template, recipient, agency_id, detail) ON mails TO see_worker, see_ra;
GRANT UPDATE (state, attempts, code, reason) ON mails TO see_worker;
GRANT UPDATE (state) ON mails TO see_ra;
INSERT INTO audit_kinds VALUES ('see_worker', 'mail.'), ('see_ra', 'mail.');
`;
