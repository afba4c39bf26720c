import { describe, expect, it } from 'vitest';
import { mixedScript, readDnsName } from './dns-name.ts';

const long = (count: number): string => `${'x'.repeat(60)}.`.repeat(count);

describe('readDnsName', () => {
  it.each([
    ['www.treasury.govt.nz', 'www.treasury.govt.nz'],
    ['WWW.Treasury.Govt.NZ', 'www.treasury.govt.nz'],
    ['localhost', 'localhost'],
    ['*.treasury.govt.nz', '*.treasury.govt.nz'],
    ['1.treasury.govt.nz', '1.treasury.govt.nz'],
    ['127.0.0.1.treasury.govt.nz', '127.0.0.1.treasury.govt.nz'],
    ['tāmaki.govt.nz', 'xn--tmaki-fwa.govt.nz'],
    ['ta\u0304maki.govt.nz', 'xn--tmaki-fwa.govt.nz'],
    ['TĀMAKI.govt.nz', 'xn--tmaki-fwa.govt.nz'],
    ['XN--TMAKI-FWA.govt.nz', 'xn--tmaki-fwa.govt.nz'],
    ['treasury。govt。nz', 'treasury.govt.nz'],
    ['аррӏе.com', 'xn--80ak6aa92e.com'],
    [`${long(4)}nz`, `${long(4)}nz`],
  ])('takes %s', (text, want) => {
    expect(readDnsName(text)).toBe(want);
  });

  it.each([
    ['nothing', ''],
    ['a star alone', '*'],
    ['a star over a top-level domain', '*.nz'],
    ['a star over nothing', '*.'],
    ['a star in a label', 'www*.govt.nz'],
    ['a star further in', 'www.*.govt.nz'],
    ['two stars', '*.*.govt.nz'],
    ['a trailing dot', 'treasury.govt.nz.'],
    ['a leading dot', '.treasury.govt.nz'],
    ['an empty label', 'treasury..nz'],
    ['a leading hyphen', '-a.govt.nz'],
    ['a trailing hyphen', 'a-.govt.nz'],
    ['an underscore', '_dmarc.govt.nz'],
    ['a long label', `${'x'.repeat(64)}.nz`],
    ['a long name', `${long(5)}nz`],
    ['a URL', 'https://www.govt.nz/'],
    ['a port', 'www.govt.nz:443'],
    ['a path', 'www.govt.nz/a'],
    ['a query', 'www.govt.nz?a'],
    ['a user', 'a@govt.nz'],
    ['a backslash', 'a\\b.nz'],
    ['percent signs', 'www%2egovt.nz'],
    ['a blank', 'www .govt.nz'],
    ['a line end', 'www.govt.nz\n'],
    ['a tab, which URLs leave out', 'w\tww.govt.nz'],
    ['NUL', 'www.govt.nz\0.evil.nz'],
    ['an IPv4 address', '127.0.0.1'],
    ['a hexadecimal IPv4 address', '0x7f.1'],
    ['a decimal IPv4 address', '2130706433'],
    ['full-width figures', '１２７.0.0.1'],
    ['a numeric top-level domain', 'www.govt.123'],
    ['an IPv6 address', '[::1]'],
    ['hyphens where an A-label has them', 'ab--cd.govt.nz'],
    ['no Punycode', 'xn--zzzzzz99999.govt.nz'],
    ['Punycode of a control character', 'xn--a.govt.nz'],
    ['Punycode of ASCII', 'xn--treasury-.govt.nz'],
    ['Punycode of nothing', 'xn--.govt.nz'],
    ['Punycode of a pictogram', 'xn--n3h.nz'],
    ['a pictogram', '☃.nz'],
    ['a direction mark', '\u202etreasury.govt.nz'],
    ['a joiner', 'a\u200db.govt.nz'],
    ['half a character', '\ud83d.govt.nz'],
  ])('refuses %s', (_name, text) => {
    expect(readDnsName(text)).toBeUndefined();
  });

  it('gives what it takes', () => {
    for (const text of ['a.nz', '*.a.nz', 'tāmaki.nz']) {
      const name = readDnsName(text) ?? '';
      expect(readDnsName(name)).toBe(name);
    }
  });
});

describe('mixedScript', () => {
  it.each([
    ['xn--80ak6aa92e.com', true],
    ['xn--mxaa.nz', true],
    ['xn--tmaki-fwa.govt.nz', false],
    ['treasury.govt.nz', false],
  ])('%s: %s', (name, want) => {
    expect(mixedScript(name)).toBe(want);
  });
});
