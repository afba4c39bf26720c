/** Files of which some words are in English only. A file leaves this list for good; the list ends empty. */
export const UNTRANSLATED: readonly string[] = [];
