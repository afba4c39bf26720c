import { type Kysely, sql } from 'kysely';

/**
 * The links of a batch go to its sponsor in one letter and not in one for each order. The worker asks for it when the batch's
 * orders are open; each order is in one such letter at most.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [template, guard, asking, links]) await sql.raw(statement).execute(db);
}

const template = `
ALTER TABLE mails DROP CONSTRAINT mails_template_check;
ALTER TABLE mails ADD CONSTRAINT mails_template_check CHECK (template IN ('code', 'link', 'links', 'expiry', 'mailbox-check', 'recovery'));
`;

const guard = `
CREATE OR REPLACE FUNCTION guard_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' OR NEW.attempts <> 0 THEN
      RAISE EXCEPTION 'a mail begins waiting' USING ERRCODE = 'SE022';
    END IF;
    IF (session_user = 'see_ra' AND NEW.template <> 'mailbox-check') OR (session_user = 'see_worker' AND NEW.template NOT IN ('links', 'expiry', 'recovery')) THEN
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

// An order that opens asks for its code as before, and for a link of its own only when it is in no batch.
const asking = `
CREATE OR REPLACE FUNCTION ask_order_mails(opened uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO mails (template, recipient, agency_id, order_id)
    SELECT 'code', o.deliver_to, o.agency_id, o.id FROM orders o WHERE o.id = opened AND o.deliver_to IS NOT NULL
    UNION ALL
    SELECT 'link', p.email, o.agency_id, o.id FROM orders o JOIN people p ON p.id = o.sponsor_id
      WHERE o.id = opened AND o.deliver_to IS NOT NULL AND p.email IS NOT NULL AND p.left_at IS NULL AND mailbox_of(p.email) <> mailbox_of(o.deliver_to)
        AND NOT EXISTS (SELECT FROM batch_orders b WHERE b.order_id = o.id)
  ON CONFLICT (order_id, template) DO NOTHING
$$;
`;

const links = `
CREATE TABLE letter_links (
  order_id uuid PRIMARY KEY REFERENCES orders (id),
  mail_id uuid NOT NULL REFERENCES mails (id)
);
CREATE INDEX letter_links_mail ON letter_links (mail_id);
SELECT seal_table('letter_links');
GRANT SELECT, INSERT ON letter_links TO see_worker;
GRANT SELECT ON batch_orders TO see_worker;
-- Orders of batches that were told of one by one before.
INSERT INTO letter_links (order_id, mail_id)
  SELECT m.order_id, m.id FROM mails m JOIN batch_orders b ON b.order_id = m.order_id WHERE m.template = 'link' ON CONFLICT DO NOTHING;
CREATE INDEX batch_orders_order ON batch_orders (order_id);
`;
