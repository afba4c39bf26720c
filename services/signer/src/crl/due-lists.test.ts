import type { CrlPlan } from '@see/domain';
import type { CrlScope } from '@see/issuance';
import { describe, expect, it } from 'vitest';
import { AT_LEAST_EVERY, dueLists, scopesOf } from './due-lists.ts';
import type { ListFacts } from './sealed-lists.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const plan = (delta: boolean, ...shards: number[]): CrlPlan => ({ ca: 'tls', delta, shards });
/** Serial numbers of the first and the last part. */
const FIRST = Uint8Array.of(0x40, ...new Uint8Array(15));
const LAST = new Uint8Array(16).fill(0x7f);

/** Facts of lists that are so many milliseconds old; all others are missing. */
function made(ages: Partial<Record<CrlScope, number>>, hasFreshest = false) {
  return (scope: CrlScope): ListFacts | undefined => {
    const age = ages[scope];
    return age === undefined ? undefined : { number: 1n, thisUpdate: new Date(NOW - age), hasFreshest };
  };
}

describe('the lists that are due', () => {
  const whole = made({ full: 0, delta: 0, '2-0': 0, '2-1': 0 }, true);
  const old = AT_LEAST_EVERY;
  it.each<[string, CrlPlan, ReturnType<typeof made>, Uint8Array[], CrlScope[]]>([
    ['the first', plan(false), made({}), [], ['full']],
    ['none', plan(false), made({ full: 0 }), [], []],
    ['the full one with news', plan(false), made({ full: 0 }), [FIRST], ['full']],
    ['the full one after six hours', plan(false), made({ full: old }), [], ['full']],
    ['none a moment before', plan(false), made({ full: old - 1 }), [], []],
    ['no delta before the first full one', plan(true), made({}), [], ['full']],
    ['the delta after it', plan(true), made({ full: 0 }, true), [], ['delta']],
    ['the full one that does not name its delta', plan(true), made({ full: 0, delta: 0 }), [], ['delta', 'full']],
    ['the full one that names a delta of before', plan(false), made({ full: 0 }, true), [], ['full']],
    ['the delta alone with news', plan(true), made({ full: 0, delta: 0 }, true), [FIRST], ['delta']],
    ['both after six hours', plan(true), made({ full: old, delta: 0 }, true), [], ['delta', 'full']],
    ['parts of a new plan', plan(false, 2), made({ full: 0 }), [], ['2-0', '2-1']],
    ['parts of another count', plan(true, 2, 4), whole, [], ['4-0', '4-1', '4-2', '4-3']],
    ['the part with news', plan(true, 2), whole, [LAST], ['2-1', 'delta']],
    ['both parts with news', plan(true, 2), whole, [LAST, FIRST], ['2-0', '2-1', 'delta']],
    ['every part for a number of another form', plan(true, 2), whole, [Uint8Array.of(9)], ['2-0', '2-1', 'delta']],
    ['an old part', plan(true, 2), made({ full: 0, delta: 0, '2-0': 0, '2-1': old }, true), [], ['2-1']],
  ])('%s', (_name, of, facts, changed, want) => {
    expect(dueLists(of, facts, changed, NOW)).toEqual(want);
  });

  it('come with the full one last, so that nothing that was sealed is older', () => {
    expect(scopesOf(plan(true, 2, 4))).toEqual(['2-0', '2-1', '4-0', '4-1', '4-2', '4-3', 'delta', 'full']);
  });
});
