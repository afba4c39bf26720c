import type { Catalogue } from './speech.ts';

/** A translated text: literals with the values between them, by their number in the source. */
export interface Translation {
  readonly strings: readonly string[];
  /** `order[i]` is the value that stands after `strings[i]`. */
  readonly order: readonly number[];
}

const compiled = new WeakMap<Catalogue, Map<string, Translation>>();

/** The key of a text: its literals with `{0}`, `{1}` for the values. */
export function keyOf(strings: readonly string[]): string {
  return strings.reduce((key, literal, index) => `${key}{${index - 1}}${literal}`);
}

/** The translation of a text, or undefined where the catalogue has none. */
export function translationOf(catalogue: Catalogue, strings: readonly string[]): Translation | undefined {
  const known = compiled.get(catalogue) ?? new Map<string, Translation>();
  compiled.set(catalogue, known);
  const key = keyOf(strings);
  const found = known.get(key);
  if (found || !Object.hasOwn(catalogue, key)) return found;
  const parts = (catalogue[key] ?? '').split(/\{(\d+)\}/);
  const made = {
    strings: parts.filter((_part, index) => index % 2 === 0),
    order: parts.filter((_part, index) => index % 2 === 1).map(Number),
  };
  known.set(key, made);
  return made;
}
