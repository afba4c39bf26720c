import { type Kysely, sql } from 'kysely';

/**
 * Disposal of records (GOV-18): proposed under an authority, approved by two persons, held up by any legal hold, carried out by a
 * function of the schema's owner, and entered in a register that stays. No login of ours has the right to delete anything: the
 * seals of the two kinds that can be disposed of let this function through and nobody else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, guards, seals, carryOut, rights]) await sql.raw(statement).execute(db);
}

const tables = `
CREATE TABLE legal_holds (
  id uuid PRIMARY KEY,
  -- Null holds every kind.
  kind text CHECK (kind IN ('import-rows', 'mails')),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 3 AND 500),
  placed_by text NOT NULL,
  placed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE legal_hold_ends (
  hold_id uuid PRIMARY KEY REFERENCES legal_holds (id),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 3 AND 500),
  lifted_by text NOT NULL,
  lifted_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE disposals (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('import-rows', 'mails')),
  -- What ended before this time.
  cut_off timestamptz(3) NOT NULL,
  -- The Chief Archivist's authority under which it is done.
  authority_ref text NOT NULL CHECK (char_length(authority_ref) BETWEEN 3 AND 200),
  proposed_by text NOT NULL,
  proposed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE disposal_approvals (
  disposal_id uuid NOT NULL REFERENCES disposals (id),
  person_id text NOT NULL,
  approved_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (disposal_id, person_id)
);
CREATE TABLE disposal_register (
  disposal_id uuid PRIMARY KEY REFERENCES disposals (id),
  records bigint NOT NULL CHECK (records >= 0),
  -- SHA-256 over the SHA-256 of each record as text, in order.
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  carried_out_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
SELECT seal_table('legal_holds'), seal_table('legal_hold_ends'), seal_table('disposals'), seal_table('disposal_approvals'), seal_table('disposal_register');
`;

const guards = `
-- Records are kept for two years at least (GOV-22), whatever a proposal says.
CREATE FUNCTION guard_disposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.cut_off > clock_timestamp() - interval '2 years' THEN
    RAISE EXCEPTION 'records of the last two years are not disposed of' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON disposals FOR EACH ROW EXECUTE FUNCTION guard_disposal();
`;

const seals = `
CREATE FUNCTION refuse_all_but_disposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND coalesce(current_setting('see.disposal', true), '') <> '' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'rows of % are never removed but by a disposal', TG_TABLE_NAME USING ERRCODE = 'SE001';
END $$;
DROP TRIGGER sealed ON mails;
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON mails FOR EACH STATEMENT EXECUTE FUNCTION refuse_all_but_disposal();
DROP TRIGGER sealed ON import_rows;
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON import_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_all_but_disposal();
`;

const carryOut = `
-- Disposes of what was approved, once. Everything is asked here again, of rows that ra can insert and nobody can change.
CREATE FUNCTION carry_out_disposal(wanted uuid) RETURNS disposal_register
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE d disposals%ROWTYPE; entry disposal_register%ROWTYPE;
BEGIN
  SELECT * INTO d FROM disposals WHERE id = wanted FOR UPDATE;
  -- A hold that is placed meanwhile waits, and then finds it done.
  LOCK TABLE legal_holds IN SHARE MODE;
  IF d.id IS NULL OR (SELECT count(*) FROM disposal_approvals WHERE disposal_id = wanted) < 2
     OR EXISTS (SELECT FROM disposal_register WHERE disposal_id = wanted) THEN
    RAISE EXCEPTION 'disposal % is not approved by two persons, or is done', wanted USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM legal_holds h WHERE (h.kind IS NULL OR h.kind = d.kind) AND NOT EXISTS (SELECT FROM legal_hold_ends e WHERE e.hold_id = h.id)) THEN
    RAISE EXCEPTION 'a legal hold forbids disposal %', wanted USING ERRCODE = 'check_violation';
  END IF;
  PERFORM set_config('see.disposal', wanted::text, true);
  IF d.kind = 'mails' THEN
    WITH gone AS (
      DELETE FROM mails m WHERE m.state <> 'waiting' AND m.updated_at < d.cut_off
        AND NOT EXISTS (SELECT FROM letter_links l WHERE l.mail_id = m.id) AND NOT EXISTS (SELECT FROM mail_bounces b WHERE b.mail_id = m.id)
      RETURNING m.id::text AS place, sha256(convert_to(m::text, 'UTF8')) AS hash
    )
    INSERT INTO disposal_register (disposal_id, records, sha256)
      SELECT wanted, count(*), sha256(coalesce(string_agg(hash, '' ORDER BY place), '')) FROM gone;
  ELSE
    WITH gone AS (
      DELETE FROM import_rows r USING imports i WHERE i.id = r.import_id AND i.state = 'done' AND i.updated_at < d.cut_off
      RETURNING r.import_id::text || lpad(r.row::text, 6, '0') AS place, sha256(convert_to(r::text, 'UTF8')) AS hash
    )
    INSERT INTO disposal_register (disposal_id, records, sha256)
      SELECT wanted, count(*), sha256(coalesce(string_agg(hash, '' ORDER BY place), '')) FROM gone;
  END IF;
  PERFORM set_config('see.disposal', '', true);
  SELECT * INTO entry FROM disposal_register WHERE disposal_id = wanted;
  RETURN entry;
END $$;
REVOKE EXECUTE ON FUNCTION carry_out_disposal(uuid) FROM PUBLIC;
`;

const rights = `
GRANT EXECUTE ON FUNCTION carry_out_disposal(uuid) TO see_ra;
GRANT SELECT, INSERT ON legal_holds, legal_hold_ends, disposals, disposal_approvals TO see_ra;
GRANT SELECT ON disposal_register TO see_ra;
`;
