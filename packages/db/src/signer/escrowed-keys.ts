import type { Database } from '../connect.ts';

/** The copy of a key as ra stored it with an attempt. */
export interface AttemptEscrow {
  readonly item: number;
  readonly spkiSha256: Uint8Array;
  /** Digest of the statement that names the agents, hex. */
  readonly agents: string;
  readonly envelopes: readonly Uint8Array[];
  readonly tag: Uint8Array;
}

/** The copies of keys that came with an attempt, by item. */
export async function readEscrows(db: Database, attemptId: number): Promise<ReadonlyMap<number, AttemptEscrow>> {
  const rows = await db
    .selectFrom('escrowed_keys')
    .select(['item', 'spki_sha256', 'agents_digest', 'envelopes', 'tag'])
    .where('attempt_id', '=', attemptId)
    .execute();
  return new Map(
    rows.map((row) => [
      row.item,
      {
        item: row.item,
        spkiSha256: row.spki_sha256,
        agents: row.agents_digest.toHex(),
        envelopes: row.envelopes,
        tag: row.tag,
      },
    ]),
  );
}
