import { type Authority, isDelegated, type Role } from '@see/domain';

/** A role that somebody acts in, and the agency for which they do. */
export interface HeldRole {
  readonly personId: string;
  readonly role: Role;
  readonly agencyId: string | null;
}

/**
 * Whether the holder of a token or session has its role today, by the statements in force and not by the token: staff by a role that
 * was granted and not removed, sponsors and registration agents by a delegation of their agency whose time it is. So a
 * role that ends takes every token and session of it along at once. `at` in seconds since 1970 UTC.
 */
export function isRoleInForce(authority: Authority, holder: HeldRole, at: number): boolean {
  const { role, personId, agencyId } = holder;
  if (role !== 'sponsor' && role !== 'registration-agent') return authority.roles.get(personId)?.has(role) ?? false;
  const scope = agencyId === null ? undefined : authority.agencies.get(agencyId);
  return scope !== undefined && scope.status !== 'removed' && isDelegated(scope, personId, role, at);
}

/** Every role that a person can sign in to, by the statements in force: staff roles for all agencies, delegations for theirs. */
export function rolesInForce(authority: Authority, personId: string, at: number): readonly HeldRole[] {
  const staff = [...(authority.roles.get(personId) ?? [])].map((role) => ({ personId, role, agencyId: null }));
  const delegated = [...authority.agencies.values()].flatMap(({ agencyId, delegations }) =>
    [...new Set(delegations.filter((one) => one.personId === personId).map(({ role }) => role))].map((role) => ({
      personId,
      role,
      agencyId,
    })),
  );
  return [...staff, ...delegated].filter((held) => isRoleInForce(authority, held, at));
}
