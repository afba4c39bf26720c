import { describe, expect, it } from 'vitest';
import { AnswerCache } from './answer-cache.ts';
import { isFresh, isUsable, sharedAnswer } from './ocsp-answer.ts';

const thisUpdate = new Date('2026-11-22T00:00:00Z');
const nextUpdate = new Date('2026-11-22T12:00:00Z');
const answer = () => sharedAnswer('good', Uint8Array.of(1), { thisUpdate, producedAt: thisUpdate, nextUpdate }, 3600);

describe('answer cache', () => {
  it('keeps answers by row and CertID', () => {
    const cache = new AnswerCache(10);
    const one = answer();
    cache.put(1, 'id1', one);
    cache.put(1, 'id2', answer());
    expect(cache.get(1, 'id1')).toBe(one);
    expect(cache.get(2, 'id1')).toBeUndefined();
    expect(cache.get(3, 'id1')).toBeUndefined();
    expect(cache.size).toBe(1);
  });

  it('drops all answers about a certificate, also for those who hold one', () => {
    const cache = new AnswerCache(10);
    const [one, two, other] = [answer(), answer(), answer()];
    cache.put(1, 'id1', one);
    cache.put(1, 'id2', two);
    cache.put(2, 'id1', other);
    cache.drop(1);
    expect([one.dropped, two.dropped, other.dropped]).toEqual([true, true, false]);
    expect(cache.get(1, 'id1')).toBeUndefined();
    cache.clear();
    expect(other.dropped).toBe(true);
  });

  it('is bounded: who was asked for longest ago goes, and who holds its answer is told', () => {
    const cache = new AnswerCache(2);
    const first = answer();
    cache.put(1, 'id', first);
    const second = answer();
    cache.put(2, 'id', second);
    cache.get(1, 'id');
    cache.put(3, 'id', answer());
    expect(cache.get(1, 'id')).toBe(first);
    expect(cache.get(2, 'id')).toBeUndefined();
    expect(cache.size).toBe(2);
    expect([first.dropped, second.dropped]).toEqual([false, true]);
  });

  it('drops an answer for those who hold it when a newer one comes', () => {
    const cache = new AnswerCache(2);
    const [older, newer] = [answer(), answer()];
    cache.put(1, 'id', older);
    cache.put(1, 'id', newer);
    cache.put(1, 'id', newer);
    expect([older.dropped, newer.dropped]).toEqual([true, false]);
  });

  it('tells the age of the oldest answer', () => {
    const cache = new AnswerCache(2);
    expect(cache.oldest(5)).toBe(0);
    cache.put(1, 'id', answer());
    expect(cache.oldest(thisUpdate.getTime() + 7_000)).toBe(7_000);
  });
});

describe('REV-24 an answer', () => {
  const hours = (count: number) => thisUpdate.getTime() + count * 3_600_000;

  it('is sent as it is until half of its life, in need until its end', () => {
    const one = answer();
    expect([isFresh(one, hours(5.9)), isFresh(one, hours(6))]).toEqual([true, false]);
    expect([isUsable(one, hours(11.9)), isUsable(one, hours(12))]).toEqual([true, false]);
  });

  it('is not sent where the clock went back behind it', () => {
    const one = answer();
    const before = (seconds: number) => thisUpdate.getTime() - seconds * 1_000;
    expect([isFresh(one, before(29)), isUsable(one, before(29))]).toEqual([true, true]);
    expect([isFresh(one, before(31)), isUsable(one, before(31))]).toEqual([false, false]);
  });

  it('whose status is known of old lives half of what is left, and a minute at least', () => {
    const at = (hour: number) =>
      sharedAnswer('good', Uint8Array.of(1), { thisUpdate, producedAt: new Date(hours(hour)), nextUpdate }, 3600);
    expect(at(8).refreshAt).toBe(hours(10));
    expect(at(11.99).refreshAt).toBe(hours(12));
    expect(at(11.98).refreshAt).toBe(hours(11.98) + 60_000);
  });

  it('and not at all once dropped', () => {
    const one = answer();
    one.dropped = true;
    expect([isFresh(one, hours(1)), isUsable(one, hours(1))]).toEqual([false, false]);
  });
});
