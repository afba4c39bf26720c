import type { Catalogue, SafeHtml, Speech } from '@see/language';

/**
 * Says texts of `t` in the language of the page, as plain text for `textContent`. `mi` is the part of the catalogue that
 * the island needs; the server's catalogue has it too. Texts said here have no markup.
 */
export function speaker(mi: Catalogue): (text: SafeHtml) => string {
  return (text) => text.textIn(pageSpeech(mi));
}

/** How the reader of this page is spoken to. */
export function pageSpeech(mi: Catalogue): Speech {
  const { lang, dataset } = document.documentElement;
  const isMaori = lang.startsWith('mi');
  return { language: isMaori ? 'mi' : 'en', catalogue: isMaori ? mi : undefined, zone: dataset['zone'] ?? 'UTC' };
}
