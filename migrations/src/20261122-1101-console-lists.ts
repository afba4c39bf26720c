import { type Kysely, sql } from 'kysely';

/** Indexes for what the console's lists filter and sort by, so that they stay fast with a hundred thousand certificates. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(indexes).execute(db);
}

const indexes = `
CREATE INDEX certificates_by_agency ON certificates (agency_id, id);
CREATE INDEX certificates_by_profile ON certificates (profile_id, ca, id);
CREATE INDEX certificates_by_ca ON certificates (ca, id);
CREATE INDEX certificates_serial ON certificates (serial);
CREATE INDEX orders_by_time ON orders (created_at, id);
CREATE INDEX orders_by_agency ON orders (agency_id, created_at, id);
CREATE INDEX orders_names ON orders USING gin (names);
CREATE INDEX order_keys_key ON order_keys (spki_sha256);
CREATE INDEX audit_events_by_object ON audit_events (object_id, id);
CREATE INDEX audit_events_by_person ON audit_events ((actor->>'personId'), id);
CREATE INDEX audit_events_by_agency ON audit_events (
  coalesce(detail->>'agencyId', actor->>'agencyId', CASE WHEN object_type = 'agency' THEN object_id END), id);
CREATE INDEX audit_events_by_time ON audit_events (at, id);
`;
