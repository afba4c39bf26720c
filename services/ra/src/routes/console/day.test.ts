import { Refusal } from '@see/http';
import { describe, expect, it } from 'vitest';
import { dayOfForm } from './day.ts';

describe('the day of a form', () => {
  it.each([
    ['2026-06-15', '2026-06-14T12:00:00.000Z'],
    ['2026-11-22', '2026-11-21T11:00:00.000Z'],
    // Clocks go forward in the night to 27 September 2026, and back in that to 5 April.
    ['2026-09-27', '2026-09-26T12:00:00.000Z'],
    ['2026-09-28', '2026-09-27T11:00:00.000Z'],
    ['2026-04-05', '2026-04-04T11:00:00.000Z'],
    ['2026-04-06', '2026-04-05T12:00:00.000Z'],
  ])('%s begins at %s', (text, begins) => {
    expect(dayOfForm(text, 'day')?.toISOString()).toBe(begins);
  });

  it.each(['', '  ', undefined])('is none when the field is %j', (text) => {
    expect(dayOfForm(text, 'day')).toBeUndefined();
  });

  it.each(['2026-02-30', '22.11.2026', '2026-11-22T00:00', 'tomorrow', '20260-1-01'])(
    'is refused as %j, naming the field',
    (text) => {
      let refusal: unknown;
      try {
        dayOfForm(text, 'effectiveOn');
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(Refusal);
      expect((refusal as Refusal).violations[0]?.path).toBe('body/effectiveOn');
    },
  );
});
