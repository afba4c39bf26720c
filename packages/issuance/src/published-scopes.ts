import { crlPlanOf, type StatusPlan } from '@see/domain';
import { type CrlScope, shardsOf } from './crl-scope.ts';

/** The CRLs that a CA publishes under a plan that two administrators signed: the full one first, then its delta and its parts. */
export function publishedScopes(plan: StatusPlan, ca: string): CrlScope[] {
  const { delta, shards } = crlPlanOf(plan, ca);
  return ['full', ...(delta ? (['delta'] as const) : []), ...shards.flatMap(shardsOf)];
}
