import type { CanonicalValue } from '@see/statement';
import { describe, expect, it } from 'vitest';
import { Fields } from './fields.ts';
import { RefusedError } from './refusal.ts';

function faultOf(value: CanonicalValue | undefined, read: (fields: Fields) => unknown): string {
  try {
    read(new Fields(value, '$'));
  } catch (error) {
    if (error instanceof RefusedError) return `${error.code} ${error.violations[0]?.path}`;
    throw error;
  }
  return 'accepted';
}

describe('Fields', () => {
  it('gives what it reads', () => {
    const fields = new Fields({ t: 'x', n: 3, b: false, l: ['a', 'b'], o: { t: 'y' }, e: 'two', z: null }, '$');
    expect(fields.text('t')).toBe('x');
    expect(fields.integer('n', 3, 3)).toBe(3);
    expect(fields.boolean('b')).toBe(false);
    expect(fields.texts('l', 2, 2, /^[ab]$/)).toEqual(['a', 'b']);
    expect(fields.object('o').text('t')).toBe('y');
    expect(fields.oneOf('e', ['one', 'two'])).toBe('two');
    expect(fields.optionalText('z')).toBeNull();
    expect(fields.optionalText('t')).toBe('x');
    expect(fields.optionalObject('z')).toBeNull();
    expect(fields.list('l', 0, 9, (item, path) => `${path}=${item}`)).toEqual(['$.l[0]=a', '$.l[1]=b']);
    fields.end();
  });

  it.each<[string, CanonicalValue | undefined, (fields: Fields) => unknown, string]>([
    ['a list for an object', [], () => undefined, 'bad-subject $'],
    ['null for an object', null, () => undefined, 'bad-subject $'],
    ['nothing for an object', undefined, () => undefined, 'bad-subject $'],
    ['text that is missing', {}, (f) => f.text('a'), 'bad-subject $.a'],
    ['text that is empty', { a: '' }, (f) => f.text('a'), 'bad-subject $.a'],
    ['text that is too long', { a: 'xxx' }, (f) => f.text('a', undefined, 2), 'bad-subject $.a'],
    ['text that is too long by default', { a: 'x'.repeat(401) }, (f) => f.text('a'), 'bad-subject $.a'],
    ['text of another form', { a: 'B' }, (f) => f.text('a', /^[a-z]$/), 'bad-subject $.a'],
    ['a number for text', { a: 1 }, (f) => f.text('a'), 'bad-subject $.a'],
    ['a member that only the prototype has', {}, (f) => f.text('toString'), 'bad-subject $.toString'],
    ['optional text that is empty', { a: '' }, (f) => f.optionalText('a'), 'bad-subject $.a'],
    ['optional text that is absent', {}, (f) => f.optionalText('a'), 'bad-subject $.a'],
    ['an optional object that is absent', {}, (f) => f.optionalObject('a'), 'bad-subject $.a'],
    ['a number below the least', { a: 1 }, (f) => f.integer('a', 2, 3), 'bad-subject $.a'],
    ['a number above the greatest', { a: 4 }, (f) => f.integer('a', 2, 3), 'bad-subject $.a'],
    ['a number between two', { a: 2.5 }, (f) => f.integer('a', 2, 3), 'bad-subject $.a'],
    ['text for a number', { a: '2' }, (f) => f.integer('a', 2, 3), 'bad-subject $.a'],
    ['text for true or false', { a: 'true' }, (f) => f.boolean('a'), 'bad-subject $.a'],
    ['none of the choices', { a: 'three' }, (f) => f.oneOf('a', ['one', 'two']), 'bad-subject $.a'],
    ['no choice', {}, (f) => f.oneOf('a', ['one', 'two']), 'bad-subject $.a'],
    ['too few', { a: [] }, (f) => f.texts('a', 1, 2), 'bad-subject $.a'],
    ['too many', { a: ['1', '2', '3'] }, (f) => f.texts('a', 1, 2), 'bad-subject $.a'],
    ['an object for a list', { a: { length: 1 } }, (f) => f.texts('a', 1, 2), 'bad-subject $.a'],
    ['an item that is no text', { a: ['1', 2] }, (f) => f.texts('a', 1, 2), 'bad-subject $.a[1]'],
    ['an item that is empty', { a: [''] }, (f) => f.texts('a', 1, 2), 'bad-subject $.a[0]'],
    ['an item of another form', { a: ['B'] }, (f) => f.texts('a', 1, 2, /^b$/), 'bad-subject $.a[0]'],
    ['a fault further in', { a: { b: {} } }, (f) => f.object('a').object('b').text('c'), 'bad-subject $.a.b.c'],
    ['a text for an object', { a: 'x' }, (f) => f.optionalObject('a'), 'bad-subject $.a'],
    ['a member that nobody read', { a: 'x', b: 1 }, (f) => [f.text('a'), f.end()], 'bad-subject $.b'],
    ['a member __proto__ that nobody read', JSON.parse('{"__proto__":1}'), (f) => f.end(), 'bad-subject $.__proto__'],
  ])('refuses %s', (_name, value, read, want) => {
    expect(faultOf(value, read)).toBe(want);
  });
});
