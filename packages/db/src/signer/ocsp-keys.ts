import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** va's request for a responder certificate. */
export interface OcspKeyRequest {
  readonly id: number;
  readonly ca: string;
  readonly csr: Uint8Array;
  readonly spkiSha256: Uint8Array;
  readonly keyId: string;
  readonly signature: string;
}

/** Requests that were neither served nor refused. */
export async function readOpenOcspRequests(db: Database): Promise<OcspKeyRequest[]> {
  const answer = await sql<OcspKeyRequest>`
    select q.id, q.ca, q.csr, q.spki_sha256 as "spkiSha256", q.key_id as "keyId", q.signature
    from ocsp_key_requests q
    left join ocsp_key_refusals r on r.request_id = q.id left join intents i on i.ocsp_request_id = q.id
    where r.request_id is null and i.id is null order by q.id limit 20`.execute(db);
  return answer.rows;
}

export async function readOcspRequest(db: Database, id: number): Promise<OcspKeyRequest | undefined> {
  const answer = await sql<OcspKeyRequest>`
    select id, ca, csr, spki_sha256 as "spkiSha256", key_id as "keyId", signature from ocsp_key_requests where id = ${id}`.execute(
    db,
  );
  return answer.rows[0];
}

/** Responder certificates of a CA that are not expired. */
export async function countLiveResponders(db: Database | Tx, ca: string, at: Date): Promise<number> {
  const answer = await sql<{ count: number }>`
    select count(*)::int as count from certificates where ca = ${ca} and profile_id = 'ocsp-responder' and not_after > ${at}`.execute(
    db,
  );
  return answer.rows[0]?.count ?? 0;
}

export async function refuseOcspRequest(tx: Tx, id: number, code: string, detail: string, at: Date): Promise<void> {
  await tx.insertInto('ocsp_key_refusals').values({ request_id: id, code, detail, refused_at: at }).execute();
}
