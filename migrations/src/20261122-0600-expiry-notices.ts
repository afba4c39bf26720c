import { type Kysely, sql } from 'kysely';

/** Who was told how many days before its end that a certificate expires, once each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(notices).execute(db);
}

const notices = `
CREATE TABLE expiry_notices (
  certificate_id bigint NOT NULL REFERENCES certificates (id),
  days integer NOT NULL CHECK (days BETWEEN 1 AND 60),
  recipient text NOT NULL,
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (certificate_id, recipient, days)
);
SELECT seal_table('expiry_notices');
GRANT SELECT, INSERT ON expiry_notices TO see_worker;
GRANT SELECT ON expiry_notices TO see_ra;
GRANT SELECT ON revocations TO see_worker;
INSERT INTO audit_kinds VALUES ('see_worker', 'notice.');
`;
