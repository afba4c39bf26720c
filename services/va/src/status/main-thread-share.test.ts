import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MainThreadShare } from './main-thread-share.ts';

describe('the share of background work in the main thread', () => {
  it.each([
    { busy: 20, least: 80 },
    { busy: 200, least: 245 },
  ])('rests four times as long as it was busy, a quarter of a second at most: $busy ms', async ({ busy, least }) => {
    const share = new MainThreadShare();
    await nextTurn();
    share.begin();
    work(busy);
    const from = performance.now();
    await share.rest();
    const rested = performance.now() - from;
    expect(rested).toBeGreaterThan(least - 1);
    expect(rested).toBeLessThan(800);
  });

  it('hardly rests after nothing', async () => {
    const share = new MainThreadShare();
    await nextTurn();
    share.begin();
    const from = performance.now();
    await share.rest();
    expect(performance.now() - from).toBeLessThan(200);
  });
});

function work(milliseconds: number): void {
  for (const from = performance.now(); performance.now() - from < milliseconds; );
}
