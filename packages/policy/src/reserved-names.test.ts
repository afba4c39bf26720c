import { describe, expect, it } from 'vitest';
import { isReservedName, RESERVED_NAMES } from './reserved-names.ts';

describe('isReservedName', () => {
  it.each(RESERVED_NAMES.map((name) => [name]))('knows %s in every disguise', (name) => {
    const disguises = [
      name,
      name.toUpperCase(),
      name.replaceAll('-', '.'),
      name.replaceAll('-', '_'),
      name.replaceAll('-', ' '),
      name.replaceAll('-', ''),
      name.replaceAll('-', '–'),
      `${name}+team`,
      `${name}+${name}`,
      ` ${name} `,
      name.replaceAll('i', '1'),
      name.replaceAll('i', 'l'),
      name.replaceAll('i', 'I'),
      name.replaceAll('i', '|'),
      name.replaceAll('o', '0'),
      name.replaceAll('e', '3').replaceAll('a', '4').replaceAll('t', '7'),
      name.replaceAll('m', 'rn'),
      name.replaceAll('w', 'vv'),
      name.replaceAll('d', 'cl'),
      name.replaceAll('g', '9').replaceAll('s', '5'),
      name.replaceAll('a', 'а').replaceAll('o', 'о').replaceAll('e', 'е'),
      name.replaceAll('i', 'í').replaceAll('a', 'ā'),
      name.toUpperCase().replaceAll('N', 'Ν').replaceAll('H', 'Н').replaceAll('M', 'Μ').replaceAll('B', 'В'),
      [...name]
        .map((character) =>
          character === '-' ? '-' : String.fromCodePoint(0xff21 - 0x41 + character.toUpperCase().charCodeAt(0)),
        )
        .join(''),
      [...name].join('\u200b'),
      [...name].join('\u00ad'),
      name.replaceAll('i', 'ɪ').replaceAll('a', 'ᴀ').replaceAll('t', 'ᴛ'),
    ];
    for (const disguise of disguises) expect([disguise, isReservedName(disguise)]).toEqual([disguise, true]);
  });

  it.each([
    'grace.liu',
    'postmaster',
    'domain-signing',
    'signing-authority',
    'authority',
    'film-and-literature-review-authority',
    'domain.administrator',
    'a+domain-signing-authority',
    '',
    '+',
    'Te Tai Ōhanga',
    'Дмитрий',
  ])('leaves %j alone', (text) => {
    expect(isReservedName(text)).toBe(false);
  });
});
