import { describe, expect, it } from 'vitest';
import { listResponse, readPaging } from './list-response.ts';
import { readFilter } from './read-filter.ts';
import { ScimError } from './scim-error.ts';

const faultOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScimError) return [error.status, error.scimType];
    throw error;
  }
};

describe('a filter', () => {
  it.each<[string, string, string]>([
    ['userName eq "grace.liu@treasury.govt.nz"', 'userName', 'grace.liu@treasury.govt.nz'],
    ['USERNAME EQ "g"', 'userName', 'g'],
    ['externalId eq "4711"', 'externalId', '4711'],
    ['id eq "0GRACE0000000001"', 'id', '0GRACE0000000001'],
    ['emails eq "g@x.nz"', 'emails', 'g@x.nz'],
    ['emails.value eq "g@x.nz"', 'emails', 'g@x.nz'],
    ['emails[type eq "work" and value eq "g@x.nz"]', 'emails', 'g@x.nz'],
    ['emails[value eq "g@x.nz"]', 'emails', 'g@x.nz'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "g"', 'userName', 'g'],
    ['externalId eq "a \\"quoted\\" \\u00e9"', 'externalId', 'a "quoted" é'],
  ])('%s is read', (text, attribute, value) => {
    expect(readFilter(text)).toEqual({ attribute, value });
  });

  it.each([
    '',
    'userName',
    'userName eq',
    'userName eq grace',
    'userName eq "grace',
    'userName co "grace"',
    'userName pr',
    'active eq false',
    'userName eq "a" or userName eq "b"',
    'not (userName eq "a")',
    'userName.value eq "a"',
    'password eq "a"',
    'userName eq "a" ; drop table people',
    'userName eq "\\x"',
    'userName eq "\\ud800"',
    'userName eq "\\u0000"',
    `userName eq "${'a'.repeat(700)}"`,
  ])('%j is refused', (text) => {
    expect(faultOf(() => readFilter(text))).toEqual([400, 'invalidFilter']);
  });
});

describe('a page', () => {
  it.each<[object, number, number]>([
    [{}, 1, 200],
    [{ startIndex: '3', count: '10' }, 3, 10],
    [{ startIndex: '0', count: '0' }, 1, 0],
    [{ startIndex: '-5', count: '-1' }, 1, 0],
    [{ count: '100000' }, 1, 200],
  ])('asked for by %j', (query, startIndex, count) => {
    expect(readPaging(query as Record<string, string>)).toEqual({ startIndex, count });
  });

  it.each([{ count: 'all' }, { startIndex: '1.5' }, { count: ['1', '2'] }, { startIndex: '1e3' }])(
    '%j is none',
    (query) => {
      expect(faultOf(() => readPaging(query))).toEqual([400, 'invalidValue']);
    },
  );

  it('says how many there are in all', () => {
    expect(listResponse(['a', 'b'], 9, 4)).toMatchObject({
      totalResults: 9,
      startIndex: 4,
      itemsPerPage: 2,
      Resources: ['a', 'b'],
    });
  });
});
