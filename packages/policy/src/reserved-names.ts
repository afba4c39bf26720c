/** The names of RFC 3183 that only an approved gateway of the domain may carry (DOM-1, DOM-3). */
export const RESERVED_NAMES = [
  'domain-signing-authority',
  'domain-confidentiality-authority',
  'review-authority',
  'attribute-authority',
] as const;

/** Letters that look like the Latin ones in the reserved names (Cyrillic, Greek, Armenian, full width). */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    ɑ: 'a',
    α: 'a',
    ԁ: 'd',
    ɗ: 'd',
    о: 'o',
    ο: 'o',
    օ: 'o',
    '0': 'o',
    м: 'm',
    і: 'i',
    ı: 'i',
    ι: 'i',
    '1': 'i',
    l: 'i',
    '|': 'i',
    ո: 'n',
    п: 'n',
    η: 'n',
    ѕ: 's',
    ԍ: 'g',
    ɡ: 'g',
    ց: 'g',
    υ: 'u',
    ս: 'u',
    т: 't',
    τ: 't',
    һ: 'h',
    հ: 'h',
    г: 'r',
    у: 'y',
    ү: 'y',
    γ: 'y',
    с: 'c',
    ϲ: 'c',
    е: 'e',
    ԝ: 'w',
    ѡ: 'w',
    ν: 'v',
    ѵ: 'v',
    ь: 'b',
    в: 'b',
    ƒ: 'f',
  }),
);

/** What a local part or name looks like to a hurried reader: lower case, no marks, separators and look-alikes folded. */
export function skeleton(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, (character) => (character === '|' ? '|' : ''));
  return [...plain].map((character) => LOOK_ALIKES.get(character) ?? character).join('');
}

const RESERVED_SKELETONS = RESERVED_NAMES.map(skeleton);

/**
 * Whether a local part or common name is reserved by RFC 3183 or looks like it: case variants, plus-addresses
 * (`domain-signing-authority+x`), other separators and look-alike letters count.
 */
export function isReservedName(text: string): boolean {
  const base = text.split('+', 1)[0] ?? text;
  return [text, base].some((candidate) => RESERVED_SKELETONS.includes(skeleton(candidate)));
}
