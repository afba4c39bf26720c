import { type Kysely, sql } from 'kysely';

/**
 * What holders confirmed: that the key of a new encryption certificate works where mail arrives (WF-E, step 12). The view says
 * of each encryption certificate whether the directory still has to wait for that, and which ones it takes the place of.
 * Nothing is signed because of either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [table, view, rights]) await sql.raw(statement).execute(db);
}

const table = `
CREATE TABLE certificate_confirmations (
  certificate_id bigint PRIMARY KEY REFERENCES certificates (id),
  -- 'signature': by a current certificate of the holder, whose request is kept. 'statement': said by somebody who signed in.
  method text NOT NULL CHECK (method IN ('signature', 'statement')),
  confirmed_by text NOT NULL,
  signed_by bigint REFERENCES certificates (id),
  request bytea CHECK (octet_length(request) <= 131072),
  confirmed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK ((method = 'signature') = (signed_by IS NOT NULL AND request IS NOT NULL))
);
SELECT seal_table('certificate_confirmations');
`;

const view = `
CREATE VIEW directory_rules AS
SELECT c.id AS certificate_id, c.issued_at, f.certificate_id IS NULL AND (
    p.content->>'directory' = 'confirmed'
    OR coalesce(p.content->>'directory', 'renewal-confirmed') = 'renewal-confirmed' AND o.kind = 'csr' AND old.ids IS NOT NULL
  ) AS waits, coalesce(old.ids, '{}') AS replaces
FROM certificates c
  JOIN intents i ON i.id = c.id
  JOIN orders o ON o.id = c.order_id
  LEFT JOIN profiles p ON p.digest = i.profile_digest
  LEFT JOIN certificate_confirmations f ON f.certificate_id = c.id
  LEFT JOIN LATERAL (
    SELECT array_agg(r.id ORDER BY r.id) AS ids FROM jsonb_array_elements_text(
      CASE jsonb_typeof(o.draft->'replaces') WHEN 'array' THEN o.draft->'replaces' ELSE '[]' END) hex
    JOIN certificates r ON r.sha256 = CASE WHEN hex ~ '^[0-9a-f]{64}$' THEN decode(hex, 'hex') END
    WHERE r.profile_id = c.profile_id AND r.agency_id IS NOT DISTINCT FROM c.agency_id AND r.person_id IS NOT DISTINCT FROM c.person_id
  ) old ON true
WHERE c.profile_id IN ('gateway-encrypt', 'user-encrypt');
COMMENT ON COLUMN directory_rules.certificate_id IS 'not null';
COMMENT ON COLUMN directory_rules.issued_at IS 'not null';
COMMENT ON COLUMN directory_rules.waits IS 'not null';
COMMENT ON COLUMN directory_rules.replaces IS 'not null';
`;

const rights = `
GRANT SELECT, INSERT ON certificate_confirmations TO see_ra;
INSERT INTO audit_kinds VALUES ('see_ra', 'renewal.');
GRANT SELECT ON directory_rules TO see_ra, see_va, see_worker;
`;
