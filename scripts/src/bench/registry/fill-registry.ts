import { asSuperuser } from '../../../../test/support/superuser.ts';
import type { World } from '../../../../test/support/world.ts';

const PEOPLE = 3_000;
const ORDERS = 50_000;

export const FILLED =
  '100,000 certificates of 3,000 people, 50,000 orders (300 wait), 10,000 revocations, 300,000 events, 20,000 mails';

/**
 * Fills a world's registry by SQL, with the triggers off: rows as years of use would leave them, without keys or signatures. Only for
 * measuring how long lists take.
 */
export async function fillRegistry(world: World): Promise<void> {
  const tables = [
    'people',
    'orders',
    'signed_orders',
    'intents',
    'certificates',
    'revocations',
    'audit_events',
    'mails',
  ];
  await asSuperuser(
    world,
    tables,
    people,
    orders,
    signed,
    intents,
    certificates,
    revocations,
    events,
    mails,
    'ANALYZE',
  );
}

const personId = (n: string): string => `'BENCH' || lpad((${n})::text, 11, '0')`;
const orderId = (n: string): string => `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
const hash = (text: string, octets = 32): string => `substring(sha512((${text})::bytea) for ${octets})`;

const people = `
INSERT INTO people (id, agency_id, given_name, surname, display_name, email, last_verified_at, next_review_at)
SELECT ${personId('n')}, (array['treasury', 'dpmc', 'ssc'])[1 + n % 3], 'Person', n::text, 'Person ' || n,
  'p' || n || '@' || (array['treasury', 'dpmc', 'ssc'])[1 + n % 3] || '.govt.nz', now(), now() + interval '1 year'
FROM generate_series(1, ${PEOPLE}) n`;

const orders = `
INSERT INTO orders (id, kind, state, agency_id, profiles, subject, names, applicant_id, sponsor_id, quorum, draft, content, digest,
  created_by, created_at, approve_before, use_before)
SELECT ${orderId('n')}, 'person', CASE WHEN n > ${ORDERS - 300} THEN 'pending' WHEN n % 40 = 0 THEN 'rejected' ELSE 'issued' END,
  (array['treasury', 'dpmc', 'ssc'])[1 + n % 3], array['user-auth', 'user-sign'], 'Person ' || (1 + n % ${PEOPLE}),
  array['p' || (1 + n % ${PEOPLE}) || '@treasury.govt.nz'], ${personId(`1 + n % ${PEOPLE}`)}, ${personId(`1 + (n + 7) % ${PEOPLE}`)}, 1, '{"replaces": []}',
  '\\x00', ${hash(`'order ' || n`, 48)}, ${personId(`1 + (n + 7) % ${PEOPLE}`)},
  now() - (${ORDERS} - n) * interval '20 minutes', now() + interval '7 days', now() + interval '30 days'
FROM generate_series(1, ${ORDERS}) n`;

const signed = `
INSERT INTO signed_orders (order_digest, order_id, claimed_at)
SELECT digest, id, created_at FROM orders WHERE content = '\\x00'`;

const intents = `
INSERT INTO intents (ca, serial, order_digest, item, profile_id, profile_digest, spki_sha256, subject_key, tbs, created_at)
SELECT 'individual', decode(lpad((n * 2 + item)::text, 32, '0'), 'hex'), ${hash(`'order ' || n`, 48)}, item,
  (array['user-auth', 'user-sign'])[1 + item], ${hash(`'profile'`, 48)}, ${hash(`'key ' || n || ' ' || item`)}, ${personId(`1 + n % ${PEOPLE}`)}, '\\x30',
  now() - (${ORDERS} - n) * interval '20 minutes'
FROM generate_series(1, ${ORDERS}) n, generate_series(0, 1) item ORDER BY n, item`;

const certificates = `
INSERT INTO certificates (id, ca, serial, order_id, agency_id, person_id, profile_id, subject, names, not_before, not_after,
  spki_sha256, sha256, issued_at)
SELECT i.id, i.ca, i.serial, o.id, o.agency_id, o.applicant_id, i.profile_id, 'CN=' || o.subject, o.names, i.created_at,
  i.created_at + interval '2 years', i.spki_sha256, ${hash(`'certificate ' || i.id`)}, i.created_at
FROM intents i JOIN orders o ON o.digest = i.order_digest WHERE o.content = '\\x00'`;

const revocations = `
INSERT INTO revocations (certificate_id, ca, serial, kind, reason, requested_by, revoked_at)
SELECT id, ca, serial, 'revoke', 4, person_id, issued_at + interval '1 day' FROM certificates
WHERE id % 10 = 0 AND issued_at < now() - interval '2 days' AND order_id IN (SELECT id FROM orders WHERE content = '\\x00')`;

const events = `
INSERT INTO audit_events (at, login, kind, outcome, actor, object_type, object_id)
SELECT now() - (300000 - n) * interval '3 minutes', 'see_ra', (array['order.create', 'order.approve', 'certificate.issue'])[1 + n % 3], 'success',
  jsonb_build_object('personId', ${personId(`1 + n % ${PEOPLE}`)}, 'role', 'operator'), 'order', ${orderId(`1 + n % ${ORDERS}`)}::text
FROM generate_series(1, 300000) n`;

const mails = `
INSERT INTO mails (template, recipient, agency_id, state, code, reason, created_at, updated_at)
SELECT 'expiry', 'p' || (1 + n % ${PEOPLE}) || '@treasury.govt.nz', 'treasury', CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'sent' END,
  CASE WHEN n % 500 = 0 THEN 'refused' END, CASE WHEN n % 500 = 0 THEN 'no such mailbox' END,
  now() - (20000 - n) * interval '30 minutes', now() - (20000 - n) * interval '30 minutes'
FROM generate_series(1, 20000) n`;
