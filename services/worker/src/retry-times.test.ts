import { describe, expect, it } from 'vitest';
import { RetryTimes } from './retry-times.ts';

describe('retry times', () => {
  it('double from five seconds to ten minutes', () => {
    const times = new RetryTimes();
    let now = 0;
    const waits: number[] = [];
    for (let failure = 0; failure < 10; failure++) {
      expect(times.fail('a', now)).toBe(failure === 0);
      const before = now;
      while (times.waiting(now).includes('a')) now += 1000;
      waits.push((now - before) / 1000);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600, 600]);
    times.forget('a');
    expect(times.fail('a', now)).toBe(true);
  });
});
