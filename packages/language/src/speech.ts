import type { Language } from './language.ts';

/**
 * Translations by the English text as it stands in the source, values as `{0}`, `{1}` in their order. A translation may
 * order them otherwise, and must use each of them.
 */
export type Catalogue = Readonly<Record<string, string>>;

/** How a page is said to its reader. */
export interface Speech {
  readonly language: Language;
  /** Of the language; undefined for English, which stands in the source. */
  readonly catalogue: Catalogue | undefined;
  /** IANA name of the time zone in which times are written. */
  readonly zone: string;
}

/** The time zone of the people that this is for, until a browser says another one. */
export const HOME_ZONE = 'Pacific/Auckland';

export const ENGLISH: Speech = { language: 'en', catalogue: undefined, zone: HOME_ZONE };

/** How readers of a language are spoken to, with the catalogue of te reo Māori of whoever speaks. */
export function speechOf(language: Language, mi: Catalogue): Speech {
  return language === 'mi' ? { language, catalogue: mi, zone: HOME_ZONE } : ENGLISH;
}
