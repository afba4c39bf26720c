import type { CrlPlan } from '@see/domain';
import { type CrlScope, shardOf, shardsOf } from '@see/issuance';
import type { ListFacts } from './sealed-lists.ts';

/** A list is made at least this often (REV-2), in milliseconds. */
export const AT_LEAST_EVERY = 6 * 3_600_000;

/** Every list of a CA, in the order in which they are sealed: the full one last, so that nothing else is older. */
export function scopesOf(plan: CrlPlan): CrlScope[] {
  return [...plan.shards.flatMap(shardsOf), ...(plan.delta ? (['delta'] as const) : []), 'full'];
}

/**
 * The lists of a CA that are due, in the order of `scopesOf`. `facts` tells of the last list of each scope, `changed` has the
 * serial numbers of what changed since lists were made last, `now` is in milliseconds since 1970.
 */
export function dueLists(
  plan: CrlPlan,
  facts: (scope: CrlScope) => ListFacts | undefined,
  changed: readonly Uint8Array[],
  now: number,
): CrlScope[] {
  const isOld = (scope: CrlScope): boolean => {
    const last = facts(scope);
    return !last || now - last.thisUpdate.getTime() >= AT_LEAST_EVERY;
  };
  const news = changed.length > 0;
  const full = facts('full');
  const isFullDue = isOld('full') || full?.hasFreshest !== plan.delta || (news && !plan.delta);
  const touched = partsOf(plan, changed);
  return scopesOf(plan).filter((scope) => {
    if (scope === 'full') return isFullDue;
    // A delta needs a full list before it.
    if (scope === 'delta') return full !== undefined && (isFullDue || news || !facts('delta'));
    return isOld(scope) || touched.has(scope);
  });
}

/** The parts in which something changed. */
function partsOf({ shards }: CrlPlan, changed: readonly Uint8Array[]): Set<CrlScope> {
  const touched = new Set<CrlScope>();
  if (shards.length === 0) return touched;
  for (const serial of changed) {
    // A serial number that we would not give may stand in any of them.
    const isOurs = serial.length === 16 && (serial[0] as number) >> 6 === 1;
    for (const count of shards) {
      if (isOurs) touched.add(shardOf(serial, count));
      else for (const scope of shardsOf(count)) touched.add(scope);
    }
  }
  return touched;
}
