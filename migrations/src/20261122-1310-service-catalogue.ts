import { type Kysely, sql } from 'kysely';

/**
 * The service catalogue (GOV-20): one entry for each service or site that relies on the scheme, with reviews of its content, open
 * findings of audits, and the certificate that its site was seen with.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, rights]) await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE services (
  id uuid PRIMARY KEY,
  agency_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('service', 'site')),
  name text NOT NULL CHECK (char_length(name) BETWEEN 3 AND 120),
  url text NOT NULL CHECK (url ~ '^https://[^[:space:]]+$' AND char_length(url) <= 500),
  -- Host name of the address, lower case, and its port.
  host text NOT NULL CHECK (host = lower(host) AND char_length(host) BETWEEN 1 AND 253),
  port int NOT NULL CHECK (port BETWEEN 1 AND 65535),
  high_risk boolean NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  removed_at timestamptz(3),
  removed_by text,
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
CREATE UNIQUE INDEX services_url ON services (lower(url)) WHERE removed_at IS NULL;
CREATE INDEX services_agency ON services (agency_id);
CREATE TABLE service_reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  service_id uuid NOT NULL REFERENCES services (id),
  reviewed_on date NOT NULL,
  note text NOT NULL CHECK (char_length(note) BETWEEN 3 AND 500),
  reviewed_by text NOT NULL,
  recorded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX service_reviews_service ON service_reviews (service_id, reviewed_on);
CREATE TABLE service_findings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  service_id uuid NOT NULL REFERENCES services (id),
  text text NOT NULL CHECK (char_length(text) BETWEEN 3 AND 500),
  -- Who sees to it: a name or an office, as people say it.
  owner text NOT NULL CHECK (char_length(owner) BETWEEN 2 AND 120),
  due_on date NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX service_findings_service ON service_findings (service_id);
CREATE TABLE service_finding_ends (
  finding_id bigint PRIMARY KEY REFERENCES service_findings (id),
  note text NOT NULL CHECK (char_length(note) BETWEEN 3 AND 500),
  closed_by text NOT NULL,
  closed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
SELECT seal_table('service_reviews'), seal_table('service_findings'), seal_table('service_finding_ends');
-- What a site showed when it was last looked at; nothing is concluded from it but the days that are left.
CREATE TABLE site_observations (
  service_id uuid PRIMARY KEY REFERENCES services (id),
  seen_at timestamptz(3) NOT NULL,
  sha256 bytea CHECK (octet_length(sha256) = 32),
  issuer text CHECK (char_length(issuer) <= 300),
  not_after timestamptz(3),
  fault text CHECK (char_length(fault) <= 300),
  CHECK ((fault IS NULL) = (sha256 IS NOT NULL AND issuer IS NOT NULL AND not_after IS NOT NULL))
);
`;

const rights = `
INSERT INTO audit_kinds VALUES ('see_ra', 'service.');
GRANT SELECT, INSERT ON services, service_reviews, service_findings, service_finding_ends TO see_ra;
GRANT UPDATE (kind, name, url, host, port, high_risk, removed_at, removed_by) ON services TO see_ra;
GRANT SELECT ON site_observations TO see_ra;
GRANT SELECT ON services TO see_worker;
GRANT SELECT, INSERT, UPDATE ON site_observations TO see_worker;
`;
