import { describe, expect, it } from 'vitest';
import { TryLaterError, WorkQueue } from './work-queue.ts';

describe('work queue', () => {
  it('runs so many at once, lets so many wait, and refuses the rest at once', async () => {
    const queue = new WorkQueue(2, 3);
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const works = gates.map((gate, index) =>
      queue.run(async () => {
        most = Math.max(most, ++running);
        order.push(index);
        await gate.promise;
        running--;
        return index;
      }),
    );
    await Promise.resolve();
    expect(queue.length).toBe(5);
    await expect(queue.run(async () => 9)).rejects.toBeInstanceOf(TryLaterError);
    for (const gate of gates) gate.resolve();
    expect(await Promise.all(works)).toEqual([0, 1, 2, 3, 4]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
    expect(queue.length).toBe(0);
  });

  it('gives the place on after a failure', async () => {
    const queue = new WorkQueue(1, 1);
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const next = queue.run(async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
