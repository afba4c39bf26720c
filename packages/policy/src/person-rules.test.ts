import { describe, expect, it } from 'vitest';
import { agencyViolations, defaultDisplayName, personViolations } from './person-rules.ts';
import { sampleAuthority, treasury } from './sample-authority.ts';

const TANE = { givenName: 'Tāne', surname: 'Mahuta', displayName: 'Tāne Mahuta', email: 'tane@treasury.govt.nz' };

function faults(change: object): readonly string[] {
  return personViolations(sampleAuthority, 'treasury', { ...TANE, ...change }).map(
    ({ code, path }) => `${path} ${code}`,
  );
}

describe('personViolations', () => {
  it.each([
    ['a whole record', {}],
    ['a single name', { givenName: undefined, surname: 'Mahuta', displayName: 'Mahuta' }],
    ['an apostrophe', { surname: "O'Neill-Ōhanga", displayName: "T. O'Neill" }],
    ['64 characters', { displayName: 'x'.repeat(64) }],
    ['another domain of the agency', { email: 'tane@mail.budget.govt.nz' }],
  ])('takes %s', (_name, change) => {
    expect(faults(change)).toEqual([]);
  });

  it.each([
    ['an empty name', { surname: '' }, ['surname bad-name']],
    ['a blank at an end', { givenName: 'Tāne ' }, ['givenName bad-name']],
    ['brackets', { displayName: 'Tāne [SEEKEY PASSPORT]' }, ['displayName bad-name']],
    ['a bidi override', { surname: 'Ma\u202ehuta' }, ['surname bad-name']],
    ['65 characters', { displayName: 'x'.repeat(65) }, ['displayName value-too-long']],
    ['a reserved name', { displayName: 'D0main Signing Authority' }, ['displayName reserved-name']],
    ['no address', { email: '' }, ['email bad-mail-address']],
    ['a header', { email: 'tane@treasury.govt.nz\r\nBcc: a@treasury.govt.nz' }, ['email bad-mail-address']],
    ['a long address', { email: `tane@${'a.'.repeat(120)}treasury.govt.nz` }, ['email bad-mail-address']],
    ['a reserved address', { email: 'review-authority@treasury.govt.nz' }, ['email reserved-name']],
    ['another domain', { email: 'tane@gmail.com' }, ['email domain-not-in-scope']],
    ['everything at once', { surname: '"', email: 'x' }, ['surname bad-name', 'email bad-mail-address']],
  ])('refuses %s', (_name, change, wanted) => {
    expect(faults(change)).toEqual(wanted);
  });
});

describe('agencyViolations', () => {
  it('refuses agencies that are not active members', () => {
    const suspended = {
      ...sampleAuthority,
      agencies: new Map([['treasury', { ...treasury, status: 'suspended' as const }]]),
    };
    expect(agencyViolations(sampleAuthority, 'treasury')).toEqual([]);
    expect(agencyViolations(sampleAuthority, 'nobody')).toMatchObject([{ code: 'agency-unknown', path: 'agencyId' }]);
    expect(agencyViolations(suspended, 'treasury')).toMatchObject([{ code: 'agency-unknown' }]);
  });
});

describe('defaultDisplayName', () => {
  it('puts the names together that there are', () => {
    expect([defaultDisplayName('Tāne', 'Mahuta'), defaultDisplayName(undefined, 'Mahuta')]).toEqual([
      'Tāne Mahuta',
      'Mahuta',
    ]);
  });
});
