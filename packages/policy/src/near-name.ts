/** Somebody by the name that is in their certificates. */
export interface NamedPerson {
  readonly id: string;
  readonly displayName: string;
}

/** Letters that look like others, as far as names are written with them by mistake or on purpose. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  ѕ: 's',
  і: 'l',
  ј: 'j',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  // Greek
  α: 'a',
  β: 'b',
  ε: 'e',
  ι: 'l',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ς: 'c',
  // Latin letters that no decomposition takes apart
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ł: 'l',
  ø: 'o',
  ŧ: 't',
  ı: 'l',
  ŋ: 'n',
  ɡ: 'g',
  ɑ: 'a',
  // One stroke, and digits for letters
  i: 'l',
  1: 'l',
  '|': 'l',
  0: 'o',
  5: 's',
};

/** Names shorter than this are near only when they are the same: of two letters' difference everybody has some. */
const SHORTEST = 6;

/**
 * What a name looks like: compatibility forms, marks (macrons too), case, blanks and punctuation do not count, and look-alikes
 * are one letter: `Tāne 0'Neil` and `TANE ONElL` are the same.
 */
export function lookOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-hj-z]/gu, (letter) => LOOK_ALIKES[letter] ?? letter);
  return letters
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/**
 * Whether two looks (`lookOf`) are near: the same, or, from six letters on, one letter added, left out, changed, or two
 * neighbours swapped (an optimal string alignment distance of 1).
 */
export function looksNear(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < SHORTEST || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

/** Those of some people whose names are near to a name. Linear: for one name. */
export function nearPeople(displayName: string, people: readonly NamedPerson[]): readonly NamedPerson[] {
  const look = lookOf(displayName);
  return people.filter((person) => looksNear(lookOf(person.displayName), look));
}

/**
 * People by the looks of their names, for many questions: two near looks have one in common that lacks at most one letter, so
 * few are compared however many there are.
 */
export class NearNames {
  readonly #byShape = new Map<string, { readonly look: string; readonly person: NamedPerson }[]>();

  constructor(people: readonly NamedPerson[]) {
    for (const person of people) this.add(person);
  }

  add(person: NamedPerson): void {
    const look = lookOf(person.displayName);
    for (const shape of shapesOf(look)) {
      const same = this.#byShape.get(shape);
      if (same) same.push({ look, person });
      else this.#byShape.set(shape, [{ look, person }]);
    }
  }

  /** Those with a name near to this one, in the order in which they were added within a shape. */
  near(displayName: string): readonly NamedPerson[] {
    const look = lookOf(displayName);
    const found = new Map<string, NamedPerson>();
    for (const shape of shapesOf(look)) {
      for (const { look: other, person } of this.#byShape.get(shape) ?? [])
        if (looksNear(look, other)) found.set(person.id, person);
    }
    return [...found.values()];
  }
}

/** A look and all that are left when one letter is taken out of it. */
function shapesOf(look: string): ReadonlySet<string> {
  const shapes = new Set([look]);
  if (look.length < SHORTEST) return shapes;
  for (let at = 0; at < look.length; at += 1) shapes.add(look.slice(0, at) + look.slice(at + 1));
  return shapes;
}
