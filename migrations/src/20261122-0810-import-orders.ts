import { type Kysely, sql } from 'kysely';

/**
 * An import may order certificates for the people it enters: what is ordered is part of what was confirmed, and a row is
 * done with its person and its order, or not at all.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [columns, guards, rights]) await sql.raw(statement).execute(db);
}

const columns = `
ALTER TABLE imports ADD COLUMN orders jsonb CHECK (jsonb_typeof(orders) = 'object');
ALTER TABLE import_rows ADD COLUMN order_id uuid UNIQUE REFERENCES orders (id);
ALTER TABLE import_rows ADD CHECK (state = 'done' OR order_id IS NULL);
`;

const guards = `
CREATE FUNCTION guard_import_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.orders IS DISTINCT FROM OLD.orders THEN
    RAISE EXCEPTION 'what was confirmed is not changed' USING ERRCODE = 'SE013';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_orders BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION guard_import_orders();

CREATE FUNCTION guard_import_row_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ordered boolean; o orders%ROWTYPE;
BEGIN
  IF OLD.order_id IS NOT NULL AND NEW.order_id IS DISTINCT FROM OLD.order_id THEN
    RAISE EXCEPTION 'row % of import % has its order', OLD.row, OLD.import_id USING ERRCODE = 'SE013';
  END IF;
  IF NEW.state = 'done' AND OLD.state <> 'done' THEN
    SELECT i.orders IS NOT NULL INTO ordered FROM imports i WHERE i.id = NEW.import_id;
    SELECT * INTO o FROM orders WHERE id = NEW.order_id;
    IF ordered <> (NEW.order_id IS NOT NULL) OR (ordered AND o.applicant_id IS DISTINCT FROM NEW.person_id) THEN
      RAISE EXCEPTION 'row % of import % is not done with this order', NEW.row, NEW.import_id USING ERRCODE = 'SE013';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_order BEFORE UPDATE ON import_rows FOR EACH ROW EXECUTE FUNCTION guard_import_row_order();
`;

const rights = `
GRANT UPDATE (order_id) ON import_rows TO see_ra;
`;
