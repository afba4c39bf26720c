import { describe, expect, it } from 'vitest';
import { logLine } from './log-line.ts';

const time = new Date('2026-11-22T01:02:03.004Z');

describe('logLine', () => {
  it('is one line of JSON', () => {
    const line = logLine(time, 'ra', 'info', 'order made\n', {
      order: 'a\nb',
      serial: new Uint8Array([1, 255]),
      seq: 2n ** 60n,
    });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toEqual({
      time: '2026-11-22T01:02:03.004Z',
      level: 'info',
      service: 'ra',
      message: 'order made\n',
      order: 'a\nb',
      serial: '01ff',
      seq: '1152921504606846976',
    });
  });

  it('shows an error with its code and cause', () => {
    const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'no-way' });
    const { error: shown } = JSON.parse(logLine(time, 'va', 'error', 'failed', { error })) as {
      error: Record<string, unknown>;
    };
    expect(shown).toMatchObject({
      name: 'Error',
      message: 'outer',
      code: 'no-way',
      cause: { name: 'TypeError', message: 'inner' },
    });
  });

  it('never throws', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(JSON.parse(logLine(time, 'va', 'warn', 'odd', circle))).toMatchObject({ message: 'odd' });
  });
});
