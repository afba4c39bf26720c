/** What a person or service may act as (design, section 7). */
export const ROLES = [
  'administrator',
  'operator',
  'sponsor',
  'registration-agent',
  'ca-operations',
  'auditor',
] as const;

export type Role = (typeof ROLES)[number];

/**
 * Who makes a request, as the server established it from a secret. Nothing in here comes from a header, a body or a
 * name that the client chose.
 */
export interface Actor {
  readonly tokenId: string;
  readonly name: string;
  readonly role: Role;
  /** Present when the token is for one agency: it then sees and touches that agency only. */
  readonly agencyId?: string;
  readonly personId: string;
  readonly method: 'token' | 'session';
}

/** Whether a text from outside names a role. */
export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (ROLES as readonly string[]).includes(value);
}
