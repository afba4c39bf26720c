import { describe, expect, it } from 'vitest';
import { isPlainAddress } from './plain-address.ts';

describe('a plain address', () => {
  it.each([
    'mere.smith@treasury.govt.nz',
    'a@b',
    'no-reply@localhost',
    "o'brien+see@ssc.govt.nz",
    `${'a'.repeat(64)}@example.govt.nz`,
    'x@xn--bcher-kva.example',
  ])('is %s', (address) => {
    expect(isPlainAddress(address)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['no domain', 'mere@'],
    ['no local part', '@treasury.govt.nz'],
    ['two recipients', 'a@b.nz,c@d.nz'],
    ['two recipients by semicolon', 'a@b.nz;c@d.nz'],
    ['two at signs', 'a@b@c.nz'],
    ['a line end', 'a@b.nz\nBcc: c@d.nz'],
    ['a carriage return', 'a@b.nz\r'],
    ['a final line end', 'a@b.nz\n'],
    ['a NUL', 'a\0@b.nz'],
    ['a space', 'a b@c.nz'],
    ['angle brackets', '<a@b.nz>'],
    ['a display name', 'A<a@b.nz>'],
    ['a comment', 'a(x)@b.nz'],
    ['a quoted local part', '"a"@b.nz'],
    ['a route', '@x:a@b.nz'],
    ['a group', 'g:a@b.nz;'],
    ['an address literal', 'a@[127.0.0.1]'],
    ['a dot at the start', '.a@b.nz'],
    ['two dots', 'a..b@c.nz'],
    ['a dot at the end of the domain', 'a@b.nz.'],
    ['a label that starts with a dash', 'a@-b.nz'],
    ['a percent route and a second at sign', 'a%b@c@d.nz'],
    ['a letter beyond ASCII', 'ā@b.nz'],
    ['a domain beyond ASCII', 'a@bü.nz'],
    ['an encoded word', '=?utf-8?q?a?=@b.nz\t'],
    ['a long local part', `${'a'.repeat(65)}@b.nz`],
    ['a long label', `a@${'b'.repeat(64)}.nz`],
    ['255 characters', `a@${'b.'.repeat(125)}bcd`],
  ])('is not one with %s', (_, address) => {
    expect(isPlainAddress(address)).toBe(false);
  });
});
