import { type Kysely, sql } from 'kysely';

/**
 * Why an order needs more approvals than its profile asks for, beside its content for lists and filters. The content that
 * approvers sign says the same, and that alone counts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [column, guard]) await sql.raw(statement).execute(db);
}

const column = `
ALTER TABLE orders ADD COLUMN risk jsonb CHECK (jsonb_typeof(risk) = 'object');
CREATE INDEX orders_by_maker ON orders (created_by, created_at);
CREATE INDEX orders_with_risk ON orders (created_at, id) WHERE risk IS NOT NULL;
`;

const guard = `
CREATE FUNCTION guard_order_risk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.risk IS DISTINCT FROM OLD.risk THEN
    RAISE EXCEPTION 'an order is changed by making another' USING ERRCODE = 'SE030';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_risk BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION guard_order_risk();
`;
