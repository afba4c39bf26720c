import { type Kysely, sql } from 'kysely';

/**
 * Events in people's lives: declared once, carried out once or called off once. What was declared is never changed. A
 * person who left keeps their record and their id.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [events, people]) await sql.raw(statement).execute(db);
}

const events = `
CREATE TABLE life_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  agency_id text REFERENCES agencies (id),
  kind text NOT NULL CHECK (kind IN ('leaver', 'death', 'mover', 'name-change', 'lost-token', 'lost-key')),
  effective_at timestamptz(3) NOT NULL,
  happened_at timestamptz(3),
  detail jsonb NOT NULL DEFAULT '{}',
  note text CHECK (length(note) <= 500),
  declared_by text NOT NULL,
  declared_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK (happened_at <= declared_at)
);
CREATE INDEX life_events_person ON life_events (person_id, id);
CREATE INDEX life_events_due ON life_events (effective_at, id);
CREATE TABLE life_event_ends (
  event_id bigint PRIMARY KEY REFERENCES life_events (id),
  outcome text NOT NULL CHECK (outcome IN ('carried-out', 'called-off')),
  actions jsonb NOT NULL DEFAULT '[]',
  reason text CHECK (length(reason) <= 500),
  ended_by text NOT NULL,
  ended_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
SELECT seal_table('life_events'), seal_table('life_event_ends');
GRANT SELECT, INSERT ON life_events, life_event_ends TO see_ra;
GRANT SELECT ON life_events, life_event_ends TO see_worker;
`;

const people = `
ALTER TABLE people ADD COLUMN left_at timestamptz(3);
GRANT UPDATE (left_at) ON people TO see_ra;
CREATE INDEX people_left ON people (left_at) WHERE left_at IS NOT NULL;
`;
