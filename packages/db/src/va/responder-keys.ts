import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A request for a responder certificate, as va writes it. */
export interface ResponderKeyRequest {
  readonly ca: string;
  readonly csr: Uint8Array;
  readonly spkiSha256: Uint8Array;
  readonly keyId: string;
  /** Detached JWS by va's identity key. */
  readonly signature: string;
}

/** Writes a request and returns its id. */
export async function insertResponderKeyRequest(tx: Tx, request: ResponderKeyRequest): Promise<number> {
  const row = await tx
    .insertInto('ocsp_key_requests')
    .values({
      ca: request.ca,
      csr: request.csr,
      spki_sha256: request.spkiSha256,
      key_id: request.keyId,
      signature: request.signature,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** What became of a request. The certificate is as stored: nothing of it is verified. */
export interface ResponderKeyOutcome {
  readonly spkiSha256: Uint8Array;
  readonly certificate: Uint8Array | null;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
}

/** What became of the requests for these keys; a key that was never asked for is left out. */
export async function readResponderKeyOutcomes(
  db: Database,
  spkiSha256: readonly Uint8Array[],
): Promise<ResponderKeyOutcome[]> {
  if (spkiSha256.length === 0) return [];
  const answer = await sql<{
    spki: Uint8Array;
    der: Uint8Array | null;
    code: string | null;
    detail: string | null;
  }>`
    select q.spki_sha256 as spki, b.der, r.code, r.detail from ocsp_key_requests q
      left join ocsp_key_refusals r on r.request_id = q.id
      left join intents i on i.ocsp_request_id = q.id
      left join certificate_bytes b on b.certificate_id = i.id
    where q.spki_sha256 = any(${spkiSha256 as Uint8Array[]}::bytea[])`.execute(db);
  return answer.rows.map((row) => ({
    spkiSha256: row.spki,
    certificate: row.der,
    refusal: row.code === null ? null : { code: row.code, detail: row.detail ?? '' },
  }));
}
