import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** The copy of a key as it came with its CSR. */
export interface NewEscrowedKey {
  readonly item: number;
  readonly spkiSha256: Uint8Array;
  readonly agentsDigest: Uint8Array;
  readonly envelopes: readonly Uint8Array[];
  readonly tag: Uint8Array;
}

/** Keeps the copies that came with an attempt. The schema refuses (SE018) what goes with no key or with a profile that keeps none. */
export async function insertEscrowedKeys(
  tx: Tx,
  attemptId: number,
  orderId: string,
  keys: readonly NewEscrowedKey[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx
    .insertInto('escrowed_keys')
    .values(
      keys.map((key) => ({
        attempt_id: attemptId,
        item: key.item,
        order_id: orderId,
        spki_sha256: key.spkiSha256,
        agents_digest: key.agentsDigest,
        envelopes: [...key.envelopes],
        tag: key.tag,
      })),
    )
    .execute();
}

/** A kept copy of a key that was certified. */
export interface EscrowedKey {
  readonly attemptId: number;
  readonly item: number;
  /** Digest of the statement that names its agents, hex. */
  readonly agents: string;
  readonly envelopes: readonly Uint8Array[];
}

/** The copy that is kept of a certificate's key: the one that came with the attempt that the signer found right. */
export async function findEscrowedKey(
  db: Database,
  orderId: string,
  spkiSha256: Uint8Array,
): Promise<EscrowedKey | undefined> {
  const row = await db
    .selectFrom('escrowed_keys as k')
    .innerJoin('redemption_results as r', 'r.attempt_id', 'k.attempt_id')
    .select(['k.attempt_id', 'k.item', 'k.agents_digest', 'k.envelopes'])
    .where('k.order_id', '=', orderId)
    .where('k.spki_sha256', '=', spkiSha256)
    .where('r.outcome', '=', 'right')
    .orderBy('k.attempt_id')
    .limit(1)
    .executeTakeFirst();
  return (
    row && { attemptId: row.attempt_id, item: row.item, agents: row.agents_digest.toHex(), envelopes: row.envelopes }
  );
}
