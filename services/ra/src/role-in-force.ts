import type { TokenHolder } from '@see/db/ra';
import { type Authority, isDelegated } from '@see/domain';

/**
 * Whether the holder of a token has its role today, by the statements in force and not by the token: staff by a role that
 * was granted and not removed, sponsors and registration agents by a delegation of their agency whose time it is. So a
 * role that ends takes every token and session of it along at once. `at` in seconds since 1970 UTC.
 */
export function isRoleInForce(authority: Authority, holder: TokenHolder, at: number): boolean {
  const { role, personId, agencyId } = holder;
  if (role !== 'sponsor' && role !== 'registration-agent') return authority.roles.get(personId)?.has(role) ?? false;
  const scope = agencyId === null ? undefined : authority.agencies.get(agencyId);
  return scope !== undefined && scope.status !== 'removed' && isDelegated(scope, personId, role, at);
}
