import { type Kysely, sql } from 'kysely';

/**
 * Renewals that a holder signed with a current certificate, as they came: what the order rests on can be verified again by
 * anybody. A certificate has one open renewal at a time and one successor, however many requests arrive together. That of a
 * gateway is approved by nobody before its sponsor has agreed (section 8.4: never without steps 4 and 5).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [table, guard, agreements, superseded, rights]) await sql.raw(statement).execute(db);
}

const table = `
CREATE INDEX orders_replaces ON orders USING gin ((draft->'replaces')) WHERE draft->'replaces' <> '[]';

CREATE TABLE renewal_requests (
  order_id uuid PRIMARY KEY REFERENCES orders (id),
  -- What is to be replaced, and whose key signed for it: the same one, or a signing certificate of the same holder.
  certificate_id bigint NOT NULL REFERENCES certificates (id),
  signed_by bigint NOT NULL REFERENCES certificates (id),
  -- CMS SignedData, DER.
  request bytea NOT NULL CHECK (octet_length(request) <= 131072),
  signed_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX renewal_requests_certificate ON renewal_requests (certificate_id);
SELECT seal_table('renewal_requests');
`;

const guard = `
-- The order that replaces a certificate now: one that is under way, or one whose certificate was not revoked since.
CREATE FUNCTION order_that_replaces(replaced bigint, but uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT o.id FROM certificates c JOIN orders o ON o.draft->'replaces' <> '[]' AND o.draft->'replaces' ? encode(c.sha256, 'hex')
  WHERE c.id = replaced AND o.id IS DISTINCT FROM but AND (
    o.state IN ('preparing', 'pending', 'approved', 'redeemable', 'issuing')
    OR o.state = 'issued' AND EXISTS (
      SELECT FROM certificates n WHERE n.order_id = o.id AND n.profile_id = c.profile_id
        AND coalesce((SELECT r.kind FROM revocations r WHERE r.certificate_id = n.id ORDER BY r.id DESC LIMIT 1), 'release') <> 'revoke'))
  ORDER BY o.created_at, o.id LIMIT 1
$$;
CREATE FUNCTION guard_renewal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE other uuid;
BEGIN
  -- Two requests for one certificate wait for each other here.
  PERFORM pg_advisory_xact_lock(7341, hashint8(NEW.certificate_id));
  IF NOT EXISTS (SELECT FROM orders o JOIN certificates c ON c.id = NEW.certificate_id
                 WHERE o.id = NEW.order_id AND o.draft->'replaces' = jsonb_build_array(encode(c.sha256, 'hex'))) THEN
    RAISE EXCEPTION 'order % does not replace certificate %', NEW.order_id, NEW.certificate_id USING ERRCODE = 'SE034';
  END IF;
  other := order_that_replaces(NEW.certificate_id, NEW.order_id);
  IF other IS NOT NULL THEN
    RAISE EXCEPTION 'certificate % is being replaced by order %', NEW.certificate_id, other USING ERRCODE = 'SE035';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON renewal_requests FOR EACH ROW EXECUTE FUNCTION guard_renewal();
`;

const agreements = `
CREATE TABLE renewal_agreements (
  order_id uuid PRIMARY KEY REFERENCES renewal_requests (order_id),
  sponsor_id text NOT NULL,
  -- The sponsor, or the operator who has the sponsor's word in the form that the note tells of.
  recorded_by text NOT NULL,
  note text CHECK (char_length(note) BETWEEN 1 AND 400),
  agreed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK (recorded_by = sponsor_id OR note IS NOT NULL)
);
SELECT seal_table('renewal_agreements');

CREATE FUNCTION guard_renewal_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE;
BEGIN
  SELECT * INTO o FROM orders WHERE id = NEW.order_id FOR SHARE;
  IF o.state <> 'pending' OR o.sponsor_id <> NEW.sponsor_id OR o.applicant_id = NEW.recorded_by THEN
    RAISE EXCEPTION 'order % takes no agreement of %', NEW.order_id, NEW.sponsor_id USING ERRCODE = 'SE037';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON renewal_agreements FOR EACH ROW EXECUTE FUNCTION guard_renewal_agreement();

-- Runs after the trigger "guard", which has set the person.
CREATE FUNCTION guard_renewal_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE recorder text;
BEGIN
  IF NOT EXISTS (SELECT FROM renewal_requests WHERE order_id = NEW.order_id) THEN
    RETURN NEW;
  END IF;
  SELECT recorded_by INTO recorder FROM renewal_agreements WHERE order_id = NEW.order_id;
  IF recorder IS NULL AND EXISTS (SELECT FROM orders o, unnest(o.profiles) profile WHERE o.id = NEW.order_id AND profile LIKE 'gateway-%') THEN
    RAISE EXCEPTION 'the sponsor has not agreed to order %', NEW.order_id USING ERRCODE = 'SE036';
  END IF;
  IF recorder = NEW.person_id THEN
    RAISE EXCEPTION 'person % spoke for the sponsor of order %', NEW.person_id, NEW.order_id USING ERRCODE = 'SE006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_renewal BEFORE INSERT ON approvals FOR EACH ROW EXECUTE FUNCTION guard_renewal_approval();
`;

const superseded = `
-- Each certificate that another takes the place of, and until when it is left alone: the overlap of the newer one's profile.
CREATE VIEW superseded_certificates AS
SELECT c.id AS certificate_id, n.id AS successor_id, n.not_before AS since,
  least(c.not_after, n.not_before + make_interval(days => CASE
    WHEN p.content->'renewal'->>'overlapDays' ~ '^[0-9]{1,3}$' THEN (p.content->'renewal'->>'overlapDays')::integer ELSE 30 END)) AS overlap_ends_at
FROM certificates c
  JOIN orders o ON o.draft->'replaces' <> '[]' AND o.draft->'replaces' ? encode(c.sha256, 'hex')
  JOIN certificates n ON n.order_id = o.id AND n.profile_id = c.profile_id
  JOIN intents i ON i.id = n.id
  LEFT JOIN profiles p ON p.digest = i.profile_digest;
COMMENT ON COLUMN superseded_certificates.certificate_id IS 'not null';
COMMENT ON COLUMN superseded_certificates.successor_id IS 'not null';
COMMENT ON COLUMN superseded_certificates.since IS 'not null';
COMMENT ON COLUMN superseded_certificates.overlap_ends_at IS 'not null';
`;

const rights = `
GRANT SELECT ON superseded_certificates TO see_worker;
GRANT SELECT, INSERT ON renewal_requests, renewal_agreements TO see_ra;
`;
