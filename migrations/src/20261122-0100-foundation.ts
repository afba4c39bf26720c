import { type Kysely, sql } from 'kysely';

/**
 * The first schema. Three ideas run through it:
 *
 * - Facts are insert-only. `seal_table` puts a trigger on them that refuses UPDATE, DELETE and TRUNCATE for everyone,
 *   and the grants below give nobody the right in the first place.
 * - Rows are caches of statements. The projection tables (`credentials`, `agencies`, `profiles`, `service_keys`) are
 *   written by the signer alone, after it verified the chain; nothing is signed because of them.
 * - What must never happen is a constraint: one issuer and serial twice, an order signed twice, two approvals by one
 *   person, an approver who is a party to the order, a revoked certificate that comes back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [functions, authority, people, orders, issuance, revocation, log, operation, rights]) {
    await sql.raw(statement).execute(db);
  }
}

const functions = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'SE001';
END $$;

CREATE FUNCTION seal_table(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER sealed BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER sealed', name);
END $$;
`;

const authority = `
-- Canonical bytes of everything that carries authority. A row here proves nothing: see authority_chain.
CREATE TABLE statements (
  digest bytea PRIMARY KEY CHECK (octet_length(digest) = 48),
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z-]{2,40}$'),
  seq bigint CHECK (seq >= 0),
  bytes bytea NOT NULL CHECK (octet_length(bytes) <= 65536),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text NOT NULL DEFAULT session_user
);
CREATE INDEX statements_seq ON statements (seq) WHERE seq IS NOT NULL;

CREATE TABLE statement_signatures (
  statement_digest bytea NOT NULL REFERENCES statements (digest),
  credential_id text NOT NULL CHECK (octet_length(credential_id) <= 200),
  signature jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (statement_digest, credential_id)
);

-- The one numbered chain, as the signer accepted it.
CREATE TABLE authority_chain (
  seq bigint PRIMARY KEY,
  statement_digest bytea NOT NULL UNIQUE REFERENCES statements (digest),
  accepted_at timestamptz NOT NULL
);
CREATE TABLE statement_refusals (
  statement_digest bytea PRIMARY KEY REFERENCES statements (digest),
  code text NOT NULL,
  detail text NOT NULL,
  refused_at timestamptz NOT NULL
);

CREATE TABLE credentials (
  credential_id text PRIMARY KEY,
  person_id text NOT NULL,
  public_key jsonb NOT NULL,
  statement_digest bytea NOT NULL,
  removed_at timestamptz
);
CREATE TABLE role_grants (
  person_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('administrator', 'operator', 'sponsor', 'registration-agent', 'ca-operations', 'auditor')),
  statement_digest bytea NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (person_id, role, statement_digest)
);
CREATE TABLE agencies (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'suspended', 'removed')),
  organization_names text[] NOT NULL,
  domains text[] NOT NULL,
  scope jsonb NOT NULL,
  scope_digest bytea NOT NULL,
  last_verified_at timestamptz NOT NULL,
  next_review_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE TABLE profiles (
  id text NOT NULL,
  version integer NOT NULL,
  digest bytea NOT NULL UNIQUE,
  content jsonb NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX profiles_one_active ON profiles (id) WHERE active;
CREATE TABLE service_keys (
  key_id text PRIMARY KEY,
  service text NOT NULL CHECK (service IN ('va', 'worker', 'box', 'log')),
  public_key jsonb NOT NULL,
  statement_digest bytea NOT NULL,
  removed_at timestamptz
);
SELECT seal_table('statements'), seal_table('statement_signatures'), seal_table('authority_chain'), seal_table('statement_refusals');
`;

const people = `
-- person ids are random, never re-used, and outlive names and employers (R31, RP-5).
CREATE TABLE people (
  id text PRIMARY KEY CHECK (id ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
  agency_id text REFERENCES agencies (id),
  given_name text,
  surname text NOT NULL,
  display_name text NOT NULL,
  email text,
  last_verified_at timestamptz NOT NULL,
  next_review_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX people_email ON people (lower(email));
CREATE INDEX people_name ON people (lower(display_name) text_pattern_ops);
`;

const orders = `
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('csr', 'person')),
  state text NOT NULL CHECK (state IN ('preparing', 'pending', 'approved', 'redeemable', 'issuing', 'issued', 'rejected', 'refused', 'withdrawn', 'lapsed', 'locked')),
  agency_id text NOT NULL REFERENCES agencies (id),
  profiles text[] NOT NULL CHECK (cardinality(profiles) BETWEEN 1 AND 3),
  subject text NOT NULL,
  names text[] NOT NULL,
  applicant_id text NOT NULL,
  sponsor_id text NOT NULL,
  agent_id text,
  quorum integer NOT NULL CHECK (quorum BETWEEN 1 AND 5),
  draft jsonb NOT NULL,
  content bytea CHECK (octet_length(content) <= 65536),
  digest bytea UNIQUE CHECK (octet_length(digest) = 48),
  warnings jsonb NOT NULL DEFAULT '[]',
  state_reason text,
  deliver_to text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  approve_before timestamptz NOT NULL,
  use_before timestamptz NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((content IS NULL) = (digest IS NULL)),
  CHECK (state <> 'preparing' OR content IS NULL),
  CHECK (applicant_id <> sponsor_id AND applicant_id IS DISTINCT FROM agent_id AND sponsor_id IS DISTINCT FROM agent_id)
);
CREATE INDEX orders_queue ON orders (state, created_at, id);
CREATE INDEX orders_subject ON orders (lower(subject) text_pattern_ops);

-- What an approver may have seen can not change under them: content and digest are written once.
CREATE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.content IS NOT NULL AND (NEW.content IS DISTINCT FROM OLD.content OR NEW.digest IS DISTINCT FROM OLD.digest) THEN
    RAISE EXCEPTION 'the content of an order is written once' USING ERRCODE = 'SE002';
  END IF;
  IF ROW(NEW.id, NEW.kind, NEW.agency_id, NEW.profiles, NEW.applicant_id, NEW.sponsor_id, NEW.agent_id, NEW.draft, NEW.created_at, NEW.created_by, NEW.approve_before, NEW.use_before, NEW.quorum, NEW.deliver_to)
     IS DISTINCT FROM ROW(OLD.id, OLD.kind, OLD.agency_id, OLD.profiles, OLD.applicant_id, OLD.sponsor_id, OLD.agent_id, OLD.draft, OLD.created_at, OLD.created_by, OLD.approve_before, OLD.use_before, OLD.quorum, OLD.deliver_to) THEN
    RAISE EXCEPTION 'an order is changed by making another' USING ERRCODE = 'SE002';
  END IF;
  IF OLD.state IN ('issued', 'rejected', 'withdrawn', 'lapsed') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'order % is %: final', OLD.id, OLD.state USING ERRCODE = 'SE003';
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION guard_order();
CREATE TRIGGER sealed BEFORE DELETE OR TRUNCATE ON orders FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The CSR of a 'csr' order, one an item. A person's CSRs come with the redemption.
CREATE TABLE order_keys (
  order_id uuid NOT NULL REFERENCES orders (id),
  item integer NOT NULL CHECK (item BETWEEN 0 AND 2),
  csr bytea NOT NULL CHECK (octet_length(csr) <= 65536),
  spki_sha256 bytea NOT NULL CHECK (octet_length(spki_sha256) = 32),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (order_id, item),
  UNIQUE (order_id, spki_sha256)
);

CREATE TABLE enrolment_secrets (
  order_id uuid PRIMARY KEY REFERENCES orders (id),
  commitment bytea NOT NULL CHECK (octet_length(commitment) = 48),
  sealed_key bytea NOT NULL,
  key_id text NOT NULL,
  signature text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE approvals (
  order_id uuid NOT NULL REFERENCES orders (id),
  order_digest bytea NOT NULL,
  credential_id text NOT NULL REFERENCES credentials (credential_id),
  person_id text NOT NULL,
  signature jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (order_id, person_id)
);
-- The person is taken from the credential, never from whoever inserts.
CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; c credentials%ROWTYPE;
BEGIN
  SELECT * INTO o FROM orders WHERE id = NEW.order_id FOR SHARE;
  SELECT * INTO c FROM credentials WHERE credential_id = NEW.credential_id;
  IF c.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'credential % was removed', NEW.credential_id USING ERRCODE = 'SE004';
  END IF;
  NEW.person_id := c.person_id;
  IF o.digest IS DISTINCT FROM NEW.order_digest THEN
    RAISE EXCEPTION 'the approval is for other content than order % has', NEW.order_id USING ERRCODE = 'SE005';
  END IF;
  IF o.state <> 'pending' THEN
    RAISE EXCEPTION 'order % is %, it takes no approval', NEW.order_id, o.state USING ERRCODE = 'SE003';
  END IF;
  IF c.person_id IN (o.applicant_id, o.sponsor_id, coalesce(o.agent_id, '')) THEN
    RAISE EXCEPTION 'person % is a party to order %', c.person_id, NEW.order_id USING ERRCODE = 'SE006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON approvals FOR EACH ROW EXECUTE FUNCTION guard_approval();

-- Whoever holds the code proves it to the signer; ra only carries the proof. 'check' proves, 'redeem' brings the keys.
CREATE TABLE redemption_attempts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id uuid NOT NULL REFERENCES orders (id),
  kind text NOT NULL CHECK (kind IN ('check', 'redeem')),
  proof bytea CHECK (octet_length(proof) = 48),
  csrs bytea[] CHECK (cardinality(csrs) BETWEEN 1 AND 3),
  tags bytea[] CHECK (cardinality(tags) = cardinality(csrs)),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((kind = 'check') = (proof IS NOT NULL)),
  CHECK ((kind = 'redeem') = (csrs IS NOT NULL AND tags IS NOT NULL))
);
CREATE TABLE redemption_results (
  attempt_id bigint PRIMARY KEY REFERENCES redemption_attempts (id),
  order_id uuid NOT NULL REFERENCES orders (id),
  outcome text NOT NULL CHECK (outcome IN ('right', 'wrong', 'locked', 'not-redeemable')),
  tries_left integer NOT NULL CHECK (tries_left BETWEEN 0 AND 5),
  created_at timestamptz NOT NULL
);
CREATE INDEX redemption_results_order ON redemption_results (order_id);

-- What the worker handed over, so that nothing is sent twice and nothing is forgotten. Bodies are not kept.
CREATE TABLE deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id uuid NOT NULL REFERENCES orders (id),
  kind text NOT NULL CHECK (kind IN ('link', 'code', 'issued')),
  recipient text NOT NULL,
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (order_id, kind)
);

SELECT seal_table('order_keys'), seal_table('enrolment_secrets'), seal_table('approvals'), seal_table('redemption_attempts'), seal_table('redemption_results'), seal_table('deliveries');
`;

const issuance = `
CREATE TABLE cas (
  id text PRIMARY KEY CHECK (id IN ('root', 'gateway', 'individual', 'tls', 'operations')),
  subject_der bytea NOT NULL,
  ski bytea NOT NULL UNIQUE,
  certificate bytea NOT NULL,
  not_after timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A CA's certificate made again at a root ceremony, for the same key and name: the newest one counts.
CREATE TABLE ca_reissues (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ca text NOT NULL REFERENCES cas (id),
  certificate bytea NOT NULL,
  not_after timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE VIEW current_cas AS
  SELECT DISTINCT ON (c.id) c.id, c.subject_der, c.ski, coalesce(r.certificate, c.certificate) AS certificate, coalesce(r.not_after, c.not_after) AS not_after
  FROM cas c LEFT JOIN ca_reissues r ON r.ca = c.id ORDER BY c.id, r.id DESC;

-- One row per order that was ever taken up for signing: the digest can not come back.
CREATE TABLE signed_orders (
  order_digest bytea PRIMARY KEY CHECK (octet_length(order_digest) = 48),
  order_id uuid NOT NULL UNIQUE,
  claimed_at timestamptz NOT NULL
);

-- The signer's note that an order had its approvals in time, under a MAC that only the signer can make.
CREATE TABLE order_verdicts (
  order_digest bytea PRIMARY KEY CHECK (octet_length(order_digest) = 48),
  order_id uuid NOT NULL UNIQUE REFERENCES orders (id),
  approved_at timestamptz NOT NULL,
  mac bytea NOT NULL CHECK (octet_length(mac) = 48)
);

CREATE TABLE ocsp_key_requests (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ca text NOT NULL REFERENCES cas (id),
  csr bytea NOT NULL CHECK (octet_length(csr) <= 8192),
  spki_sha256 bytea NOT NULL UNIQUE,
  key_id text NOT NULL,
  signature text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE ocsp_key_refusals (
  request_id bigint PRIMARY KEY REFERENCES ocsp_key_requests (id),
  code text NOT NULL,
  detail text NOT NULL,
  refused_at timestamptz NOT NULL
);

-- Serial and TBS, durable before the signature. An intent without certificate is finished or listed, never forgotten.
CREATE TABLE intents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ca text NOT NULL REFERENCES cas (id),
  serial bytea NOT NULL CHECK (octet_length(serial) BETWEEN 8 AND 20),
  order_digest bytea REFERENCES signed_orders (order_digest),
  item integer,
  ocsp_request_id bigint UNIQUE REFERENCES ocsp_key_requests (id),
  profile_id text NOT NULL,
  profile_digest bytea NOT NULL,
  spki_sha256 bytea NOT NULL,
  -- Whom the key is certified for: a person's or an agency's id.
  subject_key text NOT NULL,
  tbs bytea NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (ca, serial),
  UNIQUE (order_digest, item),
  CHECK ((order_digest IS NULL) = (item IS NULL)),
  CHECK ((order_digest IS NULL) <> (ocsp_request_id IS NULL))
);
CREATE INDEX intents_key ON intents (spki_sha256);

CREATE TABLE certificates (
  id bigint PRIMARY KEY REFERENCES intents (id),
  ca text NOT NULL REFERENCES cas (id),
  serial bytea NOT NULL,
  order_id uuid REFERENCES orders (id),
  agency_id text REFERENCES agencies (id),
  person_id text,
  profile_id text NOT NULL,
  subject text NOT NULL,
  names text[] NOT NULL,
  not_before timestamptz NOT NULL,
  not_after timestamptz NOT NULL,
  spki_sha256 bytea NOT NULL,
  sha256 bytea NOT NULL UNIQUE,
  issued_at timestamptz NOT NULL,
  UNIQUE (ca, serial)
);
CREATE INDEX certificates_order ON certificates (order_id);
CREATE INDEX certificates_subject ON certificates (lower(subject) text_pattern_ops);
CREATE INDEX certificates_names ON certificates USING gin (names);
CREATE INDEX certificates_key ON certificates (spki_sha256);
CREATE INDEX certificates_person ON certificates (person_id);
CREATE INDEX certificates_expiry ON certificates (not_after);
CREATE TABLE certificate_bytes (
  certificate_id bigint PRIMARY KEY REFERENCES certificates (id),
  der bytea NOT NULL
);

CREATE TABLE order_refusals (
  order_id uuid NOT NULL REFERENCES orders (id),
  order_digest bytea NOT NULL,
  code text NOT NULL,
  detail text NOT NULL,
  refused_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, order_digest)
);

CREATE TABLE blocked_keys (
  spki_sha256 bytea PRIMARY KEY CHECK (octet_length(spki_sha256) = 32),
  reason text NOT NULL,
  created_by text NOT NULL DEFAULT session_user,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT seal_table('cas'), seal_table('ca_reissues'), seal_table('signed_orders'), seal_table('order_verdicts'), seal_table('ocsp_key_requests'), seal_table('ocsp_key_refusals'), seal_table('intents'), seal_table('certificates'), seal_table('certificate_bytes'), seal_table('order_refusals'), seal_table('blocked_keys');
`;

const revocation = `
-- Events, not states: hold, release and revoke follow each other, and revoked is final.
CREATE TABLE revocations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  certificate_id bigint NOT NULL REFERENCES certificates (id),
  ca text NOT NULL,
  serial bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('hold', 'release', 'revoke')),
  reason integer NOT NULL CHECK (reason IN (0, 1, 2, 3, 4, 5, 6, 9)),
  invalidity_date timestamptz,
  statement_digest bytea REFERENCES statements (digest),
  requested_by text NOT NULL,
  revoked_at timestamptz NOT NULL DEFAULT date_trunc('second', clock_timestamp()),
  created_by text NOT NULL DEFAULT session_user,
  CHECK ((kind = 'hold') = (reason = 6)),
  CHECK (kind <> 'release' OR (reason = 0 AND statement_digest IS NOT NULL)),
  CHECK (invalidity_date IS NULL OR invalidity_date <= revoked_at)
);
CREATE INDEX revocations_certificate ON revocations (certificate_id, id);
CREATE INDEX revocations_rate ON revocations (ca, revoked_at);
CREATE UNIQUE INDEX revocations_statement ON revocations (certificate_id, statement_digest) WHERE statement_digest IS NOT NULL;

CREATE FUNCTION guard_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c certificates%ROWTYPE; last text; last_reason integer; recent bigint;
BEGIN
  SELECT * INTO c FROM certificates WHERE id = NEW.certificate_id;
  IF NOT FOUND OR c.ca <> NEW.ca OR c.serial <> NEW.serial THEN
    RAISE EXCEPTION 'no such certificate' USING ERRCODE = 'SE007';
  END IF;
  PERFORM pg_advisory_xact_lock(7340, hashtext(encode(NEW.serial, 'hex')));
  NEW.revoked_at := date_trunc('second', clock_timestamp());
  SELECT kind, reason INTO last, last_reason FROM revocations
    WHERE certificate_id = NEW.certificate_id AND (statement_digest IS NULL OR kind = 'release') ORDER BY id DESC LIMIT 1;
  -- Whether a statement holds is not known here, so an event that carries one neither waits for others nor blocks them:
  -- signer and va decide what counts.
  IF NEW.statement_digest IS NOT NULL THEN
    RETURN NEW;
  END IF;
  IF last = 'revoke' AND NOT (NEW.kind = 'revoke' AND NEW.reason = 1 AND last_reason <> 1) THEN
    RAISE EXCEPTION 'certificate is revoked already: final' USING ERRCODE = 'SE008';
  ELSIF NEW.kind = 'hold' AND last = 'hold' THEN
    RAISE EXCEPTION 'certificate is on hold already' USING ERRCODE = 'SE008';
  END IF;
  IF c.profile_id IN ('gateway-sign', 'gateway-encrypt', 'ocsp-responder') THEN
    RAISE EXCEPTION 'revoking a % certificate needs a statement of two operators', c.profile_id USING ERRCODE = 'SE009';
  END IF;
  SELECT count(*) INTO recent FROM revocations WHERE ca = NEW.ca AND statement_digest IS NULL AND revoked_at > clock_timestamp() - interval '1 hour';
  IF recent >= (SELECT revocations_per_hour FROM limits) THEN
    RAISE EXCEPTION 'more revocations this hour need a statement of two operators' USING ERRCODE = 'SE010';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON revocations FOR EACH ROW EXECUTE FUNCTION guard_revocation();

CREATE TABLE limits (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  revocations_per_hour integer NOT NULL DEFAULT 100
);
INSERT INTO limits DEFAULT VALUES;

CREATE TABLE crls (
  ca text NOT NULL REFERENCES cas (id),
  number bigint NOT NULL,
  der bytea NOT NULL,
  entries integer NOT NULL,
  this_update timestamptz NOT NULL,
  next_update timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (ca, number)
);
SELECT seal_table('revocations'), seal_table('crls');
`;

const log = `
CREATE TABLE audit_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  login text NOT NULL DEFAULT session_user,
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9.-]{2,60}$'),
  outcome text NOT NULL CHECK (outcome IN ('success', 'failure')),
  actor jsonb NOT NULL,
  object_type text NOT NULL,
  object_id text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_events_object ON audit_events (object_type, object_id, id);
CREATE INDEX audit_events_kind ON audit_events (kind, id);

-- Which process may claim what: prefixes of kinds by login. The owner writes only at init and migration.
CREATE TABLE audit_kinds (
  login text NOT NULL,
  prefix text NOT NULL,
  PRIMARY KEY (login, prefix)
);
INSERT INTO audit_kinds VALUES
  ('see_ra', 'order.'), ('see_ra', 'person.'), ('see_ra', 'agency.'), ('see_ra', 'access.'), ('see_ra', 'revocation.'), ('see_ra', 'statement.proposed'), ('see_ra', 'statement.signed'), ('see_ra', 'csr.'),
  ('see_signer', 'certificate.'), ('see_signer', 'crl.'), ('see_signer', 'statement.accepted'), ('see_signer', 'statement.refused'), ('see_signer', 'signing.'), ('see_signer', 'redemption.'), ('see_signer', 'checkpoint.'),
  ('see_va', 'ocsp-key.'), ('see_va', 'status.'),
  ('see_worker', 'code.'), ('see_worker', 'delivery.'), ('see_worker', 'lapse.'),
  ('see_desk', 'desk.');
CREATE FUNCTION guard_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.at := clock_timestamp();
  NEW.login := session_user;
  IF EXISTS (SELECT 1 FROM audit_kinds WHERE login = session_user)
     AND NOT EXISTS (SELECT 1 FROM audit_kinds k WHERE k.login = session_user AND starts_with(NEW.kind, k.prefix)) THEN
    RAISE EXCEPTION 'login % may not write audit events of kind %', session_user, NEW.kind USING ERRCODE = 'SE011';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION guard_audit();

-- The Merkle log (RFC 6962 hashing): the sequencer alone gives numbers, without gaps.
CREATE TABLE log_entries (
  seq bigint PRIMARY KEY CHECK (seq >= 0),
  event_id bigint NOT NULL UNIQUE REFERENCES audit_events (id),
  leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32)
);
CREATE TABLE checkpoint_proposals (
  tree_size bigint PRIMARY KEY CHECK (tree_size > 0),
  root_hash bytea NOT NULL CHECK (octet_length(root_hash) = 32),
  previous_size bigint NOT NULL,
  proof bytea[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE checkpoints (
  tree_size bigint PRIMARY KEY,
  root_hash bytea NOT NULL,
  note text NOT NULL,
  signed_at timestamptz NOT NULL
);
SELECT seal_table('audit_events'), seal_table('log_entries'), seal_table('checkpoint_proposals'), seal_table('checkpoints'), seal_table('audit_kinds');
`;

const operation = `
CREATE TABLE tokens (
  id uuid PRIMARY KEY,
  secret_sha256 bytea NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('administrator', 'operator', 'sponsor', 'registration-agent', 'ca-operations', 'auditor')),
  agency_id text REFERENCES agencies (id),
  person_id text NOT NULL REFERENCES people (id),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE TABLE sessions (
  id_sha256 bytea PRIMARY KEY,
  token_id uuid NOT NULL REFERENCES tokens (id),
  csrf text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz
);
CREATE TABLE leases (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  since timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE TABLE heartbeats (
  process text PRIMARY KEY,
  pid integer NOT NULL,
  since timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
`;

const rights = `
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO see_ra, see_signer, see_va, see_worker, see_desk;
REVOKE EXECUTE ON FUNCTION seal_table(text) FROM PUBLIC;

-- Public facts that every process may read.
GRANT SELECT ON statements, statement_signatures, authority_chain, statement_refusals, credentials, role_grants, agencies, profiles, service_keys, cas, ca_reissues, current_cas, crls, limits, leases, heartbeats
  TO see_ra, see_signer, see_va, see_worker, see_desk;
GRANT INSERT ON audit_events TO see_ra, see_signer, see_va, see_worker, see_desk;
GRANT SELECT ON audit_kinds TO see_ra, see_signer, see_va, see_worker, see_desk;
GRANT INSERT, UPDATE ON heartbeats TO see_ra, see_signer, see_va, see_worker, see_desk;

-- ra: proposes, records, never signs.
GRANT SELECT ON people, orders, order_keys, approvals, redemption_attempts, redemption_results, deliveries, signed_orders, intents, certificates, certificate_bytes, order_refusals, blocked_keys, revocations, audit_events, log_entries, checkpoints, tokens, sessions TO see_ra;
GRANT INSERT ON statements, statement_signatures, people, orders, order_keys, approvals, redemption_attempts, revocations, blocked_keys, sessions TO see_ra;
GRANT UPDATE (agency_id, given_name, surname, display_name, email, last_verified_at, next_review_at) ON people TO see_ra;
GRANT UPDATE (state, state_reason, updated_at) ON orders TO see_ra;
GRANT UPDATE (last_seen_at, ended_at) ON sessions TO see_ra;
GRANT INSERT ON tokens TO see_ra;
GRANT UPDATE (revoked_at) ON tokens TO see_ra;

-- signer: the only writer of projections, intents, certificates, CRLs and checkpoints.
GRANT SELECT ON people, orders, order_keys, enrolment_secrets, approvals, redemption_attempts, redemption_results, signed_orders, order_verdicts, intents, certificates, certificate_bytes, order_refusals, blocked_keys, revocations, ocsp_key_requests, ocsp_key_refusals, checkpoint_proposals, checkpoints TO see_signer;
GRANT INSERT ON authority_chain, statement_refusals, credentials, role_grants, agencies, profiles, service_keys, redemption_results, signed_orders, order_verdicts, intents, certificates, certificate_bytes, order_refusals, blocked_keys, ocsp_key_refusals, crls, checkpoints, leases TO see_signer;
GRANT UPDATE (removed_at) ON credentials, role_grants, service_keys TO see_signer;
GRANT UPDATE ON agencies, leases TO see_signer;
GRANT UPDATE (active) ON profiles TO see_signer;
GRANT UPDATE (state, state_reason, updated_at) ON orders TO see_signer;

-- va: reads what it answers about, asks for its own keys.
GRANT SELECT ON intents, certificates, certificate_bytes, revocations, ocsp_key_requests, ocsp_key_refusals, checkpoints, log_entries, audit_events TO see_va;
GRANT INSERT ON ocsp_key_requests TO see_va;

-- worker: codes, deliveries, the sequencer.
GRANT SELECT ON people, orders, enrolment_secrets, approvals, certificates, deliveries, audit_events, log_entries, checkpoint_proposals, checkpoints TO see_worker;
GRANT INSERT ON enrolment_secrets, deliveries, log_entries, checkpoint_proposals TO see_worker;
GRANT UPDATE (state, state_reason, content, digest, updated_at) ON orders TO see_worker;

-- desk: reads what approvers see.
GRANT SELECT ON people, orders, approvals, certificates TO see_desk;
`;
