import type { Profile } from './profile.ts';

/** How many operators have to approve: what the profile says, and two for a wildcard (domain rules, 8.1). */
export function requiredQuorum(profile: Profile, dnsNames: readonly string[]): number {
  return Math.max(profile.quorum, dnsNames.some((name) => name.startsWith('*')) ? 2 : 1);
}
