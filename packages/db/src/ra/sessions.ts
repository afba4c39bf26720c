import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

export interface Session {
  readonly tokenId: string;
  /** The token that forms of this session carry. */
  readonly formToken: string;
}

/** Opens a session for a token. `idSha256` is the hash of what the cookie holds. */
export async function insertSession(
  tx: Tx,
  idSha256: Uint8Array,
  tokenId: string,
  formToken: string,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({ id_sha256: idSha256, token_id: tokenId, csrf: formToken, created_at: now, last_seen_at: now })
    .execute();
}

/**
 * The session with this id when it is open, was used since `idleSince` and began since `startedSince`; notes that it is
 * used now. One statement, so that two requests at once agree.
 */
export async function useSession(
  db: Database,
  idSha256: Uint8Array,
  times: { readonly now: Date; readonly idleSince: Date; readonly startedSince: Date },
): Promise<Session | undefined> {
  const row = await db
    .updateTable('sessions')
    .set({ last_seen_at: times.now })
    .where('id_sha256', '=', idSha256)
    .where('ended_at', 'is', null)
    .where('last_seen_at', '>', times.idleSince)
    .where('created_at', '>', times.startedSince)
    .returning(['token_id', 'csrf'])
    .executeTakeFirst();
  return row && { tokenId: row.token_id, formToken: row.csrf };
}

/** Ends a session for good. */
export async function endSession(tx: Tx, idSha256: Uint8Array, now: Date): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('id_sha256', '=', idSha256)
    .where('ended_at', 'is', null)
    .execute();
}
