import type { Database } from '../connect.ts';

/** What the registry knows of a public key: whether it is blocked, and for whom and what it is certified. */
export interface KeyFacts {
  readonly blocked: string | null;
  readonly uses: readonly { readonly profileId: string; readonly subjectKey: string }[];
}

/** Looks a key up by SHA-256 of its SubjectPublicKeyInfo. Keys of CAs are not in these tables. */
export async function readKeyFacts(db: Database, spkiSha256: Uint8Array): Promise<KeyFacts> {
  const [blocked, uses] = await Promise.all([
    db.selectFrom('blocked_keys').select('reason').where('spki_sha256', '=', spkiSha256).executeTakeFirst(),
    db
      .selectFrom('intents')
      .select(['profile_id', 'subject_key'])
      .distinct()
      .where('spki_sha256', '=', spkiSha256)
      .limit(10)
      .execute(),
  ]);
  return {
    blocked: blocked?.reason ?? null,
    uses: uses.map((row) => ({ profileId: row.profile_id, subjectKey: row.subject_key })),
  };
}
