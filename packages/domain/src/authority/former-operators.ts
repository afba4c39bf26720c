import type { Authority, Credential } from './authority.ts';

/** Approval keys that had the operator's right at some head of the chain, by credential. */
export type FormerOperators = ReadonlyMap<string, Credential>;

/** Adds the keys that have the operator's right at a head: registered, not removed, of a person who holds the role. */
export function noteOperators(known: FormerOperators, authority: Authority): FormerOperators {
  const noted = new Map(known);
  for (const [id, credential] of authority.credentials) {
    if (!credential.removed && authority.roles.get(credential.personId)?.has('operator')) noted.set(id, credential);
  }
  return noted;
}

/**
 * The authority as if every key that ever had the operator's right had it still, and no other. It says nothing of when: who
 * left can sign with an earlier date. So nothing counts by it alone (`FormerGrounds`).
 */
export function withFormerOperators(authority: Authority, operators: FormerOperators): Authority {
  const roles = new Map([...operators.values()].map(({ personId }) => [personId, new Set(['operator'] as const)]));
  return { ...authority, credentials: operators, roles };
}
