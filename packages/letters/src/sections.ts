import type { Part, SpokenPart } from './letter.ts';

/** Parts that are said together in each language, or one that stands once. */
export type Section = { readonly spoken: readonly SpokenPart[] } | { readonly once: Exclude<Part, SpokenPart> };

/**
 * The parts of a letter in the order of reading. What comes before a code or a link is said in both languages, then the code
 * or link stands once, then what comes after it is said in both: so it is near to the words of either, and never there twice.
 */
export function sectionsOf(parts: readonly Part[]): Section[] {
  const sections: Section[] = [];
  let spoken: SpokenPart[] | undefined;
  for (const part of parts) {
    if (part.kind === 'alone' || part.kind === 'link') {
      sections.push({ once: part });
      spoken = undefined;
    } else if (spoken) {
      spoken.push(part);
    } else {
      spoken = [part];
      sections.push({ spoken });
    }
  }
  return sections;
}
