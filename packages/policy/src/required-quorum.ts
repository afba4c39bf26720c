import { DUAL_QUORUM } from '@see/domain';
import type { Profile } from './profile.ts';

/**
 * How many operators have to approve by what is ordered: what the profile says, and two for what is on the `dual` list
 * (section 8.1) whatever the profile says: a wildcard, a profile that is an exception from the rules for keys, and a validity
 * beyond what the profile usually gives. Gateway and operator profiles can not ask for less than two (`readProfile`).
 */
export function requiredQuorum(profile: Profile, dnsNames: readonly string[], validitySeconds: number): number {
  const dual =
    dnsNames.some((name) => name.startsWith('*')) ||
    profile.exception !== null ||
    validitySeconds > profile.validityDays * 86_400;
  return Math.max(profile.quorum, dual ? DUAL_QUORUM : 1);
}
