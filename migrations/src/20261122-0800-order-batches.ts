import { type Kysely, sql } from 'kysely';

/**
 * Batches: the bytes that an operator signs who approves many orders at once, and which orders they are of. Rows prove
 * nothing: each approval carries the batch's bytes and its own place in the tree.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, rights]) await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE batches (
  id uuid PRIMARY KEY,
  agency_id text NOT NULL REFERENCES agencies (id),
  import_id uuid REFERENCES imports (id),
  content bytea NOT NULL CHECK (octet_length(content) <= 4096),
  digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 48),
  count integer NOT NULL CHECK (count BETWEEN 1 AND 5000),
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX batches_page ON batches (created_at DESC, id DESC);

CREATE TABLE batch_orders (
  batch_id uuid NOT NULL REFERENCES batches (id),
  -- The leaf's place in the tree.
  leaf integer NOT NULL CHECK (leaf BETWEEN 0 AND 4999),
  order_id uuid NOT NULL REFERENCES orders (id),
  PRIMARY KEY (batch_id, leaf),
  UNIQUE (batch_id, order_id)
);
SELECT seal_table('batches'), seal_table('batch_orders');
`;

const rights = `
GRANT SELECT, INSERT ON batches, batch_orders TO see_ra;
GRANT SELECT ON batches, batch_orders TO see_desk;
INSERT INTO audit_kinds VALUES ('see_ra', 'batch.');
`;
