/** The languages in which every page is there. */
export const LANGUAGES = ['en', 'mi'] as const;
export type Language = (typeof LANGUAGES)[number];

/** BCP 47 tags for the `lang` attribute. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: 'en-NZ', mi: 'mi-NZ' };

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', mi: 'Te reo Māori' };

/** The cookie that keeps a reader's choice. It holds a language and nothing else. */
const LANGUAGE_COOKIE = 'see-language';

/** The `Set-Cookie` header that remembers a reader's choice for a year. */
export function languageCookie(language: Language): string {
  return `${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`;
}

export function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some((known) => known === text);
}

/**
 * The language of a reader: the choice they made here, else the first that their browser asks for and we have
 * (`Accept-Language`, RFC 9110 section 12.5.4; order counts, weights are taken into account), else English.
 */
export function languageOf(headers: { readonly cookie?: string; readonly 'accept-language'?: string }): Language {
  const chosen = new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=([a-z]{2})(?:;|$)`).exec(headers.cookie ?? '')?.[1];
  if (isLanguage(chosen)) return chosen;
  const wanted = (headers['accept-language'] ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const weight = Number(parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean) ?? 1);
      return { language: tag.split('-')[0], weight };
    })
    .filter(({ language, weight }) => isLanguage(language) && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)[0]?.language;
  return isLanguage(wanted) ? wanted : 'en';
}
