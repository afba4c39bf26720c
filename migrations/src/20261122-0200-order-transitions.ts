import { type Kysely, sql } from 'kysely';

/**
 * The order's state machine in the database: a login makes the transitions that are its own and no others, so that
 * whoever has one process's login can not move orders as another. The rows are those of ORDER_MACHINE in the domain (a
 * test compares them). The owner is held to the transitions too, but may make each.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [table, guard]) await sql.raw(statement).execute(db);
}

const table = `
CREATE TABLE order_transitions (
  before text NOT NULL,
  after text NOT NULL,
  login text NOT NULL,
  PRIMARY KEY (before, after)
);
INSERT INTO order_transitions VALUES
  ('', 'pending', 'see_ra'),
  ('', 'preparing', 'see_ra'),
  ('preparing', 'pending', 'see_worker'),
  ('preparing', 'refused', 'see_worker'),
  ('pending', 'approved', 'see_ra'),
  ('approved', 'redeemable', 'see_signer'),
  ('approved', 'issuing', 'see_signer'),
  ('redeemable', 'issuing', 'see_signer'),
  ('issuing', 'issued', 'see_signer'),
  ('approved', 'refused', 'see_signer'),
  ('redeemable', 'refused', 'see_signer'),
  ('redeemable', 'locked', 'see_signer'),
  ('preparing', 'rejected', 'see_ra'), ('pending', 'rejected', 'see_ra'), ('approved', 'rejected', 'see_ra'), ('redeemable', 'rejected', 'see_ra'), ('locked', 'rejected', 'see_ra'),
  ('preparing', 'withdrawn', 'see_ra'), ('pending', 'withdrawn', 'see_ra'), ('approved', 'withdrawn', 'see_ra'), ('redeemable', 'withdrawn', 'see_ra'), ('locked', 'withdrawn', 'see_ra'),
  ('preparing', 'lapsed', 'see_worker'), ('pending', 'lapsed', 'see_worker'), ('approved', 'lapsed', 'see_worker'), ('redeemable', 'lapsed', 'see_worker');
SELECT seal_table('order_transitions');
GRANT SELECT ON order_transitions TO see_ra, see_signer, see_worker;
`;

const guard = `
CREATE FUNCTION guard_order_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_state text := ''; allowed text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.state = OLD.state THEN
      RETURN NEW;
    END IF;
    old_state := OLD.state;
  END IF;
  SELECT login INTO allowed FROM order_transitions WHERE before = old_state AND after = NEW.state;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'order % does not go from % to %', NEW.id, coalesce(nullif(old_state, ''), 'nothing'), NEW.state USING ERRCODE = 'SE003';
  END IF;
  IF allowed <> session_user AND session_user IN ('see_ra', 'see_signer', 'see_worker', 'see_va', 'see_desk') THEN
    RAISE EXCEPTION 'login % does not take orders from % to %', session_user, coalesce(nullif(old_state, ''), 'nothing'), NEW.state USING ERRCODE = 'SE012';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_state BEFORE INSERT OR UPDATE OF state ON orders FOR EACH ROW EXECUTE FUNCTION guard_order_state();
`;
