/** The roles of section 8.1. `sponsor` and `registration-agent` are held for an agency. */
export const ROLES = [
  'administrator',
  'operator',
  'sponsor',
  'registration-agent',
  'ca-operations',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (ROLES as readonly string[]).includes(value);
}

/**
 * Whether one person may hold both roles. Auditor and CA operations exclude every other role (GOV-30); an administrator
 * does not approve requests (section 8.1).
 */
export function rolesExclude(one: Role, other: Role): boolean {
  if (one === other) return false;
  const pair = [one, other];
  if (pair.includes('auditor') || pair.includes('ca-operations')) return true;
  return pair.includes('administrator') && pair.includes('operator');
}
