import { describe, expect, it } from 'vitest';
import { Lanes } from './lanes.ts';

describe('lanes', () => {
  it('run two at once, all in turn, failures too', async () => {
    const lanes = new Lanes(2);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, index) =>
        lanes.run(async () => {
          started.push(index);
          most = Math.max(most, ++running);
          await new Promise((resolve) => setTimeout(resolve, index % 3));
          running--;
          if (index % 4 === 0) throw new Error(String(index));
          return index;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(results.map(({ status }) => status === 'rejected')).toEqual(
      Array.from({ length: 9 }, (_, index) => index % 4 === 0),
    );
  });
});
