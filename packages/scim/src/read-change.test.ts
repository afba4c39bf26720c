import { describe, expect, it } from 'vitest';
import { PATCH_SCHEMA, readPatch, readReplacement, USER_SCHEMA } from './read-change.ts';

const patch = (...Operations: unknown[]): object => ({ schemas: [PATCH_SCHEMA], Operations });

function faultOf(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    const { status, scimType, message } = error as { status: number; scimType: string; message: string };
    expect(message).toMatch(/\.$/);
    return [status, scimType];
  }
  return 'taken';
}

describe('a PATCH', () => {
  it.each<[string, object, boolean]>([
    ['by path', patch({ op: 'replace', path: 'active', value: false }), false],
    ['of an object', patch({ op: 'replace', value: { active: false } }), false],
    ['as Entra ID writes it', patch({ op: 'Replace', path: 'active', value: 'False' }), false],
    ['as Entra ID writes it with its flag', patch({ op: 'Replace', path: 'active', value: false }), false],
    ['as Okta writes it', patch({ op: 'replace', value: { active: false } }), false],
    ['with the whole path', patch({ op: 'replace', path: `${USER_SCHEMA}:active`, value: false }), false],
    ['by add', patch({ op: 'add', path: 'active', value: 'false' }), false],
    [
      'in another case',
      { SCHEMAS: [PATCH_SCHEMA.toUpperCase()], operations: [{ OP: 'REPLACE', Path: 'Active', Value: 'FALSE' }] },
      false,
    ],
    [
      'said twice',
      patch({ op: 'replace', path: 'active', value: false }, { op: 'replace', value: { active: 'False' } }),
      false,
    ],
    ['to true', patch({ op: 'replace', path: 'active', value: 'True' }), true],
    ['with an empty path', patch({ op: 'replace', path: '', value: { active: false } }), false],
  ])('%s says whether the user is active', (_name, body, want) => {
    expect(readPatch(body)).toEqual({ active: want });
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'invalidSyntax'],
    ['null', null, 'invalidSyntax'],
    ['no schema', { Operations: [{ op: 'replace', path: 'active', value: false }] }, 'invalidSyntax'],
    [
      'the schema of a user',
      { schemas: [USER_SCHEMA], Operations: [{ op: 'replace', path: 'active', value: false }] },
      'invalidSyntax',
    ],
    ['no operation', patch(), 'invalidSyntax'],
    ['51 operations', patch(...Array(51).fill({ op: 'replace', path: 'active', value: false })), 'invalidSyntax'],
    ['an operation that is none', patch('replace'), 'invalidSyntax'],
    ['another verb', patch({ op: 'move', path: 'active', value: false }), 'invalidSyntax'],
    ['a path that is a number', patch({ op: 'replace', path: 1, value: false }), 'invalidPath'],
    ['a removal', patch({ op: 'remove', path: 'active' }), 'mutability'],
    ['no value', patch({ op: 'replace', path: 'active' }), 'invalidValue'],
    ['zero', patch({ op: 'replace', path: 'active', value: 0 }), 'invalidValue'],
    ['no', patch({ op: 'replace', path: 'active', value: 'no' }), 'invalidValue'],
    ['a list', patch({ op: 'replace', path: 'active', value: [false] }), 'invalidValue'],
    ['an empty object', patch({ op: 'replace', value: {} }), 'invalidSyntax'],
    [
      'two values',
      patch({ op: 'replace', path: 'active', value: false }, { op: 'replace', path: 'active', value: true }),
      'invalidValue',
    ],
    ['two spellings of a member', patch({ op: 'replace', Op: 'add', path: 'active', value: false }), 'invalidSyntax'],
    [
      'a name besides',
      patch({ op: 'replace', path: 'active', value: false }, { op: 'replace', path: 'name.familyName', value: 'X' }),
      'mutability',
    ],
    ['a name in the object', patch({ op: 'replace', value: { active: false, displayName: 'X' } }), 'mutability'],
    ['groups', patch({ op: 'add', path: 'groups', value: [{ value: 'operators' }] }), 'mutability'],
    [
      'roles by a filter',
      patch({ op: 'add', path: 'roles[primary eq true].value', value: 'administrator' }),
      'mutability',
    ],
  ])('with %s is refused', (_name, body, want) => {
    expect(faultOf(() => readPatch(body))).toEqual([400, want]);
  });

  it('repeats no path that could be anything', () => {
    expect(() => readPatch(patch({ op: 'replace', path: '<script>', value: 1 }))).toThrow(/^this attribute cannot/);
  });
});

describe('a PUT', () => {
  it.each<[string, object, boolean]>([
    [
      'of a user who is not active',
      { schemas: [USER_SCHEMA], userName: 'x', active: false, roles: ['administrator'] },
      false,
    ],
    ['of a user who is', { schemas: [USER_SCHEMA], userName: 'x', active: true }, true],
    ['that does not say', { schemas: ['urn:other', USER_SCHEMA], userName: 'x' }, true],
  ])('%s says whether the user is active, and nothing else', (_name, body, want) => {
    expect(readReplacement(body)).toEqual({ active: want });
  });

  it.each([
    ['another schema', { schemas: [PATCH_SCHEMA], active: false }, 'invalidSyntax'],
    ['a number', { schemas: [USER_SCHEMA], active: 0 }, 'invalidValue'],
    ['null', { schemas: [USER_SCHEMA], active: null }, 'invalidValue'],
  ])('with %s is refused', (_name, body, want) => {
    expect(faultOf(() => readReplacement(body))).toEqual([400, want]);
  });
});
