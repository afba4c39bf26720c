import { describe, expect, it } from 'vitest';
import { readMailAddress } from './mail-address.ts';

describe('readMailAddress', () => {
  it.each([
    ['grace.liu@treasury.govt.nz', 'grace.liu', 'treasury.govt.nz'],
    ['Grace.Liu@Treasury.GOVT.nz', 'Grace.Liu', 'treasury.govt.nz'],
    ["o'brien+x@treasury.govt.nz", "o'brien+x", 'treasury.govt.nz'],
    ['a@xn--tmaki-fwa.govt.nz', 'a', 'xn--tmaki-fwa.govt.nz'],
    [`${'x'.repeat(64)}@a.nz`, 'x'.repeat(64), 'a.nz'],
  ])('takes %s', (text, localPart, domain) => {
    expect(readMailAddress(text)).toEqual({ localPart, domain });
  });

  it.each([
    ['nothing', ''],
    ['no @', 'treasury.govt.nz'],
    ['no local part', '@treasury.govt.nz'],
    ['no domain', 'grace@'],
    ['two @', 'a@b@treasury.govt.nz'],
    ['a quoted local part', '"a b"@treasury.govt.nz'],
    ['a quoted @', '"a@evil.nz"@treasury.govt.nz'],
    ['a display name', 'Grace <grace@treasury.govt.nz>'],
    ['brackets', '<grace@treasury.govt.nz>'],
    ['a comment', 'grace(x)@treasury.govt.nz'],
    ['two addresses', 'a@treasury.govt.nz,b@treasury.govt.nz'],
    ['a header', 'a@treasury.govt.nz\r\nBcc: all@treasury.govt.nz'],
    ['a line end', 'a@treasury.govt.nz\n'],
    ['NUL', 'a\0@treasury.govt.nz'],
    ['a letter of another script', 'а@treasury.govt.nz'],
    ['a domain that is no A-label', 'a@tāmaki.govt.nz'],
    ['a domain that is no Punycode', 'a@xn--zzzzzz99999.govt.nz'],
    ['a leading dot', '.a@treasury.govt.nz'],
    ['two dots', 'a..b@treasury.govt.nz'],
    ['one label', 'a@localhost'],
    ['a trailing dot', 'a@treasury.govt.nz.'],
    ['an address literal', 'a@[127.0.0.1]'],
    ['an IPv4 address', 'a@127.0.0.1'],
    ['an underscore in the domain', 'a@b_c.govt.nz'],
    ['a wildcard', 'a@*.govt.nz'],
    ['a long local part', `${'x'.repeat(65)}@a.nz`],
    ['a long address', `a@${'x.'.repeat(127)}nz`],
  ])('refuses %s', (_name, text) => {
    expect(readMailAddress(text)).toBeUndefined();
  });
});
