/** The names of RFC 3183 that only an approved gateway of the domain may carry (DOM-1, DOM-3). */
export const RESERVED_NAMES = [
  'domain-signing-authority',
  'domain-confidentiality-authority',
  'review-authority',
  'attribute-authority',
] as const;

/** What looks like a letter of the reserved names: Cyrillic, Greek, Armenian, small capitals, figures, signs. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аɑαᴀ4',
    b: 'ьвβʙΒВ8',
    c: 'сϲᴄ',
    d: 'ԁɗᴅ',
    e: 'еᴇΕ3',
    f: 'ƒꜰ',
    g: 'ԍɡցɢ9',
    h: 'һհʜΗН',
    i: 'іıιɪʟl1|!',
    m: 'мᴍΜ',
    n: 'ոпηɴΝ',
    o: 'оοօᴏ0',
    r: 'гʀ',
    s: 'ѕꜱ5$',
    t: 'тτᴛ7',
    u: 'υսᴜ',
    v: 'νѵᴠ',
    w: 'ԝѡᴡ',
    y: 'уүγʏΥ',
  }).flatMap(([latin, alikes]) => [...alikes].map((alike) => [alike, latin] as const)),
);

/** Pairs that run together into one letter. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['ci', 'd'],
];

/** What a local part or name looks like to a hurried reader: lower case, no marks, separators and look-alikes folded. */
export function skeleton(text: string): string {
  const plain = fold(fold(text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase()).replace(/[^\p{L}\p{N}]/gu, '');
  return PAIRS.reduce((folded, [pair, letter]) => folded.replaceAll(pair, letter), plain);
}

function fold(text: string): string {
  return Array.from(text, (character) => LOOK_ALIKES.get(character) ?? character).join('');
}

const RESERVED_SKELETONS = RESERVED_NAMES.map(skeleton);

/**
 * Whether a local part or common name is reserved by RFC 3183 or looks like it: case variants, plus-addresses
 * (`domain-signing-authority+x`), other separators and look-alike letters count.
 */
export function isReservedName(text: string): boolean {
  const base = text.split('+', 1)[0] ?? text;
  const candidates = base === text ? [text] : [text, base];
  return candidates.some((candidate) => RESERVED_SKELETONS.includes(skeleton(candidate)));
}
