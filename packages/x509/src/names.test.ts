import { domainToUnicode } from 'node:url';
import { DerError, derBmp, derIa5, derOid, derPrintable, derSequence, derSet, derUtf8 } from '@see/asn1';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDnsName,
  checkGeneralName,
  checkMailAddress,
  decodePunycode,
  encodeGeneralNames,
  encodeName,
  formatName,
  type GeneralName,
  hasForbiddenCharacter,
  type Name,
  nameAttribute,
  oid,
  parseGeneralNames,
  parseName,
  printable,
  toHex,
  X509Error,
} from './index.ts';

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError || error instanceof X509Error) return error.code;
    throw error;
  }
}

const treasury: Name = [
  [{ type: oid.countryName, value: 'NZ' }],
  [{ type: oid.organizationName, value: 'Te Tai Ōhanga, The Treasury' }],
  [
    { type: oid.commonName, value: 'Mereana "M" + Ngata' },
    { type: oid.serialNumber, value: 'P-00017' },
  ],
];

describe('names', () => {
  it('encode by type and come back', () => {
    const der = encodeName(treasury);
    const parsed = parseName(der);
    expect(nameAttribute(parsed, oid.organizationName)).toBe('Te Tai Ōhanga, The Treasury');
    expect(nameAttribute(parsed, oid.localityName)).toBeUndefined();
    expect(parsed[0]?.[0]).toEqual({ type: oid.countryName, value: 'NZ', encoding: 'printable' });
    expect(toHex(encodeName(parsed))).toBe(toHex(der));
    expect(toHex(encodeName([[{ type: oid.countryName, value: 'NZ' }]]))).toBe('300d310b3009060355040613024e5a');
  });

  it('print as RFC 4514 does', () => {
    expect(formatName(treasury)).toBe(
      'CN=Mereana \\"M\\" \\+ Ngata+serialNumber=P-00017,O=Te Tai Ōhanga\\, The Treasury,C=NZ',
    );
    expect(formatName([[{ type: '1.2.3', value: ' #x ' }]])).toBe('1.2.3=\\ #x\\ ');
    expect(formatName([[{ type: oid.commonName, value: 'a\u001b[31m\u202e' }]])).toBe('CN=a\\1b[31m\\e2\\80\\ae');
    expect(formatName([])).toBe('');
  });

  it('round-trip for any fit text', () => {
    const value = fc
      .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
      .filter((text) => !hasForbiddenCharacter(text));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), (values) => {
        const name: Name = values.map((each) => [{ type: oid.commonName, value: each }]);
        const parsed = parseName(encodeName(name));
        expect(parsed.map((relative) => relative[0]?.value)).toEqual(values);
      }),
    );
  });

  const attribute = (type: string, value: Uint8Array) => derSequence(derSet(derSequence(derOid(type), value)));
  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['an empty value', attribute(oid.commonName, derUtf8('')), 'bad-name'],
    ['a CN of 65', attribute(oid.commonName, derUtf8('x'.repeat(65))), 'bad-name'],
    ['a long unknown attribute', attribute('1.2.3.4', derUtf8('x'.repeat(257))), 'bad-name'],
    ['a country of three letters', attribute(oid.countryName, derPrintable('NZL')), 'bad-name'],
    ['a country of digits', attribute(oid.countryName, derPrintable('12')), 'bad-name'],
    ['NUL', attribute(oid.commonName, derUtf8('a\u0000b')), 'bad-name'],
    ['an escape sequence', attribute(oid.commonName, derUtf8('\u001b[31m')), 'bad-name'],
    ['a line break', attribute(oid.organizationName, derUtf8('a\nb')), 'bad-name'],
    ['DEL', attribute(oid.commonName, derIa5('a\u007f')), 'bad-name'],
    ['C1 control', attribute(oid.commonName, derUtf8('a\u0085')), 'bad-name'],
    ['right-to-left override', attribute(oid.commonName, derUtf8('a\u202eb')), 'bad-name'],
    ['zero-width space', attribute(oid.commonName, derUtf8('a\u200bb')), 'bad-name'],
    ['a byte order mark', attribute(oid.commonName, derUtf8('\ufeffa')), 'bad-name'],
    ['a control character in a BMPString', attribute(oid.commonName, derBmp('a\u0000')), 'bad-name'],
    ['an OCTET STRING', attribute(oid.commonName, Uint8Array.of(4, 1, 65)), 'unexpected-tag'],
    ['a mail address without a domain', attribute(oid.emailAddress, derIa5('a@')), 'bad-mail-address'],
    ['a mail address with a line break', attribute(oid.emailAddress, derIa5('a@b.nz\r\nBcc: c@d.nz')), 'bad-name'],
    ['an empty relative name', derSequence(derSet()), 'truncated'],
    ['33 relative names', encodeName(Array(33).fill([{ type: oid.commonName, value: 'x' }])), 'bad-name'],
    [
      'nine attributes in one relative name',
      encodeName([Array.from({ length: 9 }, (_, index) => ({ type: `1.2.3.${index}`, value: 'x' }))]),
      'bad-name',
    ],
    [
      'one type twice in a relative name',
      encodeName([
        [
          { type: oid.commonName, value: 'a' },
          { type: oid.commonName, value: 'b' },
        ],
      ]),
      'bad-name',
    ],
    [
      'a relative name out of order',
      derSequence(derSet(derSequence(derOid('1.2.4'), derUtf8('a')), derSequence(derOid('1.2.3'), derUtf8('a')))),
      'set-order',
    ],
    ['something after it', Uint8Array.of(0x30, 0, 0), 'trailing'],
  ];
  it.each(refused)('refuse %s', (_name, der, code) => {
    expect(codeOf(() => parseName(der))).toBe(code);
  });

  it('of others are read as they are', () => {
    expect(parseName(attribute(oid.commonName, derUtf8('x'.repeat(300))), 'lenient')[0]?.[0]?.value).toHaveLength(300);
    expect(parseName(attribute(oid.commonName, Uint8Array.of(4, 1, 65)), 'lenient')[0]?.[0]?.value).toBe('#040141');
    expect(parseName(attribute(oid.commonName, derBmp('Kāpiti')))[0]?.[0]).toEqual({
      type: oid.commonName,
      value: 'Kāpiti',
    });
  });

  it('are shown without harm', () => {
    expect(printable('a\u001b\u202e\u0085')).toBe('"a\\u001b\\u202e\\u0085"');
    expect(printable('x'.repeat(100))).toHaveLength(83);
  });
});

describe('DNS names', () => {
  it.each([
    'treasury.govt.nz',
    'localhost',
    'a',
    'x'.repeat(63),
    `${'a.'.repeat(120)}nz`,
    '*.treasury.govt.nz',
    'xn--80ak6aa92e.test',
    'xn--kpiti-uxa.govt.nz',
    'xn--6qqa088eba',
    '1.a',
    'a1-2.nz',
    'UPPER.nz',
  ])('accept %s', (name) => {
    expect(codeOf(() => checkDnsName(name, { wildcard: true }))).toBe('accepted');
  });

  it.each([
    '',
    '.',
    '.a',
    'a.',
    'a..b',
    '*',
    '*.nz',
    '**.a.b',
    'a*.b.nz',
    'a.*.nz',
    '*.*.govt.nz',
    '-a.nz',
    'a-.nz',
    'a_b.nz',
    'a b.nz',
    ' a.nz',
    'a.nz ',
    'a.nz\n',
    'a\u0000.nz',
    'ā.nz',
    'https://a.nz/',
    'a.nz:443',
    'a.nz/x',
    'user@a.nz',
    '10.0.0.1',
    '1.2.3',
    '0x7f000001',
    '0x7f.1',
    '1',
    '::1',
    '[::1]',
    'x'.repeat(64),
    `${'a.'.repeat(126)}nz`,
    'xn--a--.test',
    'xn--.nz',
    'xn--a',
    'xn--abc-',
    'xn--\u00e9.nz',
    'ab--cd.nz',
    'xn--99999999.nz',
    `xn--${'9'.repeat(59)}`,
  ])('refuse %j', (name) => {
    expect(codeOf(() => checkDnsName(name, { wildcard: true }))).toBe('bad-dns-name');
  });

  it('refuse wildcards where they are not asked for', () => {
    expect(codeOf(() => checkDnsName('*.treasury.govt.nz', { wildcard: false }))).toBe('bad-dns-name');
  });

  it('decode Punycode as the platform does', () => {
    for (const label of ['80ak6aa92e', 'kpiti-uxa', '6qqa088eba', 'bcher-kva', 'maana-pta']) {
      expect(decodePunycode(label)).toBe(domainToUnicode(`xn--${label}`));
    }
    expect(decodePunycode('a--')).toBe('a-');
    expect(decodePunycode('a-9')).toBeUndefined();
    expect(decodePunycode('99999999')).toBeUndefined();
  });
});

describe('mail addresses', () => {
  it.each(['a@b.nz', 'domain-signing-authority@treasury.govt.nz', "o'brien+x@a.b", 'A.B@localhost'])(
    'accept %s',
    (address) => {
      expect(codeOf(() => checkMailAddress(address))).toBe('accepted');
    },
  );

  it.each([
    '',
    'a',
    '@b.nz',
    'a@',
    'a@b@c.nz',
    '"a b"@c.nz',
    '"a@evil.test"@example.test',
    'a@example.test\nBcc: all@example.test',
    'a@example.test\r\nBcc: all@example.test',
    'a\u0000@b.nz',
    'а@b.nz',
    'a..b@c.nz',
    '.a@c.nz',
    'a.@c.nz',
    'Name <a@b.nz>',
    '<a@b.nz>',
    'a@b.nz, c@d.nz',
    'a(comment)@b.nz',
    'a@[10.0.0.1]',
    'a@10.0.0.1',
    'a@b.nz.',
    'a@*.b.nz',
    'mailto:a@b.nz',
    `${'x'.repeat(65)}@b.nz`,
    `a@${'b.'.repeat(126)}nz`,
  ])('refuse %j', (address) => {
    expect(codeOf(() => checkMailAddress(address))).toBe('bad-mail-address');
  });
});

describe('general names', () => {
  const names: GeneralName[] = [
    { kind: 'rfc822Name', value: 'domain-signing-authority@treasury.govt.nz' },
    { kind: 'dNSName', value: 'portal.ssc.govt.nz' },
    { kind: 'uniformResourceIdentifier', value: 'https://ssc.govt.nz/a?b=c#d' },
    { kind: 'iPAddress', bytes: Uint8Array.of(127, 0, 0, 1) },
    { kind: 'directoryName', name: parseName(encodeName(treasury)) },
    { kind: 'otherName', oid: oid.userPrincipalName, value: derUtf8('mere@treasury.govt.nz') },
    { kind: 'registeredID', oid: '1.2.3' },
  ];

  it('round-trip', () => {
    expect(parseGeneralNames(encodeGeneralNames(names))).toEqual(names);
  });

  const refused: readonly (readonly [string, GeneralName, string])[] = [
    ['an address of 5 octets', { kind: 'iPAddress', bytes: new Uint8Array(5) }, 'bad-ip-address'],
    ['an address with a mask', { kind: 'iPAddress', bytes: new Uint8Array(8) }, 'bad-ip-address'],
    ['a relative URI', { kind: 'uniformResourceIdentifier', value: '/a' }, 'bad-uri'],
    ['a script', { kind: 'uniformResourceIdentifier', value: 'JavaScript:alert(1)' }, 'bad-uri'],
    ['a URI with a line break', { kind: 'uniformResourceIdentifier', value: 'http://a\n' }, 'bad-uri'],
    ['an unsafe UPN', { kind: 'otherName', oid: oid.userPrincipalName, value: derUtf8('a\n@b') }, 'bad-mail-address'],
    [
      'a UPN that is no string',
      { kind: 'otherName', oid: oid.userPrincipalName, value: Uint8Array.of(5, 0) },
      'unexpected-tag',
    ],
    [
      'an ASCII SmtpUTF8Mailbox',
      { kind: 'otherName', oid: oid.smtpUtf8Mailbox, value: derUtf8('a@b.nz') },
      'bad-mail-address',
    ],
    [
      'a U-label in SmtpUTF8Mailbox',
      { kind: 'otherName', oid: oid.smtpUtf8Mailbox, value: derUtf8('ā@ā.nz') },
      'bad-dns-name',
    ],
    [
      'a capital domain in SmtpUTF8Mailbox',
      { kind: 'otherName', oid: oid.smtpUtf8Mailbox, value: derUtf8('ā@B.nz') },
      'bad-mail-address',
    ],
    ['an ediPartyName', { kind: 'ediPartyName', der: Uint8Array.of(0xa5, 0) }, 'bad-general-name'],
    ['an x400Address', { kind: 'x400Address', der: Uint8Array.of(0xa3, 0) }, 'bad-general-name'],
  ];
  it.each(refused)('refuse %s', (_name, name, code) => {
    expect(codeOf(() => checkGeneralName(name))).toBe(code);
    expect(codeOf(() => parseGeneralNames(encodeGeneralNames([name])))).toBe(code);
    expect(codeOf(() => parseGeneralNames(encodeGeneralNames([name]), 'lenient'))).toBe('accepted');
  });

  it('refuse 101 of them, none, unknown tags and text that is not ASCII', () => {
    const many = Array<GeneralName>(101).fill({ kind: 'dNSName', value: 'a.nz' });
    expect(codeOf(() => parseGeneralNames(encodeGeneralNames(many)))).toBe('too-many-names');
    expect(codeOf(() => parseGeneralNames(encodeGeneralNames(many.slice(1))))).toBe('accepted');
    expect(codeOf(() => parseGeneralNames(encodeGeneralNames([])))).toBe('bad-general-name');
    expect(codeOf(() => parseGeneralNames(Uint8Array.of(0x30, 2, 0x89, 0)))).toBe('bad-general-name');
    expect(codeOf(() => parseGeneralNames(Uint8Array.of(0x30, 3, 0x82, 1, 0xc3)))).toBe('bad-string');
    expect(codeOf(() => encodeGeneralNames([{ kind: 'dNSName', value: 'ā.nz' }]))).toBe('bad-string');
  });
});
