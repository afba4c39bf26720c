import { describe, expect, it } from 'vitest';
import { coalesce } from './coalesce.ts';

describe('coalesced work', () => {
  it('runs one at a time, and once more for all that was asked meanwhile', async () => {
    let running = 0;
    let runs = 0;
    const errors: unknown[] = [];
    const work = coalesce(
      async () => {
        expect(++running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        if (++runs === 1) throw new Error('first');
      },
      (error) => errors.push(error),
    );
    const first = work();
    await new Promise((resolve) => setTimeout(resolve, 1));
    void work();
    void work();
    await first;
    expect(runs).toBe(2);
    expect(errors).toHaveLength(1);
    await work();
    expect(runs).toBe(3);
  });
});
