// Control, format (bidirectional overrides among them), separator, surrogate, private and non-characters. The two joiners
// stay: Persian and Indic names need them.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/u;

/** True where a text holds a character that has no business in a name: it could hide, reorder or end text elsewhere. */
export function hasForbiddenCharacter(text: string): boolean {
  let index = 0;
  for (; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x7f) break;
    if (unit < 0x20) return true;
  }
  if (index === text.length) return false;
  return FORBIDDEN.test(text.replaceAll(/[\u200c\u200d]/g, ''));
}

/** True where every character is one of the first 128. */
export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** A text for a message: what could harm a terminal or a log is escaped, and it is cut at 80 characters. */
export function printable(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return JSON.stringify(short).replaceAll(
    /[\u007f-\u00a0\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    escapeUnit,
  );
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
