import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';
import type { Tx } from '../transaction.ts';

/** What is durable before a signature is made. */
export interface IntentInput {
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly orderDigest: Uint8Array | null;
  readonly item: number | null;
  readonly ocspRequestId: number | null;
  readonly profileId: string;
  readonly profileDigest: Uint8Array;
  readonly spkiSha256: Uint8Array;
  readonly subjectKey: string;
  readonly tbs: Uint8Array;
}

/** Takes up orders for signing: their digests can not be taken up again, by anyone. */
export async function insertSignedOrders(
  tx: Tx,
  orders: readonly { id: string; digest: Uint8Array }[],
  at: Date,
): Promise<void> {
  await sql`
    insert into signed_orders (order_digest, order_id, claimed_at)
    select d, i, ${at} from unnest(${orders.map((order) => order.digest)}::bytea[], ${orders.map((order) => order.id)}::uuid[]) as t(d, i)`.execute(
    tx,
  );
}

/** Writes intents in one statement; returns their ids in the order given. */
export async function insertIntents(tx: Tx, intents: readonly IntentInput[], at: Date): Promise<number[]> {
  const answer = await sql<{ id: number; serial: Uint8Array }>`
    insert into intents (ca, serial, order_digest, item, ocsp_request_id, profile_id, profile_digest, spki_sha256, subject_key, tbs, created_at)
    select *, ${at} from unnest(
      ${intents.map((intent) => intent.ca)}::text[], ${intents.map((intent) => intent.serial)}::bytea[],
      ${intents.map((intent) => intent.orderDigest)}::bytea[], ${intents.map((intent) => intent.item)}::integer[],
      ${intents.map((intent) => intent.ocspRequestId)}::bigint[], ${intents.map((intent) => intent.profileId)}::text[],
      ${intents.map((intent) => intent.profileDigest)}::bytea[], ${intents.map((intent) => intent.spkiSha256)}::bytea[],
      ${intents.map((intent) => intent.subjectKey)}::text[], ${intents.map((intent) => intent.tbs)}::bytea[])
    returning id, serial`.execute(tx);
  const bySerial = new Map(answer.rows.map((row) => [row.serial.toHex(), row.id]));
  return intents.map((intent) => {
    const id = bySerial.get(intent.serial.toHex());
    if (id === undefined) throw new Error('an intent was not written');
    return id;
  });
}

/** A certificate as it is recorded; `id` is that of its intent. */
export interface CertificateInputRow {
  readonly id: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly orderId: string | null;
  readonly agencyId: string | null;
  readonly personId: string | null;
  readonly profileId: string;
  readonly subject: string;
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spkiSha256: Uint8Array;
  readonly sha256: Uint8Array;
  readonly der: Uint8Array;
}

/** Records certificates and their octets in one statement each. */
export async function insertCertificates(tx: Tx, rows: readonly CertificateInputRow[], at: Date): Promise<void> {
  await sql`
    insert into certificates (id, ca, serial, order_id, agency_id, person_id, profile_id, subject, names, not_before, not_after, spki_sha256, sha256, issued_at)
    select id, ca, serial, order_id, agency_id, person_id, profile_id, subject, array(select jsonb_array_elements_text(names)), not_before, not_after, spki, sha256, ${at}
    from unnest(
      ${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.ca)}::text[], ${rows.map((row) => row.serial)}::bytea[],
      ${rows.map((row) => row.orderId)}::uuid[], ${rows.map((row) => row.agencyId)}::text[], ${rows.map((row) => row.personId)}::text[],
      ${rows.map((row) => row.profileId)}::text[], ${rows.map((row) => row.subject)}::text[], ${rows.map((row) => JSON.stringify(row.names))}::jsonb[],
      ${rows.map((row) => row.notBefore)}::timestamptz[], ${rows.map((row) => row.notAfter)}::timestamptz[],
      ${rows.map((row) => row.spkiSha256)}::bytea[], ${rows.map((row) => row.sha256)}::bytea[])
      as t(id, ca, serial, order_id, agency_id, person_id, profile_id, subject, names, not_before, not_after, spki, sha256)`.execute(
    tx,
  );
  await sql`
    insert into certificate_bytes (certificate_id, der)
    select * from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.der)}::bytea[])`.execute(tx);
}

/** An intent whose certificate is not recorded. */
export interface OpenIntent {
  readonly id: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly orderDigest: Uint8Array | null;
  readonly orderId: string | null;
  readonly item: number | null;
  readonly ocspRequestId: number | null;
  readonly spkiSha256: Uint8Array;
  readonly tbs: Uint8Array;
}

/** Intents from before a time that have no certificate, oldest first. */
export async function readOpenIntents(db: Database, before: Date, limit = 10_000): Promise<OpenIntent[]> {
  const answer = await sql<OpenIntent>`
    select i.id, i.ca, i.serial, i.order_digest as "orderDigest", s.order_id as "orderId", i.item, i.ocsp_request_id as "ocspRequestId",
      i.spki_sha256 as "spkiSha256", i.tbs
    from intents i left join certificates c on c.id = i.id left join signed_orders s on s.order_digest = i.order_digest
    where c.id is null and i.created_at <= ${before} order by i.id limit ${limit}`.execute(db);
  return answer.rows;
}

/** What is known of keys: where each was certified before, and whether it is blocked. */
export interface KeyFact {
  readonly spkiSha256: Uint8Array;
  readonly blocked: string | null;
  readonly uses: readonly { readonly profileId: string; readonly subjectKey: string }[];
}

/** Looks keys up among blocked keys and intents (so that what is being issued counts already). */
export async function readKeyFacts(db: Database | Tx, keys: readonly Uint8Array[]): Promise<Map<string, KeyFact>> {
  if (keys.length === 0) return new Map();
  const answer = await sql<KeyFact>`
    select k as "spkiSha256",
      (select reason from blocked_keys b where b.spki_sha256 = k) as blocked,
      coalesce((select json_agg(distinct jsonb_build_object('profileId', i.profile_id, 'subjectKey', i.subject_key)) from intents i where i.spki_sha256 = k), '[]') as uses
    from unnest(${keys as Uint8Array[]}::bytea[]) as t(k)`.execute(db);
  return new Map(answer.rows.map((row) => [row.spkiSha256.toHex(), row]));
}

/** The same for one key. */
export async function findKeyFact(db: Database, spkiSha256: Uint8Array): Promise<KeyFact | undefined> {
  return keyFactBySha256(db, spkiSha256.toHex());
}

const keyFactBySha256 = byKey((db: Database, keys) =>
  readKeyFacts(
    db,
    keys.map((key) => Uint8Array.fromHex(key)),
  ),
);

/** A CA with its present certificate. */
export interface CaRow {
  readonly id: string;
  readonly subject_der: Uint8Array;
  readonly ski: Uint8Array;
  readonly certificate: Uint8Array;
  readonly not_after: Date;
}

export async function readCas(db: Database | Tx): Promise<CaRow[]> {
  const answer = await sql<CaRow>`
    select id, subject_der, ski, certificate, not_after from current_cas order by id`.execute(db);
  return answer.rows;
}
