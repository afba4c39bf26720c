import { describe, expect, it } from 'vitest';
import { checkAgencyDomain, checkSuffix } from './agency-domain.ts';

const permitted = ['govt.nz', 'mil.govt.nz', 'blogspot.com', 'localhost', 'xn--tmaki-fwa.nz'];

describe('checkAgencyDomain', () => {
  it.each([
    ['treasury.govt.nz', 'treasury.govt.nz'],
    [' Treasury.Govt.NZ ', 'treasury.govt.nz'],
    ['mail.treasury.govt.nz', 'mail.treasury.govt.nz'],
    ['tāmaki.govt.nz', 'xn--tmaki-fwa.govt.nz'],
    ['navy.mil.govt.nz', 'navy.mil.govt.nz'],
    ['a.tāmaki.nz', 'a.xn--tmaki-fwa.nz'],
    ['localhost', 'localhost'],
    ['mil.govt.nz', 'mil.govt.nz'],
    ['tāmaki.nz', 'xn--tmaki-fwa.nz'],
  ])('takes %s', (text, domain) => {
    expect(checkAgencyDomain(text, permitted)).toEqual({ domain });
  });

  it.each([
    ['what is no name', 'treasury', 'domain-outside-constraints'],
    ['an address', '127.0.0.1', 'bad-domain'],
    ['a wildcard', '*.treasury.govt.nz', 'bad-domain'],
    ['a URL', 'https://treasury.govt.nz', 'bad-domain'],
    ['bad Punycode', 'xn--zzzzzz99999.govt.nz', 'bad-domain'],
    ['a name that only ends like a suffix', 'evilgovt.nz', 'domain-outside-constraints'],
    ['a name elsewhere', 'treasury.govt.nz.evil.com', 'domain-outside-constraints'],
    ['a parent of a suffix', 'nz', 'domain-outside-constraints'],
    ['a public suffix', 'govt.nz', 'public-suffix'],
    ['a public suffix of the private section', 'blogspot.com', 'public-suffix'],
  ])('refuses %s', (_name, text, code) => {
    const answer = checkAgencyDomain(text, permitted);
    expect('violation' in answer && answer.violation).toMatchObject({ code, path: 'domains' });
    expect('violation' in answer && answer.violation.source).toBeTruthy();
  });

  it('says which command widens the constraints', () => {
    const answer = checkAgencyDomain('kiwirail.co.nz', permitted);
    expect('violation' in answer && answer.violation.remedy).toContain('see ca reissue --permit kiwirail.co.nz');
    expect(checkAgencyDomain('kiwirail.co.nz', [...permitted, checkSuffix('kiwirail.co.nz')])).toEqual({
      domain: 'kiwirail.co.nz',
    });
  });
});

describe('checkSuffix', () => {
  it.each([
    ['govt.nz', 'govt.nz'],
    [' Parliament.NZ', 'parliament.nz'],
    ['tāmaki.nz', 'xn--tmaki-fwa.nz'],
  ])('takes %s', (text, want) => {
    expect(checkSuffix(text)).toBe(want);
  });

  it.each(['nz', 'localhost', '', '*.govt.nz', '.govt.nz', 'govt.nz.', 'a_b.nz', '10.0.0.1'])('refuses %j', (text) => {
    expect(() => checkSuffix(text)).toThrow(expect.objectContaining({ code: 'bad-domain' }));
  });
});
