import { describe, expect, it } from 'vitest';
import { WakeUps } from './wake-up.ts';

describe('WakeUps', () => {
  it('asks at once and ends with the first answer', async () => {
    const wakeUps = new WakeUps();
    expect(await wakeUps.until('redemptions', 1_000, async () => 'here')).toBe('here');
  });

  it('asks again on a hint, also on one that comes while it asks', async () => {
    const wakeUps = new WakeUps();
    let asked = 0;
    const started = performance.now();
    const answer = await wakeUps.until('redemptions', 900, async () => {
      asked += 1;
      if (asked < 3) wakeUps.wake('redemptions');
      return asked === 3 ? asked : undefined;
    });
    expect(answer).toBe(3);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('gives up in time', async () => {
    const answer = await new WakeUps().until('redemptions', 150, async () => undefined);
    expect(answer).toBeUndefined();
  });
});
