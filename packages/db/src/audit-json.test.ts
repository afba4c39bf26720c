import { parseCanonical } from '@see/statement';
import { describe, expect, it } from 'vitest';
import { auditJson } from './audit-json.ts';

describe('the jsonb text of an audit event', () => {
  it('keeps what has a canonical form', () => {
    const detail = { before: null, after: ['a', 1, true, { nested: -5 }], é: '\u2028"\\' };
    expect(JSON.parse(auditJson('detail', detail))).toEqual(detail);
  });

  it('writes dates, octets and bigints as text and leaves out what is undefined', () => {
    const detail = { at: new Date(0), der: Uint8Array.of(1, 255), serial: 2n ** 70n, reason: undefined };
    expect(JSON.parse(auditJson('detail', detail))).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      der: '01ff',
      serial: '1180591620717411303424',
    });
  });

  it('takes text from outside that the database would refuse', () => {
    const value = JSON.parse(auditJson('detail', { subject: 'a\0b\ud800' })) as { subject: string };
    expect(value.subject).toBe('a\ufffdb\ufffd');
    expect(parseCanonical(new TextEncoder().encode(JSON.stringify(value)))).toEqual(value);
  });

  it.each([
    ['a fraction', { load: 0.5 }, 'bad-number'],
    ['a number beyond 2^53', { size: 2 ** 53 }, 'bad-number'],
    ['values nested deeper than 11', JSON.parse(`{"a":${'['.repeat(12)}${']'.repeat(12)}}`), 'too-deep'],
  ])('refuses %s', (_, detail, code) => {
    expect(() => auditJson('detail', detail)).toThrow(expect.objectContaining({ name: 'CanonicalError', code }));
  });

  it('refuses more than 32,768 characters', () => {
    expect(() => auditJson('detail', { text: 'x'.repeat(32_768) })).toThrow(RangeError);
  });
});
