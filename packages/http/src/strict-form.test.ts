import { describe, expect, it } from 'vitest';
import { Refusal } from './problem.ts';
import { parseStrictForm } from './strict-form.ts';

const form = (text: string): Record<string, string | string[]> => parseStrictForm(new TextEncoder().encode(text));

describe('parseStrictForm', () => {
  it('reads fields, blanks and repeated names', () => {
    expect(form('a=1+2&b=%C4%81&c&d=x&d=y&')).toEqual({ a: '1 2', b: 'ā', c: '', d: ['x', 'y'] });
  });

  it.each([
    ['bad percent-encoding', 'a=%zz', 'malformed-text'],
    ['what is not UTF-8', 'a=%ff', 'malformed-text'],
    ['NUL', 'a=%00', 'malformed-text'],
    ['a prototype by name', '__proto__=1', 'forbidden-member'],
    ['a prototype by path', '__proto__[admin]=1', 'forbidden-member'],
    ['a prototype inside a path', 'a[constructor][prototype]=1', 'forbidden-member'],
    ['a prototype, encoded', '%5f_proto__=1', 'forbidden-member'],
    ['201 fields', Array.from({ length: 201 }, (_, index) => `f${index}=1`).join('&'), 'invalid-request'],
  ])('refuses %s', (_name, text, code) => {
    let found = 'accepted';
    try {
      form(text);
    } catch (error) {
      if (error instanceof Refusal) found = error.code;
    }
    expect(found).toBe(code);
  });
});
