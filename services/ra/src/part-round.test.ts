import { shardsOf } from '@see/issuance';
import { describe, expect, it } from 'vitest';
import { PartRound } from './part-round.ts';

describe('the round of the parts', () => {
  it('comes to each of a CA, one a look', () => {
    const round = new PartRound();
    const looks = Array.from({ length: 5 }, () => [round.next('tls', shardsOf(4)), round.next('gateway', [])]);
    expect(looks).toEqual(['4-0', '4-1', '4-2', '4-3', '4-0'].map((part) => [[part], []]));
  });

  it('goes back to a wrong one until it is right, or is no more', () => {
    const round = new PartRound();
    round.note('tls', '4-0', false);
    round.note('tls', '4-2', false);
    expect([round.next('tls', shardsOf(4)), round.next('tls', shardsOf(4))]).toEqual([['4-0'], ['4-0', '4-1']]);
    round.note('tls', '4-0', true);
    expect(round.next('tls', shardsOf(4))).toEqual(['4-2']);
    expect(round.next('tls', shardsOf(2))).toEqual(['2-1']);
    expect(round.next('gateway', shardsOf(4))).toEqual(['4-0']);
  });
});
