import type { Refusal } from '@see/domain';

/** What the registry knows of a key. */
export interface KnownKey {
  /** Why it is blocked, or null. */
  readonly blocked: string | null;
  readonly uses: readonly { readonly profileId: string; readonly subjectKey: string }[];
}

/**
 * What earlier certificates have against a key: blocked (published, or revoked for compromise), certified for someone
 * else, or in use for another purpose (PRF-0.13, GOV-4). The same key for the same subject and profile is a renewal.
 */
export function keyGuard(known: KnownKey | undefined, subjectKey: string, profileId: string): Refusal | undefined {
  if (!known) return undefined;
  const remedy = 'make a new key';
  const path = 'csr';
  if (known.blocked !== null)
    return { code: 'key-blocked', message: `the key is blocked: ${known.blocked}`, source: 'PRF-0.13', remedy, path };
  if (known.uses.some((use) => use.subjectKey !== subjectKey)) {
    return {
      code: 'key-of-another',
      message: 'the key is certified for another subject',
      source: 'PRF-0.13',
      remedy,
      path,
    };
  }
  if (known.uses.some((use) => use.profileId !== profileId)) {
    return {
      code: 'key-in-other-use',
      message: 'the key is certified for another purpose',
      source: 'GOV-4',
      remedy,
      path,
    };
  }
  return undefined;
}
